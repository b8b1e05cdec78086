"""The words of a message that are worth searching products and answers with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from hudhud.text.folding import stems, without_article, words
from hudhud.text.told import Told

SEARCH_TERMS_MAX = 24
# People use the same words again and again, in texts that are hardly ever the same.
WORDS_KEPT_MAX = 8192
KEPT_MAX, KEPT_CHARS_MAX = 512, 300

# «عندكم», "3ndkom", in any of its Latin spellings.
_HAVE = re.compile(r"3[aei]*n?d[aeiou]*(?:k|k[aeiou]*[mn]?|kin|na|ha|ho|hom|on|i|o)?")
_CONJUNCTION = re.compile(r"^[وف](?=\w{2,})")

# Whoever tells that it is cold outside wants nothing cold, but what is warm.
_COLD_OUTSIDE = re.compile(
    r"\bو?(?:ال)?(?:دنيا|دني|جو|طقس)(?: \w+)? (?:برد|بارده?|ثلج|تلج|سقعه?|ساقعه?|صقعه?)\b"
    r"|\b(?:it is|it s|its|weather is) (?:\w+ )?(?:cold|freezing|chilly)\b"
)
# What begins it, and stands in few messages.
_OUTSIDE = Told("و?(?:ال)?(?:دنيا|دني|جو|طقس)|its?|weather")

# By use, each in the spellings of several dialects; folded when the module loads.
_POLITE = """
السلام سلام عليكم وعليكم عليك ورحمة رحمة الله وبركاته بركاته مرحبا مرحبتين مرحبًا هلا اهلا
أهلين وسهلا سهلا هلو الو صباح مساء الخير النور خير حياك حياكم حياكو شخبارك شخباركم اخبارك
اخباركم شلونك شلونكم كيفك كيفكم ازيك ازيكم شكرا شكراً مشكور مشكورين تسلم تسلمين تسلمون يسلمو
يسلموا ممنون ممنونك الف تحية عافية العافية يعطيك لو سمحت سمحتي سمحتوا فضلك فضلكم رجاء رجاءً
اذا ممكن بالله عيني حبيبي حبيبتي اخي اخوي اختي خوي استاذ استاذي يا غالي hi hello hey salam
good morning evening afternoon please thanks thank you thx dear sir madam kindly welcome
يعافيك يعافيكم عافاك عفاك يخليك يخليكم برك لابأس لاباس خويا ختي عمو خالتي يابا باشا فندم
mar7aba marhaba ahlan salamo alaikum shukran choukran 7abibi habibi law sama7t sama7ti
"""
_ASKING = """
هل ما ماذا شنو شنهو شو ايش إيش وش ويش ايه إيه اي أي أيش وين فين اين أين متى امتى إمتى شوكت شكد
اشكد شگد قديش اديش اديه قد كم بكم بجم جم بكام كام بقديش بيش ابيش بأيش شحال شكثر چم چان كيف
شلون ازاي إزاي ليش ليه لماذا مين من منو اللي الي التي الذي what which how much many when where
who why is are am was do does come comes did can could would will may whats doesnt dont بشحال
اشحال قداش بقداش كيفاش اش أش اشنو واش علاش فاش شكون وقتاش فوقاش امتا وينه وينها وينكم فينك شكو
شگو اشقد شقد بجد بأد بكد ادي قدي يادوب kam bekam bkam bikam b2adesh 2adesh adesh adeish gadesh
addeh shu sho shou eh esh aish wesh wain wen wein feen fein emta imta mata kif keef kifash
shlon ash7al sh7al ch7al bsh7al bch7al wach shnu
"""
_WANTING = """
اريد أريد اريده اريدها نريد ابي أبي ابيه ابيها ابغى ابغي أبغا نبي عايز عايزه عايزة عاوز عاوزه
بدي بدنا ودي حاب حابه حابة احب اشوف اطلب اشتري احجز اخذ آخذ طلب دور ادور أدور محتاج محتاجه
احتاج نحتاج تنصحني سعر سعره سعرها سعرهم اسعار أسعار اسعاركم ثمن ثمنه حق حقه حقها تكلفة عندكم
عندك عندكو عندچ عندنا لديكم لديك معكم فيه في يوجد موجود موجوده موجودة متوفر متوفره متوفرة متاح
متاحة باقي بقي تبيعون تبيع بتبيعوا i im me my we us our need want wanna like get buy order
looking for see show price prices cost costs have has got any some available availability
stock there sell selling left take takes اكو ماكو عدكم عدكن عندكن عندكون عندهم عندي عنده عندها
كاين كاينه كاينين كاينة ماكاينش بغيت بغينا باغي باغيه نحب نبغي نشري نشوف حابين ابا أبا تبا
يبيله لازمني يلزمني بدو بدها بدك عايزين عايزك عاوزين نفسي اقدر أقدر اكدر اگدر نقدر ينفع يصير
يمكن ممكنه هاتلي جيبلي اعطيني عطيني اعطني ديال ديالكم ديالك ديالي مال مالتكم مالتك مالكم تبع
تبعكم تبعكن تاع متاع نتاع بتاع بتاعكم بتاعت بتوع
مالتي مالتج مالتنا مالي بتاعي بتاعتي تبعي حقي حقتي اله الها الهم حقكم حقتكم
ناخد ناخذ اخد يكلف يكلفني تكلف
كلفه بيكلف سمعت bde bdi biddi bidde bade badde baddi 3ayez 3ayz 3ayza 3ayzeh 3ayzah 3awez 3awz
3awza abi abgha abghi bghit ureed areed ore3d oreed mawjood mawjoud mawjoda mawjoude mtwfr
motawafer 3andkom 3andkum 3andak 3endak 3endkom 3endkum 3indkum 3indak 3adkom 3idkum fi fih
feeh feh aku ako kayn kayen se3r si3r s3r el al il w wa ya la lel lal bel bil ma3 ana hal ma
ya3ni hada hayda dial dyal taba3
"""
_LITTLE = """
و او أو ثم بل لكن بس على عن الى إلى مع بدون غير حتى عند كل بعض هذا هذه هذي هاي هذاك هذول هاد
هادا هيدا هيدي ده دي دا ذا ذي هو هي هم هن انا أنا انت أنت انتم انتو أنتم نحن احنا انه إنه ان
أن إن كان يكون راح رح لا لأ مو مش ما مب نعم اي ايوه ايوا اوكي تمام طيب زين يعني هسه هسة هسع
الحين الان الآن هلق هلأ دلوقتي اليوم بعد قبل شي شيء حاجة حاجه واحد كلش جدا كثير هواي واجد وايد
اوي قوي لي لك له لها بيه بيها منه منها به بها عنه عنها لل ال ايضا أيضا كمان برضه ترى والله يلا
خلاص a an the of to in on at by with and or but not no yes ok okay it its this that these
those be your yours for from as so just also too very about if then them they he she his her
one ones me هادي هاذ هاذا هذيك هداك هاديك هيك هيكي كده كدا كذا برشا بزاف هواية هوايه كتير انو
إنو بانه صح مزيان مزيانه مزيانة عشان علشان مشان منشان لان باش علا غادي جا صاير يوم يومين ايام
أيام هالايام دابا توا ليوم day days لما اول فيها فيهم بيهم عليه عليها معاه معها وياه بلا مثلا
دنيا الدنيا هنيك هناك هونيك
يلي اللى اشي اشياء شييا شيا كلشي مثل متل زي كانه كانها كانو اه ايوا شوي شويه كلما لما لحاله لحالها
لحالو انني اني اكثر اكتر اقل اضع احط احطه احطها بحط نحط اخلي اخليها نخلي قدام elly elli illi yalli
yelli bala bdoun bdon bidoun bedoun bedon sans fe fee 3al le ba3d something
anything thing things someone فقط
"""

_ASPECTS = """
لون الوان مقاس مقاسات قياس قياسات سايز سايزات نمره نمرة حجم وزن كيلو كيلوات مواصفات تفاصيل حبة قطعة
size sizes colour color colours colors kilo kg weight details piece pieces
صوره صور صورته صورها شكله شكلها شكلو شكلهم تصويره تصاور
picture pictures photo photos pic pics image images look looks
"""

STOP_WORDS = frozenset(words(_POLITE + _ASKING + _WANTING + _LITTLE))
ASPECT_WORDS = frozenset(words(_ASPECTS))


def search_terms(text: str) -> list[str]:
    """Fold a message down to what it is about.

    Greetings, politeness, question words, "how much", "do you have", "I want" and dialect fillers
    are left out; the article and what is attached to it is taken off; repeats are dropped.
    «السلام عليكم بكم القميص الأبيض لو سمحت؟» becomes `["قميص", "ابيض"]`.

    For the store: join with spaces for trigram word similarity, and with OR for full text, both
    against folded columns; best rank first. An empty list means that the message names nothing:
    search with what was said just before it, or offer a few rows of each category.

    Returns:
        At most `SEARCH_TERMS_MAX` folded words, in the order said.
    """
    return [*_kept(text)] if len(text) <= KEPT_CHARS_MAX else terms_of(words(text))


def terms_of(said: Sequence[str]) -> list[str]:
    """The same of words that are folded already."""
    if any(map(_OUTSIDE.fullmatch, said)):
        said = _COLD_OUTSIDE.sub(" دافي شتوي ", " ".join(said)).split()
    return [*filter(None, dict.fromkeys(map(_useful, said)))][:SEARCH_TERMS_MAX]


# One answer asks of the same few messages again: who reads, who searches, who checks.
@lru_cache(KEPT_MAX)
def _kept(text: str) -> tuple[str, ...]:
    return tuple(terms_of(words(text)))


def things(terms: Sequence[str], own: AbstractSet[str] = frozenset()) -> list[str]:
    """The terms that may name a thing, without those that ask for a side of it: its sizes, colours.

    «شنو الوانه» is about what was spoken of before, not about whatever has colours.

    Args:
        terms: as `search_terms` gives them.
        own: those that ask for no side of ours, as `own_pictures` gives them.
    """
    return [term for term in terms if term in own or ASPECT_WORDS.isdisjoint(stems(term))]


@lru_cache(WORDS_KEPT_MAX)
def _useful(word: str) -> str:
    noun = without_article(word)
    if STOP_WORDS & {word, noun, _CONJUNCTION.sub("", word)} or _HAVE.fullmatch(word):
        return ""
    return noun if len(noun) > 1 or noun.isdigit() else ""

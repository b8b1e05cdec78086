"""Trouble of the customer's own: «شعري ناشف، شو تنصحوني؟», "my phone died, any charger?"; pure.

Body and possessions, by their owner's ending or after "my": closed, and of every shop alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from hudhud.responders.lexicon.arabizi import english
from hudhud.responders.lexicon.denying import wishes
from hudhud.responders.lexicon.places import house
from hudhud.responders.lexicon.said.needing import only_if_needed
from hudhud.responders.lexicon.said.others import elsewhere, left_behind
from hudhud.responders.lexicon.said.remedy import seeks_remedy
from hudhud.text import Told, arabic_spellings, words

_BODY = """
شعر بشره وجه ويه جلد يد ايد ايدين يدين رجل رجلين قدم كعب ظفر اظافر اضافر ضوافر شفه شفاه شفايف براطم
عين عيون رمش رموش حاجب حواجب راس فروه ظهر رقبه بطن سن اسنان ضرس كتف ركبه ذقن لحيه جسم
"""
_BELONGINGS = """
جوال تلفون تليفون موبايل موبيل هاتف ايفون لابتوب كمبيوتر تابلت ايباد شاحن كابل كيبل وصله سلك شاشه
بطاريه سماعه سماعات ساعه كاميرا سياره غساله ثلاجه تلاجه فرن خلاط مكيف كنبه فرشه سرير طاوله باب حذاء
جزمه صباط شنطه محفظه نظاره عبايه بيت غرفه مطبخ حمام نظر بصر سجاده مكنسه غلايه خلاط مخده تكييف مخزن
قطه بسه قط كلب كلبه جرو عصفور ببغاء حصان ارنب عطر ولد ابن بنت زوج جوز خيمه دراجه عربيه موتر
"""
# What is "mine" and yet of the deal: whose order, parcel or money it is.
_DEALT = """
order orders parcel package shipment delivery refund money card account payment purchase item items
number name address driver receipt invoice bill balance complaint problem issue question messages
message calls emails email
"""
_MY = frozenset({"my", "our"})
# «السماعة اللي عندي»: what they have already.
_MINE = frozenset(words("عندي عندنا عنا عدنا معي معاي معايا معنا لدي عندى تبعي حقتي بتاعي بتاعتي"))
_WHICH = frozenset(words("اللي يلي الي لي الذي التي"))
AT_YOUR_PLACE = frozenset(
    words("عندكم عندكن عندكو عندك لديكم عدكم 3endkom 3ndkom 3andkom 3endkon 3andkon 3endkun 3ndkm")
)
# What came from the shop is no longer theirs alone: «اشتريته منكم», "after your cream".
_OURS = frozenset(
    words(
        "منكم منكن منك منكو تبعكم تبعكن ديالكم بتاعكم بتاعتكم مالتكم حقكم حقتكم كريمكم وصلني "
        "وصلتني وصل وصلت جاني جتني اجاني اجتني استلمت استلمته استلمتها اشتريته اشتريتها شريته "
        "شريتها اخذته اخذتها اخدته اخدتها جبته جبتها طلبته طلبتها طلبت your yours arrived "
        "received bought ordered purchased delivered minkom menkom minkon menkon mnkom "
    )
)
# Yours it may be and still on your shelf: "your prices".
_YOUR = frozenset(
    words(
        "your yours تبعكم تبعكن ديالكم بتاعكم بتاعتكم مالتكم حقكم حقتكم كريمكم منكم منكن منك منكو"
    )
)
# What tells of a deal with us in any other word: what came, whose it is, that it is waited for.
_OF_US = frozenset(
    words(
        "منكم منكن منك منكو منجم عنكم عنكن عنكو عليكم عليكن عليكو معاكم معاكو وياكم وياكن "
        "تبعكم تبعكن تبعك بتاعكم "
        "بتاعتكم بتاعكو ديالكم ديالكن مالكم مالتكم حقكم حقتكم انتم انتو انتوا انتوما نتوما نتوا "
        "يمكم لديكم عندكم عندكن عندكو لعندكم ناطر ناطره ناطرين منتظر منتظره منتظرين مستني مستنيه "
        "مستنيين انتظر ننتظر استني نستني بستني كنتسني كنستنا موعدي موعدنا محد محدش محدا ماحد اول "
        "ثاني الكرتون الكرتونه العلبه الكيس الطرد الطلب الطلبيه الاوردر الكوموند الشحنه المندوب "
        "السايق الشوفير الليفرور طلبي طلبيتي طلبنا اوردري كومندي المبلغ اطالب فلوسي مصاري "
        "مصرياتي دراهمي "
        "موصي موصيه موصين طالب طالبه طالبين شاري شاريه شارين دافع دافعه دافعين "
        "your yours youre youve ordered bought purchased paid received arrived delivered delivery "
        "came sent charged promised waited waiting refund refunded box parcel package order "
        "courier "
        "driver said told gave was wasnt were since lasted washed wore opened used turned still "
        "entu ento entom minkom menkom minkon menkon mnkom 3alekom ma3akom taba3kon btaakom "
        "dyalkom talabi talabeyti talabiyti قالولي قالولنا "
        "يقولون تقولون بتقولوا بتقولو يقولولي تقولولي بيقولولي بيقولو قالو قالوا قلتو كاتبين "
        "كاتبينه"
    )
)
# Waiting, in any person; and money that was taken: «واحنا ننطر», «اتسحب من الفيزا».
_WAITED = Told(
    r"[وف]?[بكت]?(?:عم)?[انيتم]?[انيتم]?(?:نتظر|ستني|نطر|ناطر|ترقب)(?:و|وا|ون|ين|ه|نا|كم|كن|ك)?"
    r"|[وف]?(?:ات|ان)?(?:سحب|خصم)(?:ت|و|وا|تو|توا)?|[وف]?(?:ال)?(?:عربون|عربوني|تسبيق|فاتوره)"
    r"|3arbo+n|nat(?:e?r|ra|reen)|mestann?[iy]+[na]*"
)
# «بعتولي», «صيفطتو ليا»: what you did; «وصلني», «استلمت»: what came; «شريتها»: what I did.
_IT = "(?:ه|ها|هم|هن|هما|و|وه|ني|نا|لي|لنا|لو|له|ولي|ولنا|لياه?|ليا|وهولي|وهالي|ش)?"
_DONE = Told(
    rf"[وف]?(?:(?!ا|بت|كت)\w{{2,5}}ت(?:و|وا|م|مو){_IT}"
    rf"|(?:ا?شتري|ا?شري|طلب|وصي|ا?خذ|خذي|ا?خد|خدي|جب|ا?ستلم|تسلم|دفع|حول|حجز|فتح|لقي|لكي|وجد|لبس"
    rf"|غسل|ركب|نصب|حطي|صبي|رشي|دهن|مشي|لغي|رجع|جرب|ا?ستعمل|ا?ستخدم|شغل|اكل|كلي|ذق|دق|حاسب|خلص|كومندي|دار)(?:ت|نا|تن){_IT}"
    rf"|(?:واصل|واصله|جاي|جايه)(?:ني|نا|لي|لنا|و|اني)"
    rf"|(?:وصل|اجا|اجت|جا|جت|جات|جاب|طلع|انخصم|اتخصم|خصم)"
    rf"(?:و|وا|ت|ات)?(?:ني|نا|لي|لنا|لو|له|ها|ولي|ولنا|وني|ونا|وها|وه)?"
    rf"|(?:بعت|بعث|ارسل|دز|صيفط|سيفط|عط|اعط)(?:و|ت)(?:لي|لنا|ولي|ولنا|وني|ونا|ني|نا)"
    rf"|(?!بيت)\w{{1,4}}يت(?:ه|ها|هم|هن)"
    rf"|(?:صار|صر|بقا|بق)ل(?:ي|نا|ه|ها|و|هم))"
)
# «خذت عنكم», «من محلكم»
_FROM_YOU = frozenset(words("عنكم عنكن عنكو عليكم يمكم"))
_YOUR_SHOP = Told(
    "(?:محل|متجر|مطعم|عياد[هت]|مكتب[هت]|صيدلي[هت]|معرض|موقع|فرع|مشتل|ورش[هت])(?:كم|كن|كو)"
)
# «اخذتها», and «واخداها», «ماخذينه», «شاريتها», who has it since.
_TAKEN = Told(
    r"(?:ا?شتري|شري|ا?خذ|خذي|ا?خد|خدي|جب)(?:ت|نا|تن)(?:ه|ها|هم|هن|و)?"
    r"|(?:[وم]ا?خ[ذد]|شاري|جايب)(?:ه|ا|ين|ت)?(?:ه|ها|هم|هن|و)?"
)
# What somebody bought, wherever it was: «اشتريت زوج طيور», "I bought a puppy".
_BOUGHT = Told(
    r"[وف]?ا?(?:شتري|شري)(?:ت|نا)(?:ه|ها|هم|هن|و|لو|لها|له)?"
    r"|[ei]?sht[ae]?r[aei]+[ty](?:na|o|ha)?|chrit|chrina|bought|purchased"
)
# «كريمكم», «شامبوكن»: a thing of yours. Your prices and your place are asked for, you are greeted.
_YOURS = Told(
    r"(?!(?:ال|بال|ب|ل|و|ش)?(?:[يان]\w*|(?:مع|وي|من|في|عن|علي|بد|كل|ون|عد)\w?"
    r"|(?:عند|لدي|سعر|محل|متجر|مكان|رقم|موقع|عنوان|دوام|فرع|توصيل|صفح|حساب|عرض|عروض|لون|خبار|كيف"
    r"|مسا|صباح|ليل|يوم|فضل|حيا|عاف|راس|عيون|ذوق|وين|جهود|تعب|تحي|سلام|خدم|حضر|شغل|منتج|فريق"
    r"|مدير|موظف|مندوب|بضاع)\w{0,3})(?:كم|كن)$)\w{3,}(?:كم|كن)"
)
# What a body shows: harm where something of ours was eaten or put on.
_SYMPTOMS = frozenset(
    words(
        "حكه حكتني يحكني تحكني بتحكني طفح طفحت طفحلي طفحتلي احمرت احمر احمرار التهاب التهابات "
        "التهبت التهب حرقان تسلخ تسلخت تسلخات اسهال مغص استفرغ استفرغت استفرغنا يستفرغ تستفرغ "
        "استفراغ يتقيا تتقيا تقيات ترجيع غثيان rash rashes hives itching itchy itches vomit "
        "vomits vomited vomiting threw diarrhea diarrhoea blisters blistered irritated irritation "
        "يصحي تصحي اغمي بالم الم وجع توجعه توجعها بتوجعه بتوجعها بتوجعو "
        "inflamed redness 7akke 7akka tafa7 iltihab eltehab istafra8 stafragh estafragh"
    )
)
_PIMPLES = frozenset(words("حبوب حب بثور"))
_OUT = frozenset(words("طلع طلعت طلعلي طلعتلي طلعولي صار صارلي لي وجهي وشي ويهي بشرتي جلدي"))
# What colours are said of came, and did no harm.
_RED = "احمر"
_TURNED_OUT = frozenset(words("طلع طلعت وطلع وطلعت"))
_TO_HAVE = frozenset(words("في عندي عندنا عنا عدنا معي معنا معايا معانا لازم اني انا احنا نحنا"))
_FROM = frozenset(words("من min men mn from"))
_DEFINITE = frozenset(words("the this these that my our it its el al l il"))
_DEFINITE_ARABIC = re.compile(r"[وف]?ال(?!لي|ي|ذي|تي)\w{2,}|هال\w{2,}")
_HELD_AFTER_MY = 2
# What somebody did who is spoken of: «الموظف قالي …», "el mowazzaf 2alli …".
_DID = frozenset(
    words(
        "قال قالت قالوا قالي قالتلي قالولي قاللي گال گالي گلي حكى حكالي حكتلي حكولي خبرني خبرتني "
        "وعدني وعدتني كان كانت كانوا كتب كتبلي ذكر شرحلي فهمني اللي يلي الذي التي told said "
        "was "
        "were who that promised explained mentioned helped"
    )
)
_ASKED_FOR = frozenset(words("وين فين اين بدي ابي اريد ابغى عايز عاوز بغيت where want need"))
# «صديقي اشترى»: who bought is another, and "I buy" is written the same.
_BOUGHT_IT = words("اشترى")[0]
_HE = frozenset(
    words(
        "صديقي صاحبي رفيقي زميلي جاري اخوي اخويا خويا اخي ابوي ابويا بابا والدي زوجي جوزي راجلي "
        "خطيبي ابني ولدي عمي خالي هو واحد صديق"
    )
)
_DID_LATIN = re.compile(r"(?:[2g]al(?:l?i|l?at?li|olli|lik|oli|et)?|7akali|khabarni|kan(?:et|at)?)")


def _with_owner(named: Sequence[str]) -> frozenset[str]:
    """Each with the ending of who owns it: «شعري», «بشرتي»."""
    return frozenset(
        f"{one[:-1]}تي" if one.endswith("ه") and len(one) > len("وجه") else f"{one}ي"
        for one in named
    )


_OWN_BODY = _with_owner(words(_BODY))
_THEIRS = _OWN_BODY | _with_owner(words(_BELONGINGS))
_DEALT_WORDS = frozenset(words(_DEALT))


def did(said: Sequence[str], at: int) -> bool:
    """Whether it is told what somebody did or said, and nobody is asked for.

    Args:
        said: folded words of one message.
        at: the place of the word for a person.
    """
    after = said[at + 1] if at + 1 < len(said) else ""
    asked_for = at > 0 and said[at - 1] in _ASKED_FOR
    works = after[:1] == "ب" and house(after[1:])  # «موظفة بشركة»
    return not asked_for and (works or after in _DID or bool(_DID_LATIN.fullmatch(after)))


def he_bought(said: Sequence[str], at: int) -> bool:
    """Whether it is told that somebody else bought a thing: «صديقي اشترى من عدكم».

    Args:
        said: folded words of one message.
        at: the place of the word for it.
    """
    return said[at] == _BOUGHT_IT and at > 0 and said[at - 1].removeprefix("و") in _HE


def turned_out(said: Sequence[str], at: int) -> bool:
    """Whether it turned out that there is something, and nothing came: «طلع في غدا عندنا».

    Args:
        said: folded words of one message.
        at: the place of a word.
    """
    return said[at] in _TURNED_OUT and not _TO_HAVE.isdisjoint(said[at + 1 : at + 2])


def whose(said: Sequence[str]) -> list[str]:
    """The parts of a message that tell whose a thing is: theirs, or ours, and whom it harmed.

    Args:
        said: folded words of one message.
    """
    if left_behind(said):
        return [".left_behind"]
    if only_if_needed(said):
        return [".no_person"]
    if elsewhere(said):
        return [".own", ".elsewhere"]
    ours = bought(said)
    remedy = [".remedy"] * (not ours and seeks_remedy(said))
    if remedy or (not ours and _theirs(said)):
        return [".own", *remedy]
    if not ours or wishes(said):
        return []
    return [".bought", *[".came"] * came(said), *[".harmed"] * _harmed(said)]


def own(said: Sequence[str]) -> bool:
    """Whether something of the customer's own is spoken of, and nothing that came from the shop.

    Args:
        said: folded words of one message.
    """
    return not bought(said) and _theirs(said)


def own_body(said: Sequence[str]) -> bool:
    """Whether somebody's own body is spoken of, and no harm that it shows: «شعري ناشف».

    Args:
        said: folded words of one message.
    """
    return not _harmed(said) and any(word.removeprefix("و") in _OWN_BODY for word in said)


def bought(said: Sequence[str]) -> bool:
    """Whether something is told of that came from the shop: «الكريم حقكم», "after your cream".

    Args:
        said: folded words of one message.
    """
    if elsewhere(said):
        return False
    pairs = [*pairwise(said)]
    if any(then in _FROM_YOU and _TAKEN.fullmatch(one) for one, then in pairs):
        return True
    if any(one in _FROM and _YOUR_SHOP.fullmatch(then) for one, then in pairs):
        return True
    return not _OURS.isdisjoint(said) or any(map(_YOURS.fullmatch, said)) or done_at_yours(said)


def came(said: Sequence[str]) -> bool:
    """Whether it is told that something came from the shop, or was bought there: «اللي شريتها».

    Args:
        said: folded words of one message.
    """
    taken = any(map(_TAKEN.fullmatch, said)) and not _YOUR.isdisjoint(said)
    return taken or not (_OURS - _YOUR).isdisjoint(said) or done_at_yours(said)


def purchased(said: Iterable[str]) -> bool:
    """Whether it is told that something was bought: who has it orders none.

    Args:
        said: folded words.
    """
    return any(map(_BOUGHT.fullmatch, said))


def done_at_yours(said: Sequence[str]) -> bool:
    """Whether something was done or bought at our place: «شريتها عندكم», «من الكيك عندكم».

    Args:
        said: folded words of one message.
    """
    return not AT_YOUR_PLACE.isdisjoint(said) and any(
        word in AT_YOUR_PLACE
        and any(one in _FROM or _DONE.fullmatch(one) for one in said[max(0, at - 2) : at])
        for at, word in enumerate(said)
    )


def _harmed(said: Sequence[str]) -> bool:
    """Whether a body shows harm: «سبب لي حكة»; «وصلني احمر» is a colour."""
    plain = [word.removeprefix("و") for word in said]
    return any(
        (word in _SYMPTOMS and word != _RED)
        or (word == _RED and not _THEIRS.isdisjoint(plain[max(0, at - 1) : at]))
        or (word in _PIMPLES and not _OUT.isdisjoint(plain[max(0, at - 2) : at]))
        for at, word in enumerate(plain)
    )


def _theirs(said: Sequence[str]) -> bool:
    if any(word.removeprefix("و") in _THEIRS for word in said):
        return True
    if _MY.isdisjoint(said) and _MINE.isdisjoint(said):
        return False
    return any(_my(said, at) or _mine(said, at) for at in range(len(said)))


def _my(said: Sequence[str], at: int) -> bool:
    """Whether it is "my", and what follows is nothing of the deal: "my kettle", "our old sofa"."""
    held = said[at + 1 : at + 1 + _HELD_AFTER_MY]
    return said[at] in _MY and bool(held) and _DEALT_WORDS.isdisjoint(held)


def _mine(said: Sequence[str], at: int) -> bool:
    """Whether a certain thing is theirs: «المكنسة عندي», «القلم اللي معي»."""
    thing = said[max(0, at - 2) : at]
    if said[at] not in _MINE or not thing:
        return False
    which = thing[-1] in _WHICH
    return bool(_DEFINITE_ARABIC.fullmatch(thing[0] if which else thing[-1]))


def ours(said: Sequence[str]) -> bool:
    """Whether something that we did or sold is told of: it came, was bought, is waited for.

    Nobody complains of anything else to a shop: «انا بترعب من الحقنة» is a fear of their own.

    Args:
        said: folded words of one message.
    """
    if elsewhere(said):
        return False
    if not _OF_US.isdisjoint(said) or any(map(_YOURS.fullmatch, said)):
        return True
    if any(map(_WAITED.fullmatch, said)):
        return True
    # "got" of who writes English is not «جت».
    told = [word for at, word in enumerate(said) if not turned_out(said, at)]
    if english(said):
        return any(map(_DONE.fullmatch, told))
    return any(_DONE.fullmatch(form) for word in told for form in (word, *arabic_spellings(word)))


def begins_definite(said: Sequence[str]) -> bool:
    """Whether a certain thing is spoken of from the first words on: «السماعة ساكتة», "the lid".

    Who describes what they look for begins with any: «سماعة ما تخرب», "glasses so light".

    Args:
        said: folded words of one message.
    """
    first = said[:2]
    return not _DEFINITE.isdisjoint(first) or any(map(_DEFINITE_ARABIC.fullmatch, first))

"""The words with which people speak of what is in their cart, each as it is compared; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import words

Act = Literal["", "more", "remove", "make"]


class Said:
    """Words by which one thing is meant: Arabic and English as written, Arabizi as it sounds."""

    def __init__(self, written: str, sounded: str = "", *, shaped: str = r"(?!)") -> None:
        """Fold them once; what is `shaped` so is one of them too."""
        self._shaped = re.compile(shaped)
        self._written = frozenset(words(written))
        self._sounds = frozenset(map(spelled, words(sounded)))

    def __contains__(self, word: str) -> bool:
        """Whether a folded word is one of them."""
        if word in self._written or self._shaped.fullmatch(word):
            return True
        return word[:1].isascii() and spelled(word) in self._sounds

    def among(self, said: Iterable[str]) -> bool:
        """Whether one of some folded words is."""
        return any(word in self for word in said)


# What comes of it all is told after these: «يعني ستة», "so four".
_SUMS = Said(
    "يعني المجموع مجموع مجموعهم بالمجموع الاجمالي اجمالي total altogether so making makes becomes "
    "become totalling totaling",
    "ya3ni yeb2o yb2o yeb2a yb2a b2o yseer yseero ysiro yseeron byseer byseero bisiro ykoon ykoono",
)
# «فتصبح», «يبقوا», «بيصيرو», «يولّيو»: to become and to be, in every dialect.
_BECOMES = re.compile(
    "[فلو]?[بل]?[يتنا]?(?:صير|صار|بق|بقي|بقا|كون|صبح|ولي|ول)(?:و|وا|ون|ين|ن|ت|يو|يوا|ا|ات|او)?"
)
# These may stand after the number: "four in total".
SUMMED = Said("total altogether المجموع بالمجموع الاجمالي اجمالي overall")
ALSO = Said(
    "هم بعد عاد كمان برضو برضه ايضا اخر اخرى تاني تانيه ثاني ثانيه ثالث ثالثه رابع رابعه غيره "
    "also another more extra too additional second third"
)
SAME = Said(
    "نفس نفسه نفسها نفسهم مثله مثلها مثلهم متله متلو متلها متلهن متلهم زيه زيها زيهم كيفه كيفها "
    "بحالها بحاله بحالهم same identical like",
    "nafs nafso nafsa metlo metla zayo zayaha zayha",
)
OTHER = Said(
    "الثاني الثانيه التاني التانيه الاخر الاخرى الباقي والباقي البقيه الثانيات other rest remaining"
)
REST = Said(
    "الباقي والباقي البقيه الباقين باقيهم باقيها rest remaining others", "elba2i elbaqi lba9i"
)
STAYS = Said(
    "تبقى يبقى تظل يظل تضل يضل زي مثل كما سيب سيبي سيبوا خل خلي خلوا اترك اتركي اتركوا "
    "حاله حالها حالهم حالهن حالته حالتها leave stays stay "
    "remains remain keep same as"
)
HALF = Said("نص نصها نصهم نصهن النص نصف نصفها نصفهم النصف half", "noss noshom nosha nosshom")
OF_THEM = Said(
    "منهم منهن منها منهما منهو منه منو منن",
    "menhom mnhom minhom minhum menha mnha minha menhon mennon minnon mennun menno minno menhen",
)
PART = Said("منهم منهن منها منهما منهو من of")
# Some of what is there, and nothing new.
SHARED = Said("منهم منهن منهما")
# «بكفي», «بيكفينا», «يكفيان», «هتكفيني», «نكتفي», «بيكفوا»: to be enough, and to make do with.
_ENOUGH = (
    "[وف]?(?:[بهحس]?[ايتن]|[بهح])?ك(?:تف|ف)ي(?:ني|نا|كم?|ه|ها|هم|ان)?"
    "|[وف]?[بهحس]?[ايتن]ك(?:تف|ف)و(?:ا|ن|نا|ني|ه|هم)?|كاف(?:ي|يه|ين|يين|يان|يات|يتان|يتين)?"
)
ONLY = Said(
    "بس فقط وبس لحاله لحالها لحالهم وحدها وحدو كافيني كافيتني مكفي "
    "مكفيه كفايه كفتني كفاني باراكا بركا يقدني تقدني يزيني حسبي لوحده لوحدها حصرا "
    "just only enough suffices suffice alone solely nothing",
    "bas faqat faqt kfaya kefaya kifaya ykaffi tkaffi bikaffi btkaffi yekfi tekfi bekfi bikfi "
    "btekfi btikfi byekfi yikfini tikfini yekfini tekfini bikfini btikfini kafi kafye baraka yzini "
    "bikaffo bikafo ykaffo tkaffo yekfo bekfo bikfo byekfo byikfo ykaffou yekfon ykafon kafyin",
    shaped=_ENOUGH,
)
# «خلي غير الموسوعة»: in the Maghreb it is "only".
GHIR = Said("غير غي", "ghir 8ir gheir")
# What goes where nothing else than one of several in the cart is named; elsewhere it may say
# anything: «طلع», «داعي», "skip", "no need for".
_AWAY = "طلع خرج اخرج رفع ارفع طير قيم اقلع سحب اسحب انزع استثن تخلص شل كب اخصم ازاح ازح ابعد"
_ENDED = ("", "ي", "و", "وا", "ه", "ها", "هم", "هن", "وه", "وها", "وهم", "يه", "يها", "لي", "ولي")
AWAY = Said(
    " ".join(f"{verb}{ending}" for verb in _AWAY.split() for ending in _ENDED)
    + " سيبك سيبكم دعك دعكم داعي استغني بستغني استغنيت هستغني نستغني نقلع "
    "scrap skip ditch omit exclude discard lose rid dump strike forget minus",
    "talle3 tale3 tal3o talle3o 5arrej kharrej 5arej 5arrjo",
)
# «قللها», "reduce": how many are left may be told behind it.
LESS = Said(
    "اقل less fewer reduce lower decrease cut",
    "2allel qallel 2alel na2es na2as naqes naqqas 5affef khaffef",
    shaped="[بهح]?[تنا]?(?:قلل|نقص|خفف|نزل|صغر)(?:ي|وا?|ا)?(?:ه|ها|هم|هن|لي|لنا|ولي|هالي)?",
)
ABOUT = Said(
    "لون لونه لونها لونهم لونهن اللون بلون باللون بال ب ال حجم حجمه حجمها الحجم بحجم مقاس مقاسه "
    "مقاسها المقاس بمقاس قياس قياسه قياسها القياس بقياس سايز السايز طول طوله الطول عدد العدد "
    "عددهم الكميه كميه in the a an one ones colour color size number qty quantity",
    "lon loon el 2yas ma2as",
)
TALK = Said(
    "لكن ولكن لو ازا اذا فيك ممكن "
    "سمحت سمحتي سمحتوا سمحتم تكرمت رجاء فضلك فضلكم حبيبتي حبيبي يا معاهم معهم معها معه معاه معاها "
    "ديال تاع متاع بتاع بتاعت مال مالت حق حقت تبع "
    "عن اي في ما مافيش مفيش فيش ماكو ماله مالها ملوش مالوش خلاص الاوردر الطلبات القائمه قائمه "
    "وياه وياهم وياها عليهم عليها عليه عليهن اليهم فوقهم منه انا احنا بقولك اقولك اسمع ايه طلبي "
    "الطلب الطلبيه السله ع على من في الى لي ليا لنا لينا جديد جديده هالمره actually "
    "hey but and then instead rather please from to my order for me it them they that this "
    "get do away cross off list cart basket ill ll have going "
    "are am is was be thats i we want need would like can could you also please",
    "law sama7t sama7te sama7ti fi el men min 3an talab order la",
)
OUT = Said("out off away")
# «ثلاثة احسن», "three would be better"
INDEED = Said("بل actually بالاحرى احسن الاحسن افضل الافضل اصح better best", "a7san ahsan afdal")
# «خمسة كتير»: so many are not wanted.
EXCESS = Said(
    "كثير كثيره كتير كتيره كثار كتار واجد وايد بزاف برشا هوايه many much lot",
    "ktir kteer kthir ktiir wayed wayid wajed bzaf barsha hwaya",
)
ALL = Said(
    "كلهم كلهن كلها كلو الكل جميعهم جميعها للكل للاثنين الاثنين اثنينهم الثنتين التنين "
    "all both each",
    "kollhom kolhom kollon kullhum",
)
# Who says so speaks of what is in the cart.
OF_THE_CART = (ALL, AWAY, HALF, SAME, OTHER, PART, ONLY, INDEED, EXCESS)
KNOWN = (*OF_THE_CART, LESS, SUMMED, ALSO, STAYS, ABOUT, TALK, OUT)
AND = Said("و and w wa")
ACTS: dict[str, Act] = {"more": "more", "remove": "remove", "make": "make", "swap": "make"}


def sums(word: str) -> bool:
    """Whether what a folded word announces is what there is in the end."""
    return word in _SUMS or bool(_BECOMES.fullmatch(word))

"""Arabic in Latin letters: one spelling for the many, and what is said in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from hudhud.text import words

SAID = {
    "greeting": (
        "salam, slm, salamo, salaam, salam 3alaykom, salam alaikum, salam alaykom, assalam, "
        "assalamu alaikum, al salam 3alaikom, el salam 3aleko, salamo 3alekom, mar7aba, marhaba, "
        "mar7bten, marahib, hala, hala wallah, ya hala, ahlan, ahleen, ahlain, ahla, sabah el 5er, "
        "saba7 el 5er, saba7 el kheir, sabah el kheir, sabah al khair, saba7o, saba7 elnoor, masa "
        "el 5er, masa2 el 5er, masa el kheir, msa lkhir, sba7 lkhir, shlonak, shlonik, shlonkom, "
        "shlonkum, shlonek, kefak, kifak, kefik, kifkon, kif 7alak, kef 7alak, kaifak, ezayak, "
        "ezayek, ezzayak, izzayak, izayko, labas, la bas, kidayr, ki dayer, shakhbarak, sh5barak, "
        "ch5barek, akhbarak, a5barkom, 3amel eh, 3amleen eh, wach rak"
    ),
    "thanks": (
        "shukran, shokran, shokrn, chokran, choukran, shukraan, choukrane, teslam, tislam, "
        "teslami, teslamo, tslm, yslmo, yeslamo, yeslamou, yislamo, mashkoor, mashkour, mashkoora, "
        "mamnoon, mamnounak, y3tek el3afye, ya3tik el 3afye, y3tik el 3afieh, yatik elafieh, allah "
        "y5alik, allah ykhallik, barak allah fik, jazak allah 5er, merci ktir, mersi, sa7it, "
        "3aychek, alf shokr, motshaker, motshakker"
    ),
    "goodbye": ("ma3 el salama, ma3 elsalama, bslama, besslama, fi aman allah, tesba7 3ala 5er"),
    "ack": ("tamam, tmam, tayeb, tayyeb, zain, zein, mashi, wakha, safi, khalas, 5alas, inshallah"),
    "person": (
        "mowazaf, mowazzaf, mowadhaf, mwazaf, muwazzaf, insan, bani adam, mas2ool, mas2oul, "
        "masool, modeer, mudeer, el modir, akalem 7ad, akalem 7add, akallem 7ad, akallem a7ad, "
        "akalem a7ad, akallem wa7ed, akallem mowazaf, e7ki ma3, a7ki ma3, e7ke ma3, e7ki wya, "
        "a7chi wya, a7chy weya, atkalem ma3, atkallem ma3, nhder m3a, nhdar m3a, nahder ma3a, "
        "kalmooni, kallimooni, 7ad yerod, 7ad ykalemni, 7ada yrod, 7ada y7ki, mabi robot, mish "
        "robot, mesh robot, mo robot, khedmet el 3omala, etesel feyya, etselo fya, 3ayto lia"
    ),
    "your_name": ("shu ismak, shoo esmak, shno ismak, sho ismak, esmak eh, ismak eh, meen ma3i"),
    "order": (
        "a6lob, atlob, atlub, a6lb, otlob, atloub, ntlob, ntleb, ashtri, ashteri, eshteri, "
        "ashtari, nechri, nchri, nshri, a7jez, a7gez, e7jez, a7jiz, nkomandi, 3ayez order, 3ayza "
        "order"
    ),
    "browse": (
        "shno 3andkom, shno 3ndkom, shno 3dkm, shu 3andkon, sho 3andkon, shu 3andkum, sh3ndkm, shu "
        "fi 3andkon, eh 3andko, eh el 3andko, 3andko eh, 3andkom eh, wesh 3andkom, wsh 3ndkm, chno "
        "3andkom, ach 3andkom, chnou 3andkom, el menu, montajat, montajatkom, 2aymet el as3ar"
    ),
    "price": (
        "arkhas, ar5as, 2arkhas, 2ar5as, bkam, bekam, bikam, b kam, bkm, bekm, kam, kam se3r, "
        "bgdesh, gdesh, 2adesh, addesh, "
        "2ddesh, 2addesh, adesh, adaysh, adde, 2adde, be2adesh, b2adesh, shgd, shgad, shkad, shkd, "
        "eshgad, beesh, bish, ebesh, b eesh, shhal, ch7al, chhal, sh7al, bch7al, bchhal, bsh7al, b "
        "ch7al, 9adech, qadech, gaddech, se3r, si3r, s3r, se3ro, se3roh, se3rha, s3roh, as3ar, "
        "as3arkom, taman, thaman, ta2ribn kam, 7a2o, yekallef, btkallef, bikallef"
    ),
    "stock": (
        "3andkom, 3andkum, 3andkon, 3andkoun, 3andko, 3andak, 3andk, 3ndkom, 3ndkm, 3ndkn, 3ndk, "
        "3ndak, 3ndko, 3indkom, 3indkum, 3endkom, 3endkon, 3endak, 3endek, 3dkm, 3adkom, 3edkom, "
        "andkom, mawjood, mawjoud, mawjud, mawgood, mawgoud, mawgouda, mawgoda, mawjooda, "
        "mawjoude, mwjood, mwjod, mojood, maujood, mtwfr, motawafer, metwafer, mutawafir, "
        "mutwafer, metwaffer, kayn, kayen, kayna, kain, wach kayn, wash kayen, kayen chi, fi "
        "minno, fi mennon, feeh menno, aku, akoo, fi 3andkon, fi 3andkom, feeh 3andko"
    ),
    "sizes": (
        "2yasat, 2yesat, 2iyasat, ma2as, mqas, ma8as, maqas, ma2asat, maqasat, qyas, 2yas, 8yas, "
        "gyas, el size, sayz, nemra"
    ),
    "colours": ("lon, loon, lown, alwan, el alwan, alwano, elwan, lono"),
    "hours": (
        "betefta7o, beteft7o, bteft7o, btefta7o, btft7o, tefta7oon, taftahon, tfta7on, taftahoon, "
        "tft7on, tefte7on, teft7o, tefta7o, kat7ello, btsakro, betsakro, btsakero, tsakroon, "
        "tsakron, te2felo, bte2felo, bete2felo, te8felon, tgflon, tesdoon, dawam, dawamkom, "
        "eldawam, mawa3id, mawa3eed, mawa3eedko, katkhdmo, katkhedmo, kat5dmo, khdamin, "
        "khddamin, btshtghlo, bteshteghlo, tshtghlon, fat7een, fate7, fatheen, maftoo7, "
        "maftou7, el "
        "gom3a, eljom3a, joum3a, jum3a, el 3otla, ayya sa3a, el sa3a kam"
    ),
    "delivery": (
        "tawseel, tawsil, tawsel, tousil, tosel, tosil, tawseelkom, el tawseel, twsilon, twselon, "
        "twaslon, twaslo, twassloon, btwaslo, betwasalo, bitwaslo, btewaslo, katwsslo, shahen, "
        "sha7n, el shi7n, livraison, delivery la, dlivery, delifery"
    ),
    "returns": (
        "arja3, arajje3, arja3o, araja3, arga3, aragga3, ragga3, raje3, raj3o, targee3, tarjee3, "
        "istirja3, tabdeel, abadel, abaddel, abdel, abdlo, estebdal, ista3bdal, neraja3, nbdel, "
        "nbaddel, rajjo3, fi tabdeel"
    ),
    "payment": (
        "taqseet, taqsit, ta2seet, ta2sit, aqsat, a2sat, be ta2seet, daf3, el daf3, eldaf3, "
        "adfa3, masari, "
        "adf3, badfa3, nkhalles, nkhalless, cach, tahweel, ta7weel, ta7wil, 3end el istilam, visa "
        "wla"
    ),
    "location": (
        "wen ma7alkom, wen el ma7al, wen el mahal, wain el mahal, wein el ma7al, ma7alkom, "
        "ma7alkum, ma7allkom, ma7alkon, ma7alko, ma7alak, mahalkom, wen el 3iyade, wen el 3eyade, "
        "fen el 3eyada, wen mawqe3kom, mawqe3kom, maw8e3kom, maw2e3kon, 3enwan, 3enwankom, 3inwan, "
        "3nwan, 3nwankom, 3onwan, 3onwanko, el 3enwan, makankom, makanko, makankon, fen makanko, "
        "wenkom, weinkom, wainkom, wenkon, wynkm, finkom, fenko, fenkom, wen btseero, wen "
        "btsiro, wen bitsiro, wein btsiro, fin jitu, fin kaynin, "
        "fer3, fere3, far3, foroo3, lokeshen"
    ),
    "wholesale": ("jomla, jumla, jemla, gomla, bil jumla, bel gomla, bljmla"),
    "discount": (
        "5asm, khasm, 5asem, khasem, 5osoomat, khosomat, 3ard, 3oroud, 3roood, 3ourood, ta5feed, "
        "takhfid, tanzeelat, tanzilat, a5er se3r, akher se3r, akhir si3r, solde"
    ),
    "gift": ("hadiye, hadiyye, hdiya, hadiyya, taghleef, tagleef, ta8leef, kado"),
    "care": ("ghaseel, 8aseel, aghsel, a8sel, ghsil"),
    "contact": ("raqamkom, ra2amkom, ra2mkon, rakamkom, nemretkom, insta"),
    "warranty": "daman, dhaman, kafala, kfale",
    "original": "asli, 2asli, asliye, asleyye, asliyyin, ta2leed, taqleed, taqlid, maghshoush",
    "complaint": (
        "ma 7ada byrod, ma 7ada yrod, ma 7ad byrod, "
        "mahad yerod, ma7ad yrd, ma7ad yrod, mahad yrod, ma7adesh byrod, ma7adesh beyrod, ma7ada "
        "byrod, ma 7ada rad, ma 7ad rad, mushkila, moshkela, moshkila, mochkil, mushkle, 3andi "
        "moshkela, nassabin, nasabeen, 7aramiye, haramiyye, zeft, zbale, sayye2, sayi2, floosi, "
        "flousi, flosi, baddi 7a22i, 7aram 3alekon, 3eb 3alekom, shakwa, chakwa, zh2t, "
        "malleit, ta3abtoni"
    ),
    ".harm": (
        "bal3et, bala3ha, ebtala3, sharda2, ikhtana2, tkahrab, itkahrab, "
        "etkahrabt, kahrabni, kahrabetni, kahrabatni, tsammam, tsammamna, etsammem, 7ara2ni, "
        "7ar2etni, 7ara2 ido, n7ara2 ido, t7re9 weldi, mish 2adir yetnaffas, mesh 2ader yetnafes, "
        "ma 3am ye2dar yetnaffas, 3amalli 7asasiye, 3amaletli 7asaseya, gali 7asaseya"
    ),
    ".ordered": (
        "talabna, tlabna, 6alabna, talabt, tlabt, 6alabt, 6labt, talabet, tlbt, kont taleb, kont "
        "talba, "
        "kent taleb, kent talba, ana taleb, ana talba, ana talbe, commandit, kommandit, komandit, "
        "kont bghit"
    ),
    ".you_sent": (
        "b3atoli, b3atouli, b3attoli, ba3toli, ba3tooli, ba3atooli, ba3atoli, b3tuli, b3atolna, "
        "dezzetoli, dezzaytoli, dazzetoli, jebtouli, jebtoli, jbtoli, jabouli, jaboli, jabooli, "
        "gebtoli, gebtooly, gaboly, gaboli, sayfettou, sayfttou, siftou lia, 3titouni, 3tetouni"
    ),
    ".arrived": (
        "jatni, jatny, jatna, wasalni, wasalny, wsalni, wsalny, weselni, wisalni, weslatni, "
        "waslatni, wsalatni, wasaletni, waslitny, wselni, gatly, gatli, gatni, "
        "ejani, ejatni, ijani, ijatni, ejeni, ejetni, ejana, ijana, ejona, ijona, wasalna, wsalna, "
        "wsilna"
    ),
    ".not_arrived": (
        "ma wasal, ma wsel, ma wusil, ma wsal, mawasal, ma waslni, ma waslatni, mawslnish, "
        "mawasalsh, lesa ma wasal, ma ja, ma ejani, mawselch"
    ),
    ".late": ("ta2akhar, ta5ar, t2akhar, et2akhar, et2a5ar, mt2akher, meta5er, taakhar, ta2a55ar"),
    ".defect": (
        "kharban, 5arban, kharbana, 5arbana, kherban, kharbane, khreb, kherib, maksoor, maksour, "
        "maksoora, makseur, byez, bayez, bayza, baayez, mamzoo2, mamzou2, ma5zoo2, mshgoog, "
        "3atlan, 3atlane, ma byeshteghel, mayeshteghel, mish shaghal, mesh sha8al, ma5damch, "
        "khasra, khaser"
    ),
    ".the_order": (
        "talabi, 6alabi, tlabi, talaby, 6lbi, talabiyye, talabiye, el talab, el order, elorder, "
        "ordery, orderi, order beta3i, el order bta3i, commande, la commande, lkomand, tard"
    ),
    ".where": ("wen, wain, wein, ween, wayn, fen, fein, feen, fayn, fin, wenno, wino, feno"),
    ".when": ("emta, imta, eemta, mta, meta, mata, shwakt, shwa8t, shwaqt, wa2tesh, fo9ach, imtan"),
    ".state": (
        "shu sar, sho sar, wen sar, wen wasal, wen wsel, wain wasal, fen wasal, yosal, yewsal"
    ),
    ".repair": ("tasleeh, tasli7, tasle7, besala7o, btsal7o, tsal7on, siyana, syana"),
    ".cancel": (
        "elghi, el8i, alghi, al8i, ilghi, al8y, elghy, kansel, kansil, cansel, lghi, nlghi"
    ),
}

NAMELESS = """
bde bdi badde baddi biddi bidi bdna abi aby abgha ab8a ab8y abga 3ayez 3ayza 3awez 3awza 3ayzeen
areed arid ared yreed bghit b8it bghina nebghi n7eb 7ab 7abeb 7abba momken mumkin mmkn law sama7t
la lal lel li el al il l fi feh fih feeh men min mn 3an 3ala 3la ma3 ma3a wala walla wla w wu ya
bs bas bss hay hada hadi hatha hayda hayde da di dih elli illi yalli chi shi shu sho shoo shno
shnu chno chnou esh eish wesh wsh eh eih ana ani enta inta enti inti 7adretak dyal diyal dial
dyali dyalkom ta3 mta3 beta3 bta3 taba3 taba3kon wa7ed wa7da w7de wahad kilo alla allah kteer ktir
awi 2awi jiddan kitir shway shwayya schwiya please 2l bel bil bi b l7ad ba3d abel 2abel lw wallah
ela ila afak 3afak afakom 3afakom fadlak fadlek fadlik fadlkom fadhlak sama7te sama7ti sama7to
sama7tou sama7tom samaht samahti bleez bliz
"""

# No word of these is one of English: who writes one writes Arabic.
SURELY = """
bde bdi bdna badde baddi biddi abi aby abgha ab8a ab8y abga 3ayez 3ayza 3awez 3awza 3ayzeen areed
ared yreed bghit b8it bghina nebghi n7eb 7abeb 7abba momken mumkin mmkn sama7t feh fih feeh 3ala
wala walla hada hadi hatha hayda hayde elli illi yalli shu sho shoo shno shnu chno chnou esh eish
wesh wsh eih ana inta enta dyal diyal dyali dyalkom mta3 beta3 bta3 taba3 wa7ed wa7da w7de kteer
ktir jiddan shway shwayya wallah lw esmi ismi ismy
"""

# In the words of who writes English; without any, Latin letters may be Arabic.
_ENGLISH = frozenset(
    words(
        "the a an is are was do does did you your i my me we have has can could what which how "
        "much when where for of to with please this that it want need in on any not and or"
    )
)

# Too short to be spelled out by sound.
LITTLE = {
    latin: arabic
    for arabic, row in (
        ("شو", "shu sho shoo"), ("شنو", "shno shnu chno chnou"), ("وش", "wesh wsh"),
        ("ايش", "esh eish"), ("ايه", "eh eih"), ("وين", "wen wein wain ween"),
        ("فين", "fen fein fin"), ("كم", "kam"), ("ما", "ma"), ("مو", "mo"), ("مش", "msh mesh mish"),
        ("في", "fi fih"), ("متى", "mata meta"), ("امتى", "emta imta"),
    )
    for latin in row.split()
}  # fmt: skip

# «b3atli», "eb3atouli": send me.
SENDS = re.compile(r"[aei2]*ba?3a?[ts](?:h?[aeiouy]{0,2})?(?:l[iey]|l?na)?(?:ha|hom|hon|h)?")

# «بلا», without: nobody has swallowed anything ("bala3"); «السرو» is a quarter, and no price.
# «سرير» is a bed, and is spelled like «سعر».
_ONLY_ITSELF = frozenset({"bala", "bla", "sero", "sareer", "sarir", "sereer", "serir", "srir"})
_DIGITS = str.maketrans({"2": "", "3": "a", "5": "kh", "6": "t", "7": "h", "8": "gh", "9": "q"})
_SAME = (
    (re.compile(r"ch"), "sh"), (re.compile(r"dj"), "j"), (re.compile(r"ou|oo|au|w(?=$)|o"), "u"),
    (re.compile(r"ee|ei|ey|ai|ay|ea|ie|e(?!$)"), "i"), (re.compile(r"[ey]$"), "i"),
    (re.compile(r"(?<=[^aiu])i(?=[^aiu])"), ""), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


def english(said: Sequence[str]) -> bool:
    """Whether a word is among folded ones that only who writes English writes."""
    return not _ENGLISH.isdisjoint(said)


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """One spelling for the many of a folded word: bkam, bekam and bikam are one."""
    if word in _ONLY_ITSELF:
        return f"{word}-"
    key = word.translate(_DIGITS)
    for pattern, same in _SAME:
        key = pattern.sub(same, key)
    return key

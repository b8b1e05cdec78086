"""What is said to see a thing: its picture, what it looks like."""

from __future__ import annotations

from itertools import product

_PICTURES = (
    "صورة, صور, الصورة, الصور, صورته, صورتها, صورتو, صورتهم, صورها, صورهم, صورو, تصويرة, "
    "تصاور, تصاوره, تصاورها"
)
# «ابعتلي صورة التورتة»: asked for so, it is a picture even where cakes with photos are sold.
_ASKED = (
    "ممكن, ابي, ابغى, اريد, بدي, عايز, عاوز, بغيت, نحب, ابعتلي, ابعثلي, ابعتولي, بعتلي, "
    "بعتولي, ابعت, ابعث, تبعتلي, تبعثلي, تبعتولي, ارسلي, ارسل لي, ارسللي, ارسلولي, ارسلوا "
    "لي, ارسلوا, ترسل لي, ترسلي, ترسللي, ترسلولي, ترسلون, رسلي, دزلي, دزولي, تدزلي, ودلي, "
    "طرشلي, طرشولي, سيفطلي, سيفطو ليا, صيفطلي, وريني, ورينا, وروني, توريني, اوريني, "
    "ورجيني, ورجونا, فرجيني, فرجوني, شوفني, شوفولي, راويني, راوني, خليني اشوف, ابي اشوف, "
    "اريد اشوف, بدي شوف, عايز اشوف, اشوف, نشوف, شوف, شفلي, عندكم, عندك, عندكو, عندكن, "
    "عدكم, لديكم, كاين, كاينة, اكو, في, فيه, عطوني, عطني, اعطوني, اعطيني, هات, هاتلي, "
    "نزلولي"
)
_LOOKS = (
    "شكله, شكلها, شكلو, شكلهم, شنو شكل, شو شكل, ايش شكل, وش شكل, شلون شكل, كيف شكل, شكل "
    "ايه, عامل ازاي, عاملة ازاي, كيفاش داير, كيفاش دايرة, صورلي, صورولي, صوري لي, وريني "
    "اياه, وريني اياها, فرجيني ياه, فرجيني ياها, ورجيني ياه, ورجيني ياها, اشوفه, اشوفها, "
    "شوفه, شوفها, نشوفه, نشوفها, نشوفو, picture, pictures, photo, photos, pic, pics, "
    "image, images, foto, fotos, a look at, look like, looks like, see it, see them, show "
    "it to me, show them to me, show me it, show me how"
)

SAID = {
    "picture": ", ".join(
        (_PICTURES, _LOOKS, *map(" ".join, product(_ASKED.split(", "), _PICTURES.split(", "))))
    ),
    # What came is not what was shown: that is no wish to see it.
    "complaint": (
        "مو مثل الصورة, مو زي الصورة, مو نفس الصورة, مب مثل الصورة, مش مثل الصورة, مش زي "
        "الصورة, مش نفس الصورة, ليس مثل الصورة, ليس كالصورة, غير الصورة, غير اللي بالصورة, "
        "مو اللي بالصورة, يختلف عن الصورة, مختلف عن الصورة, مختلفة عن الصورة, ماشي بحال "
        "التصويرة, not like the picture, not like the photo, not as in the picture, not as "
        "pictured, different from the picture, different from the photo, nothing like the "
        "picture, nothing like the photo"
    ),
}

# The same in Latin letters.
LATIN = {
    "picture": (
        "sora, soora, sura, sowra, swar, suwar, sowar, el sora, el sowar, elsora, esowar, "
        "soreto, sorto, sortha, tswira, taswira, tsawer, shaklo, shaklha, shaklaha, "
        "warini, wareeni, farjini, farjeeni, ferjini, warjini, rawini, ashofo, ashoofo, "
        "ashofha"
    ),
}

# Beside it these name nothing.
NAMELESS = """
ارسل ارسلوا ارسلي ترسل ترسلي ترسلوا ترسلون ابعت ابعث ابعثوا تبعت تبعث تبعتلي تبعثلي شوفلي شوفولي
وريني اوضح واضح واضحه حقيقي حقيقيه اكثر اقرب قريبه clear clearer real actual closer closeup send
"""

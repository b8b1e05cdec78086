"""What is said to see a thing: its picture, what it looks like."""

from __future__ import annotations

from itertools import product

_PICTURES = (
    "صورة, صور, الصورة, الصور, صورته, صورتها, صورتو, صورتهم, صورها, صورهم, صورو, تصويرة, "
    "تصاور, تصاوره, تصاورها, صورهن"
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
    "it to me, show them to me, show me it, show me how, فيديو, الفيديو, فديو, فيديوهات, "
    "video, videos, صورهن, صورتهن"
)

SAID = {
    "picture": ", ".join(
        (_PICTURES, _LOOKS, *map(" ".join, product(_ASKED.split(", "), _PICTURES.split(", "))))
    ),
    # «وريني الفساتين»: a picture is welcome, and words will do.
    "see": (
        "وريني, ورينا, وروني, اوريني, توريني, ورجيني, ورجونا, ورجوني, فرجيني, فرجوني, "
        "راويني, راوني, شوفني, ابي اشوف, ابغى اشوف, اريد اشوف, بدي شوف, بدنا نشوف, عايز "
        "اشوف, عاوز اشوف, حاب اشوف, حابب اشوف, حابة اشوف, ودي اشوف, ممكن اشوف, بغيت نشوف, "
        "نحب نشوف, show me, show us, like to see, love to see, want to see, wanna see, can "
        "i see, could i see, may i see, let me see the, let me see your, let me see some"
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
    # Whether it will be: nobody here can promise that.
    "detail": (
        "مثل الصورة, زي الصورة, نفس الصورة, مثل الصور, زي الصور, بحال التصويرة, same as "
        "the picture, same as the photo, like the picture, like the photo, like in the "
        "picture, as in the picture"
    ),
}

# The same in Latin letters.
LATIN = {
    "picture": (
        "sora, soora, sura, sowra, swar, suwar, sowar, el sora, el sowar, elsora, esowar, "
        "soreto, sorto, sortha, tswira, taswira, tsawer, shaklo, shaklha, shaklaha, "
        "ashofo, ashoofo, ashofha"
    ),
    "see": "warini, wareeni, warjini, farjini, farjeeni, ferjini, rawini, abi ashoof, badde shoof",
}

# Beside it these name nothing.
NAMELESS = """
ارسل ارسلوا ارسلي ترسل ترسلي ترسلوا ترسلون ابعت ابعث ابعثوا تبعت تبعث تبعتلي تبعثلي شوفلي شوفولي
وريني اوضح واضح واضحه حقيقي حقيقيه اكثر اقرب قريبه clear clearer real actual closer closeup send
ابعتلي ابعثلي ابعتولي ارسلي ارسللي ارسلولي بعتلي بعتولي دزلي دزولي طرشلي طرشولي سيفطلي صيفطلي
تكرمت تكرمتوا تكرمتي تكرما
"""

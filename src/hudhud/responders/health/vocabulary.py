"""The words of a body that a thing may harm: its states, what may be done, and what is feared."""

from __future__ import annotations

from typing import Literal

from hudhud.text import words

State = Literal["pregnancy", "medicine", "illness", "allergy", "infancy"]


def _set(said: str) -> frozenset[str]:
    return frozenset(words(said))


def _phrases(said: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(one)) for one in said.split(","))


# What names a state by itself, whoever is in it.
STATES: dict[State, frozenset[tuple[str, ...]]] = {
    "pregnancy": _phrases(
        "حوامل, حبلى, حبلا, حبله, حاملات, الحمل والرضاعة, فترة الحمل, اثناء الحمل, وقت الحمل, "
        "بالحمل, المراة الحامل, مرضع, مرضعة, مرضعات, مراضع, ارضع, برضع, بارضع, كنرضع, ترضع, "
        "بترضع, كترضع, الرضاعة الطبيعية, رضاعة طبيعية, نفساء, نفسا, نفاس, pregnant, pregnancy, "
        "breastfeeding, breast feeding, breastfeed, breastfeeds, nursing, lactating, morde3, "
        "morda3, mrada3a, trimester"
    ),
    "medicine": _phrases(
        "سيولة الدم, سيولة للدم, دوا سيولة, دواء سيولة, مسيل للدم, مسيل دم, مسيلات, مميع, "
        "مميعات, وارفارين, ماريفان, اسبرين, انسولين, ميتفورمين, كورتيزون, كيماوي, مضاد حيوي, "
        "مضادات حيوية, انتيبيوتيك, مضاد اكتئاب, رواكتان, blood thinner, blood thinners, "
        "anticoagulant, anticoagulants, warfarin, aspirin, insulin, metformin, antibiotic, "
        "antibiotics, cortisone, chemo, chemotherapy, antidepressant, antidepressants, accutane, "
        "roaccutane, on medication, my medication, her medication, his medication, my meds, "
        "on meds, other medication, other medications"
    ),
    "illness": _phrases(
        "ربو, الربو, صرع, الصرع, فقر دم, فقر الدم, انيميا, ثلاسيميا, التفول, انيميا الفول, "
        "نقص الخميرة, سرطان, السرطان, جلطة, مريض قلب, مرض القلب, مرضى القلب, غسيل كلى, قصور "
        "كلوي, فشل كلوي, diabetic, diabetics, diabetes, asthma, asthmatic, epilepsy, epileptic, "
        "hypertension, high blood pressure, heart condition, heart disease, heart patient, kidney "
        "disease, kidney problem, kidney problems, liver disease, liver problem, liver problems, "
        "cancer, ulcer, stomach ulcer, thyroid, eczema, psoriasis, anemia, anaemia, anemic, g6pd, "
        "ibs, celiac, coeliac"
    ),
    "allergy": _phrases(
        "حساسية, حساسيه, يتحسس, تتحسس, اتحسس, بتحسس, بتتحسس, متحسسة, متحسس, allergic, allergy, "
        "allergies, 7asaseya, 7asasiya, 7asasiye, hasasiya"
    ),
    "infancy": _phrases(
        "رضيع, رضيعة, رضع, رضيعي, رضيعتي, مولود, مولودة, حديث الولادة, حديثي الولادة, newborn, "
        "newborns, infant, infants"
    ),
}  # fmt: skip
# «حامل» also holds a phone: it is a woman by who she is, or by how far she is.
WITH_CHILD = _set("حامل الحامل للحامل وحامل حاملة بحامل 7amel hamel 7aml 7amla hamla")
MONTHS = _set(
    "شهر شهور اشهر الشهر بالشهر بشهر فالشهر اسبوع الاسبوع بالاسبوع اسابيع توام بتوام week "
    "weeks month months shhoor shhour shohor shuhoor shahr sha2r shhr bshahr"
)
SHE = _set(
    "انا اني آني وانا واني هي وهي زوجتي مرتي مراتي حرمتي مدامتي المدام مدام اختي بنتي امي "
    "صاحبتي رفيقتي كنتي حماتي بنتها مراته زوجته مرته لاني لانني لانها المراة المرا مرا مره "
    "امراة المره ana ani zawjti marti mrati o5ti okhti wife sister she im"
)
# What the sick have: told of a person, and never of a colour, a cooker or a date.
AILMENTS = _set(
    "سكر السكر سكري السكري ضغط الضغط القلب قلب الكلى كلى كلاوي الكبد كبد القولون قولون قرحة "
    "القرحة الغدة غدة تكيس اكزيما الاكزيما صدفية الصدفية النقرس نقرس روماتيزم المعدة معدة "
    "حصوة حصى بهاق sokkar sokar sukkar sukari sokari sokkari da3't da8t daght dagt 2alb "
    "pressure sugar heart kidney liver"
)
AILING = _set(
    "عندي عندها عنده عندو عنا معي معها معاه معاها معاي معايا معو فيه فيها فيني فيا فيو مريض "
    "مريضة مرضى مصاب مصابة يعاني تعاني اعاني بعاني بتعاني بيعاني كيعاني كتعاني يشكو تشكو "
    "بيشكي بتشكي مرض مرضي اصحاب لمرضى للمرضى 3andi 3andha 3ando 3ndi 3ndha 3ndo ma3a ma3o "
    "ma3i have has had with suffer suffers suffering 3anda"
)
MEDICINES = _set(
    "دوا دواء دوائي دواها ادوية ادويتي ادويتها ادويته الادوية الدوا الدواء علاج علاجي حبوب "
    "حبه حبات dawa adwya adwiya 7bob medicine medicines medication medications meds pills "
    "tablets"
)
TAKEN = _set(
    "باخذ باخد باخده اخذ اخد ياخذ ياخد تاخذ تاخد بتاخد بتاخذ بياخد بياخذ كناخد كناخذ كتاخد "
    "كياخد اتناول يتناول تتناول بتناول بتتناول اشرب بشرب بتشرب ماشي ماشية مع على عل استعمل "
    "يستعمل take takes taking on with using ba5od bta5od bya5od ba5ud"
)
# A dress suits who is pregnant, a toy a child; what suits the sick is taken.
SICK: frozenset[State] = frozenset({"illness", "medicine", "allergy"})
SWEET = _set("سكر السكر سكري السكري sugar diabetic diabetics diabetes sokkar sukari sokkari")
# How old a very small one is: «عمره ٣ شهور», "4 months old".
SMALL_MONTHS_MAX = 24
A_MONTH_OR_TWO = _set("شهرين شهر")
AGED = _set(
    "عمره عمرها عمرو عمر عنده عندها عندو سنه سنها ابن old aged age baby his her 3omro 3omra"
)
# What is feared of a thing.
RISKS = _set(
    "خطر خطير خطيرة خطورة خطره يضر تضر يضرها يضره يضرني تضره تضرها بيضر بتضر بضر كيضر كتضر "
    "ضار ضارة مضر مضرة ضرر اضرار مضاره يأذي تأذي يأذيها بيأذي بتأذي يؤذي تؤذي امن آمن امنة "
    "آمنة امان يامن يأثر تأثر بيأثر بتأثر بأثر كيأثر يؤثر تؤثر تأثير جانبية مضاعفات يتعارض "
    "تتعارض بيتعارض بتتعارض تعارض ممنوع ممنوعة مسموح مسموحة محذور حرج يجهض اجهاض safe "
    "unsafe safely harm harms harmful hurt hurts danger dangerous risk risky interact "
    "interacts interaction interactions affect affects allowed forbidden contraindicated "
    "khatar 5atar 5a6ar yder ydor bidor bydor bydr tdor amen amin aman amn ye2zi be2zi "
    "y2asser"
)
# That something may be done, and what: «عادي تاخذ», "can she drink".
MAY = _set(
    "ينفع بينفع تنفع ينفعها ينفعني يصير بيصير بصير يصح ممكن يجوز يمكن عادي اقدر تقدر يقدر "
    "بقدر بتقدر بيقدر اكدر تكدر يكدر نقدر يقدروا فيني فيها فيا واش مسموح ينفعش can may "
    "could ok okay alright should fine yenfa3 ynfa3 momken mumkin a2dar te2dar yesir byseer "
    "3adi 3ady"
)
USED = _set(
    "اخذ اخد تاخذ تاخد ياخذ ياخد ناخذ ناخد اخده اخذه تاخده تاخذه ياخده ياخذه اخذها اخدها "
    "تاخدها تاخذها ياخذها ناخدو تاخدو اكل ياكل تاكل ناكل اكله تاكله ياكله اكلها تاكلها "
    "ياكلها ناكلها ناكله اشرب تشرب يشرب نشرب اشربه تشربه يشربه اشربها تشربها يشربها نشربها "
    "نشربه نشربو تشربو اتناول تتناول يتناول اتناوله تتناوله يتناوله استعمل تستعمل يستعمل "
    "استعمله تستعمله يستعمله استعملها تستعملها نستعمل نستعملو استخدم تستخدم يستخدم استخدمه "
    "تستخدمه يستخدمه استخدمها ادهن تدهن يدهن ادهنه ادهنها ندهن احط تحط احطه تحطه احطها "
    "اعطيه اعطيها اعطي نعطيه نعطيها نعطي اديله اديها ادي انطيه انطيها اصبغ تصبغ اجرب تجرب "
    "take takes use uses drink drinks eat eats apply try have consume swallow give put dye "
    "a3ti a3teha a3teeha a3tiha 3teeha adilo edilo a5od ta5od te5od ya5od akhod takhod "
    "aakol takol eshrab teshrab ashrab tishrab asta3mel testa3mel asta5dem testa5dem"
)
# For whom a thing is meant to be good, said just before who is in that state: «يناسب الحوامل».
SUITS = _set(
    "مناسب مناسبة يناسب تناسب بيناسب بتناسب ينفع تنفع بينفع بتنفع يصلح تصلح بيصلح يصير عادي "
    "ينفعوا suitable ok okay good fine suits suit mnaseb yenfa3"
)
# Who looks for something fit asks for wares, and not whether one of them may be taken.
SOUGHT = _set(
    "شي شيء شئ اشي حاجة عندكم عندكو عندكن عدكم عندك لديكم اكو كاين something anything any "
    "what which شنو ايش وش شو"
)
# What a row or a ware must say of a state to have told of it.
TOLD: dict[State, frozenset[str]] = {
    "pregnancy": _set("حامل حوامل حمل مرضع مرضعات رضاعه pregnant pregnancy breastfeeding nursing"),
    "medicine": _set(
        "دواء دوا ادويه مميع مميعات سيوله medicine medication medicines medications thinners"
    ),
    "illness": _set(
        "سكر سكري ضغط قلب كلى ربو صرع diabetic diabetics diabetes asthma heart kidney disease"
    ),
    "allergy": _set(
        "حساسيه حساسة تحسس مسببات allergy allergic allergies allergens allergen sensitive nuts "
        "gluten مكسرات غلوتين جلوتين"
    ),
    "infancy": _set(
        "رضيع رضع اطفال طفل مولود مواليد عمر شهر اشهر شهور baby babies newborn infant infants "
        "child children months age"
    ),
}
# The subjects of rows that tell of it, however they do.
SUBJECTS: dict[State, frozenset[str]] = {
    "pregnancy": frozenset({"pregnancy"}),
    "medicine": frozenset(),
    "illness": frozenset({"sugar_free"}),
    "allergy": frozenset({"allergens", "skin"}),
    "infancy": frozenset({"safety", "children"}),
}

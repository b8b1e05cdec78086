"""Words that ask the same thing, over dialects and both languages; for finding answered questions.

Of what shops, clinics and kitchens are asked; what they sell is the search's own to know.
"""

from __future__ import annotations

from functools import lru_cache

from hudhud.text import words

# A row of kin ends with a semicolon.
_KIN = """
repair repairs fix fixing mend maintenance صيانه صيانة تصليح اصلاح تصلح تصلحون نصلح تصاوب كتصاوبو;
install installing installation fit fitting mount apply تركيب تركب تركبون تركبونها تركبوها بتتركب
  اركب اركبها اركبه يركب تتركب نركبها ركب تلزقون تلصقون لزق لصق;
book booking appointment appointments reserve reservation schedule موعد حجز احجز رونديفو رانديفو
  maw3ed mow3ed 7ajz 7agz;
doctor doctors dentist dentists physician دكتور دكتوره دكاتره طبيب طبيبه اطباء حكيم حكيمه طبيبة;
female woman women lady ladies girl بنت بنات ست ستات مره حرمه نسا نسائي امراه سيدات طبيبه للنساء;
child children kid kids baby toddler son daughter طفل طفله اطفال ولد اولاد عيال ابني بنتي ولدي
  صغار بيبي;
pain painful hurt hurts hurting ache وجع يوجع الم مؤلم يالم تالم;
afraid scared fear nervous خايف خائف خوف اخاف بخاف;
eat eating food meal drink chew اكل ياكل باكل ناكل اكله ناكله طعام اشرب نشرب مضغ 2akol akol;
smoke smoking cigarette vape دخن ادخن بدخن ندخن تدخين سيجاره سجاير دخان شيشه adakhen adkhen dakhen;
insurance insured insurer coverage cover covers covered policy allianz تامين التامين تاميني مؤمن
  مامن بوليصه لاسورانس assurance ta2meen tameen;
allergy allergic allergies allergen intolerant react reacts reacted reaction حساسيه حساسية تحسس
  يتحسس بتتحسس يحسس 7asasiya;
nut nuts almond peanut walnut cashew مكسرات لوز فستق جوز فول سوداني كاجو بندق;
gluten wheat flour celiac غلوتين جلوتين قمح طحين دقيق سيلياك;
sugar diabetic diabetes diet keto سكر سكري السكري محلي دايت كيتو رجيم;
without free no بدون خالي بلا sugarless;
keep keeps last lasts store storage fridge expire expiry fresh shelf spoil تبقى تبقي يبقى تفضل يفضل
  بيفضل بتفضل تقعد بيقعد
  بتقعد كتبقى صلاحيه حفظ يحفظ احفظ تخزين ثلاجه تلاجه فريزر يخرب تخرب يبوظ تبوظ تخسر تنتهي مده
  براد بالبراد فريجيدير يعيش تعيش بيعيش بتعيش عايش يضل تضل بيضل بتضل يظل تظل يستحمل تستحمل بتستحمل
  يتحمل تتحمل بتتحمل يصمد تصمد يدوم تدوم stay stays lifetime chilled freeze freezer refrigerate;
wedding weddings party parties event events occasion catering cater buffet فرح افراح عرس اعراس
  عروس زفاف
  زواج حفل حفله حفلات مناسبه مناسبات عزومه عزيمه عزايم وليمه ولائم ضيافه جمعه لمه خطوبه خطبه
  بوفيه كميات كميه ملكه عقيقه سبوع تخرج
  تخريج كتب engagement graduation banquet quantities;
design custom customised customized personalised personalized write name inscription shape theme
  shaped تصميم كتابه تكتب تكتبو اكتب كتبوا تكتبون اسم اسمه اسمها رسم صوره مخصص خاص شكل بشكل ثيم
  مجسم شخصيه;
phone phones mobile mobiles cellphone smartphone جوال جوالات موبايل موبايلات تلفون تلفونات هاتف
  هواتف تيليفون تيليفونات;
screen screens display شاشه شاشات;
instalment instalments installment installments تقسيط اقساط قسط;
card cards بطاقه بطاقات كارت كارطه فيزا;
parking park parked garage valet موقف مواقف مصف باركنج باركينج كراج اركن نركن نركنها بركن نصف
  نصفها بصف
  اوقف نوقف نوقفها بوقف ستاسيوني نستاسيوني باركين سيارتي سيارتنا عربيتي عربيتنا نترك نتركها nerkon
  nsaff nsoff mawqef maw2ef mawkef;
reservation reserve table tables طاوله طاولات ترابيزه تربيزه ميز طابله كراسي مكان حجز احجز نحجز نضمن
  tawle tawla tarabeza tarabiza tabla;
halal meat slaughtered slaughter حلال مذبوح مذبوحه مذبوحين ذبح ذبيحه ذبحها الذبح الشرعيه شرعي
  اسلاميه
  الاسلاميه اسلامي 7alal halel mazbou7 madbou7;
wrap wrapped wrapping ملفوف ملفوفه ملفوفا تغليف تغلفون مغلف مغلفه مغلفا;
age old years عمر سن سنه سنوات سنين;
subscribe subscription member membership اشترك اشتراك عضويه;
train training course lesson class تدريب دوره دورات درس دروس حصه;
material materials made خامه خامات معمول معموله مصنوع مصنوعه ماده مواد;
prepare prepared pack ready جهز تجهز تجهزون تجهزوا تجهزو تجهزولي تجهزوها تجهيز حضر تحضر تحضرون
  تحضروا
  تحضرولي تحضير نحضر توضبون توضبوا توضيب توجدو توجدوا كتوجدو;
note notes message words write written كلمه كلمتين كلام كلمات رساله عباره تكتب تكتبون تكتبوا
  تكتبو كتابه
  مكتوب مكتوبه كرت بطاقه;
salary job jobs hiring vacancy وظيفه وظائف شغل توظيف;
invoice receipt bill فاتوره وصل ايصال;
tax vat ضريبه الضريبه;
replace change تغيير تبديل تبدلون تبدلوا بتبدلو تغيرون تغيروا بتغيرو بدلون اغير;
list lists supplies stationery ورقه لائحه ليسته قائمه لسته لوازم ادوات اغراض غرض مستلزمات liste
  lista;
wash washing laundry machine غسل غسيل اغسل ينغسل نصبن تصبين صبن يتصبن غساله;
change modify reschedule postpone move نقل انقل ننقل تغيير اغير تعديل اعدل تاجيل ااجل;
cancel cancellation الغاء الغي كنسل;
clean cleaning تنظيف ينظف;
rent rental hire ايجار تاجير استاجر;
measure tailor alteration تفصيل خياطه تقصير تعديل;
lose losing loss slim slimming thinner تنزيل انزل نزول تخسيس اخسس اخس خسس تنحيف انحف تضعيف اضعف نضعف
  ارشق تنشيف;
muscle muscles bulk gain عضل عضلات اضخم تضخيم اعضل كتله;
wedding عرس فرح زواج زفاف عرسي; birthday ميلاد عيدميلاد;
sample samples tester testers test try smell sniff taste تجربه اجرب نجرب عينه عينات تستر قياس
 شم اشم نشم اشمه اشمها ريحته ذوق اذوق ادوق;
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in _KIN.split(";"):
        kin = frozenset(words(row))
        for word in kin:
            # A row that is a word's only one is its set; a copy for each word was 1 MB (R5).
            table[word] = table[word] | kin if word in table else kin
    return table


_TABLE = _table()


@lru_cache(maxsize=4096)
def kin(forms: tuple[str, ...]) -> frozenset[str]:
    """Every word that asks the same as one of these forms of a word."""
    return frozenset().union(*(_TABLE.get(form, frozenset()) for form in forms))

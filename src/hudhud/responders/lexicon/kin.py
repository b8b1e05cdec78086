"""Words that ask the same thing, over dialects and both languages; for finding answered questions.

Of what shops, clinics and kitchens are asked; what they sell is the search's own to know.
"""

from __future__ import annotations

from functools import lru_cache

from hudhud.text import words

# A row of kin ends with a semicolon.
_KIN = """
repair repairs fix fixing mend maintenance صيانه صيانة تصليح اصلاح تصلح;
install installing installation fit fitting mount تركيب تركب تركبون ركب;
book booking appointment appointments reserve reservation schedule موعد حجز احجز رونديفو رانديفو
  maw3ed mow3ed 7ajz 7agz;
doctor doctors dentist dentists physician دكتور دكتوره دكاتره طبيب طبيبه اطباء حكيم حكيمه طبيبة;
female woman women lady ladies girl بنت بنات ست ستات مره حرمه نسا نسائي امراه سيدات طبيبه للنساء;
child children kid kids baby toddler son daughter طفل طفله اطفال ولد اولاد عيال ابني بنتي ولدي
  صغار بيبي;
pain painful hurt hurts hurting ache وجع يوجع الم مؤلم يالم تالم;
afraid scared fear nervous خايف خائف خوف اخاف بخاف;
eat eating food meal اكل ياكل باكل ناكل طعام;
smoke smoking cigarette دخن ادخن تدخين سيجاره;
insurance insured insurer تامين التامين assurance;
allergy allergic allergies allergen حساسيه حساسية تحسس;
nut nuts almond peanut مكسرات لوز فستق جوز فول;
gluten wheat غلوتين جلوتين قمح طحين;
sugar diabetic diabetes سكر سكري السكري محلي دايت;
without free no بدون خالي بلا sugarless;
keep keeps last lasts store storage fridge expire expiry fresh shelf spoil تبقى يبقى تفضل يفضل
  بيفضل بتفضل تقعد بيقعد
  بتقعد كتبقى صلاحيه حفظ يحفظ احفظ تخزين ثلاجه تلاجه فريزر يخرب تخرب يبوظ تبوظ تخسر تنتهي مده;
wedding weddings party parties event events occasion catering cater buffet فرح افراح عرس عروس زفاف
  زواج حفل حفله حفلات مناسبه مناسبات عزومه عزايم خطوبه بوفيه كميات;
design custom customised personalised write name inscription تصميم كتابه تكتب تكتبو اكتب اسم رسم
  صوره مخصص خاص;
phone phones mobile mobiles cellphone smartphone جوال جوالات موبايل موبايلات تلفون تلفونات هاتف
  هواتف تيليفون تيليفونات;
screen screens display شاشه شاشات;
instalment instalments installment installments تقسيط اقساط قسط;
card cards بطاقه بطاقات كارت كارطه فيزا;
parking park garage موقف مواقف مصف باركنج كراج;
age old years عمر سن سنه سنوات سنين;
subscribe subscription member membership اشترك اشتراك عضويه;
train training course lesson class تدريب دوره دورات درس دروس حصه;
salary job jobs hiring vacancy وظيفه وظائف شغل توظيف;
invoice receipt bill فاتوره وصل ايصال;
tax vat ضريبه الضريبه;
change modify reschedule postpone move نقل انقل ننقل تغيير اغير تعديل اعدل تاجيل ااجل;
cancel cancellation الغاء الغي كنسل;
clean cleaning تنظيف ينظف;
rent rental hire ايجار تاجير استاجر;
measure tailor alteration تفصيل خياطه تقصير تعديل;
lose losing loss slim slimming thinner تنزيل انزل نزول تخسيس اخسس اخس خسس تنحيف انحف تضعيف اضعف نضعف
  ارشق تنشيف;
muscle muscles bulk gain عضل عضلات اضخم تضخيم اعضل كتله;
wedding عرس فرح زواج زفاف عرسي; birthday ميلاد عيدميلاد;
sample test try تجربه اجرب عينه قياس;
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in _KIN.split(";"):
        kin = frozenset(words(row))
        for word in kin:
            table[word] = table.get(word, frozenset()) | kin
    return table


_TABLE = _table()


@lru_cache(maxsize=4096)
def kin(forms: tuple[str, ...]) -> frozenset[str]:
    """Every word that asks the same as one of these forms of a word."""
    return frozenset().union(*(_TABLE.get(form, frozenset()) for form in forms))

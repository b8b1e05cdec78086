"""What addresses are made of: cities of the region, quarters, words of streets; and houses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from hudhud.text import words

CITIES = frozenset(
    words(
        """
بغداد البصرة بصرة الموصل موصل اربيل أربيل هولير السليمانية سليمانية دهوك كركوك النجف نجف كربلاء
الحلة بابل الديوانية الناصرية السماوة العمارة ميسان الكوت واسط بعقوبة ديالى الرمادي الانبار
الفلوجة تكريت سامراء الرياض رياض جدة مكة الدمام دمام الخبر الظهران الطائف تبوك بريدة القصيم عنيزة
حائل حايل ابها خميس نجران جازان جيزان الاحساء الهفوف القطيف الجبيل ينبع عرعر سكاكا الخرج دبي
ابوظبي الشارقة عجمان الفجيرة العين الدوحة المنامة المحرق الكويت حولي الفروانية الجهراء الاحمدي
السالمية مسقط صلالة صحار نزوى صنعاء عدن تعز الحديدة عمان عمّان اربد إربد الزرقاء العقبة السلط
مادبا الكرك جرش بيروت طرابلس صيدا صور زحلة جونية دمشق حلب حمص حماة اللاذقية طرطوس القدس رام نابلس
الخليل غزة جنين طولكرم القاهرة قاهرة الجيزة جيزة الاسكندرية اسكندرية المنصورة طنطا الزقازيق اسيوط
اسوان الاقصر بورسعيد الاسماعيلية السويس دمياط الفيوم المنيا سوهاج قنا بنها دمنهور الغردقة الخرطوم
زاخو سوران حلبجة كويسنجق عقرة سنجار تلعفر الحويجة الشرقاط الدجيل الرطبة
الزبير القرنة الهارثة الفاو الشامية الكوفة الهندية المسيب المحاويل الرفاعي الشطرة الرميثة
صفوان عينكاوة عنكاوا المدائن التاجي الطارمية خانقين المقدادية بلدروز كلار جمجمال
الجهرا صبيا بيشة الباحة الدوادمي المجمعة الزلفي شقراء رابغ القنفذة ضباء املج خورفكان
تونس صفاقس سوسة القيروان بنزرت الجزائر وهران قسنطينة عنابة الرباط رباط كازا طنجة فاس مكناس مراكش
اكادير تطوان وجدة القنيطرة بنغازي مصراتة
baghdad basra basrah mosul erbil hewler sulaymaniyah sulaimani duhok kirkuk najaf karbala hilla
nasiriyah kut ramadi fallujah riyadh jeddah jedda makkah mecca madinah dammam khobar dhahran taif
tabuk buraidah qassim abha jazan dubai sharjah ajman doha manama kuwait hawalli salmiya muscat
salalah sanaa aden amman irbid zarqa aqaba beirut tripoli saida damascus aleppo homs jerusalem
ramallah nablus hebron gaza cairo giza alexandria mansoura tanta asyut aswan luxor suez ismailia
khartoum tunis sfax sousse algiers oran constantine rabat casablanca casa tangier fes marrakech
agadir benghazi
"""
    )
)

# Called like a father or a mother of somebody: «أبو ظبي», "Umm Salal"; and two sheikhs.
_OF_FATHERS = (
    "ظبي حليفه فطيره عريش غريب الخصيب نصير سمبل قير كبير هامور ديس علندا سمره دشير شغاره هيل "
    "dhabi dhaby zabi thabi 6abi halifa fatira ghraib hamour nuseir shagara hail"
)
_OF_MOTHERS = (
    "القيوين صلال درمان قصر الحصم اذينه السماق الهيمان الفحم غويلينا سعيد سقيم "
    "salal alquwain qasr alhassam durman suqeim"
)
KUNYA_TOWNS = frozenset(
    (parent, town)
    for parents, towns in (("ابو abu abou", _OF_FATHERS), ("ام um umm", _OF_MOTHERS))
    for parent in words(parents)
    for town in words(towns)
) - {("ام", "سعيد"), ("ابو", "نصير"), ("ابو", "كبير")}
# «Reem Island»: what a place is called by, and nobody behind a given name.
_OF_PLACES = frozenset(
    words(
        "island islands tower towers village heights hills gardens city residence residences plaza "
        "mall square beach roundabout corniche compound district street road building jazeera "
        "jazirat borj burj جزيره برج ابراج مول كورنيش كمباوند ريزيدنس هايتس فيلج سيتي تاورز تاور"
    )
)

QUARTERS = frozenset(
    words(
        """
الكرادة كرادة المنصور الاعظمية الكاظمية زيونة الدورة اليرموك الجادرية الغزالية العامرية الحارثية
البياع الشعب العشار الجبيلة المعقل عينكاوا انكاوا الملز العليا النرجس الياسمين الصفا السلامة
الروضة النسيم الفيصلية السويدي العزيزية النخيل الملقا الصحافة الورود المروج الشميسي المعادي
الزمالك الدقي المهندسين الهرم فيصل التجمع الرحاب مدينتي الشروق العبور حلوان شبرا العجوزة امبابة
مصر الشيخ زايد اكتوبر المقطم عباسية العباسية سموحة سيدي بشر العجمي الجبيهة خلدا الصويفية عبدون
تلاع الرابية الحمرا الاشرفية المزة المالكي الجميرا الجميرة ديرة البرشاء المعاريف اكدال حسان
الدريوش باب الزوار المرسى
الجابرية الرميثية العديلية الخالدية الصباحية العارضية الشامية النزهة الفيحاء القادسية الدسمة بنيد
الشويخ الرقعي خيطان المنقف الفحيحيل المهبولة الفنطاس العقيلة الصليبخات اشبيلية قرطبة كيفان
الرفاع عراد البديع جدحفص السنابس الجفير العدلية الوكرة لوسيل الغرافة الثمامة الوعب السيب بوشر مطرح
الخوض الموالح الغبرة العذيبة الخوير المعبيلة بركاء القصيص مردف السطوة طبربور العبدلي
جليز كيليز بوركون الدكوانة فردان
jabriya jabriyah salmiyah rumaithiya mishref farwaniya farwaniyah jahra khaitan fahaheel mangaf
mahboula fintas shuwaikh surra adailiya khaldiya qurtuba riffa muharraq juffair adliya hidd budaiya
wakra wakrah lusail gharafa seeb bausher muttrah mutrah khuwair ghubra azaiba mawaleh barka
qusais mirdif satwa malqa narjis khalda tabarbour abdali shobra agouza gueliz verdun
dekwaneh zayouna jadriya bayaa
karrada mansour zayouna adhamiya olaya malaz zamalek maadi dokki mohandessin heliopolis nasr
tagamoa rehab madinaty sheikh zayed october mokattam sweifieh abdoun jabal hamra achrafieh mazzeh
jumeirah deira marina barsha agdal maarif
"""
    )
)

# Of an address even when no place is known; some are little words, and count beside another.
STREETS = frozenset(
    words(
        """
شارع الشارع حي الحي منطقة المنطقة محلة المحلة زقاق الزقاق عمارة العمارة بناية البناية برج شقة الشقة
طابق الطابق فيلا مجمع المجمع كمباوند مقابل خلف بجانب تقاطع ساحة الساحة ميدان دوار طريق مدينة قرية
ناحية قضاء محافظة حارة زنقة اقامة بلوك ضاحية مخطط جادة كورنيش قرب بقرب
street st road rd avenue ave building bldg floor flat apartment apt villa block district near behind
opposite compound tower rue neighborhood neighbourhood governorate
island heights residence residences corniche جزيرة
share3 shari3 shar3 sharea sharia 7ay hay 3mara 3imara 3emara emara sha22a sha2a sha2et shaqqa shaqa
bineye binaye binaya bnaye bnayet binayet taba2 tabe2 tabi2 tabek ta2be2 zan2a zanka zenqa dawar
midan maydan jamb janb jnb gamb ganb madinat madinet
"""
    )
)

_NEARBY = STREETS | frozenset(words("جنب يم قبال قدام ورا جمب عند البنك بنك"))
_NEAR_MAX = 3

_HOUSES = (
    "شركة مؤسسة مدرسة مدارس روضة حضانة جامعة كلية معهد جمعية منظمة نادي فريق قاعة صالة صالون "
    "صالونات جيم فندق مطعم كافيه كوفي مقهى كافي محل محلات متجر بوتيك سوبرماركت بقالة صيدلية عيادة "
    "مستشفى حانوت دكان دكانة كشك بازار "
    "مستوصف مصنع مكتب مكتبة ورشة كراج كراجات مخبز مزرعة مأوى ملجأ مستودع وزارة دائرة بلدية جامع "
    "مسجد كنيسة مخيم معرض وكالة فرقة مشغل "
    "company school nursery kindergarten university college institute association charity club "
    "team gym salon spa hotel restaurant cafe shop store boutique office clinic hospital factory "
    "guesthouse hostel agency church mosque ngo academy studio business firm "
    "sherka sharika sherke sharike sherket sharikat madrase madrasa madraset jam3iye gam3eya "
    "jam3iyet rawda 7adana nadi ma7al mahal matjar mat3am 3iyade 3eyada "
    "hanout 7anout dekkene dekkane dukkan"
)
# Where people work, learn and pray: who buys for one buys for many.
HOUSES = frozenset(words(_HOUSES)) | frozenset(
    words(
        "روضات حضانات جامعات معاهد جمعيات نوادي فنادق مطاعم كافيهات مقاهي صيدليات عيادات مصانع "
        "شركات مؤسسات مخابز مغاسل nurseries hotels restaurants clinics pharmacies gyms offices "
        "schools companies shops cafes salons shelter kennel cattery bakery farm fleet vans taxis"
    )
)
# Somebody's who has it, and not who only goes there: «كراجي»; «محلي» is of the place.
_GONE_TO = frozenset(
    words(
        "مدرسة جامعة كلية معهد نادي فريق محل محلات مكتب مدارس كافي كوفي دائرة جامع مسجد كنيسة روضة"
    )
)


def _with(ending: str, without: AbstractSet[str] = frozenset()) -> frozenset[str]:
    """Each house with the ending of whose it is."""
    return frozenset(
        f"{word.removesuffix('ه')}{'ت' if word.endswith('ه') else ''}{ending}"
        for word in words(_HOUSES)
        if not word.isascii() and word not in without
    )


# «شركتنا», «مدرستنا», «صالوني»: nobody lives behind it.
OUR_HOUSES = (_with("نا") | _with("ي", _GONE_TO)) | frozenset(
    words("sherketna sharikatna madrasetna madrastna ma7alna jam3iyetna")
)

# Where something is brought to stands behind these, or behind one letter: «داخل الرياض», «للعين».
_TO = frozenset(
    words(
        "الى داخل خارج في على لحد جوه جوا لمدينة مدينة لمحافظة محافظة لمنطقة منطقة حتى "
        "to in inside within outside around la li l fi ila"
    )
)
_TOWARDS = ("لل", "ل", "ب")


# Behind its name in English: "Sun Tower", "Corniche street".
BEHIND_NAMES = frozenset(
    words(
        "island tower towers street st road rd avenue ave heights residence residences compound "
        "district corniche"
    )
)


def town(said: Sequence[str]) -> bool:
    """Whether folded words begin with a town that is called like somebody's father: «بأبو ظبي»."""
    if len(said) > 2 and said[1] in ("al", "el"):  # noqa: PLR2004
        said = [said[0], f"al{said[2]}"]
    return len(said) > 1 and any(
        (first, said[1]) in KUNYA_TOWNS for first in (said[0], said[0][1:])
    )


def called_so(said: Sequence[str]) -> bool:
    """Whether folded words name a place as people are named: «أبو ظبي», "Reem Island"."""
    return town(said) or not _OF_PLACES.isdisjoint(said[1:2])


def destinations(said: Sequence[str], taken: AbstractSet[int]) -> frozenset[str]:
    """The cities among folded words to which something is brought, and which so name no thing.

    Args:
        said: the words of a question about delivery.
        taken: the places of those that ask it.
    """
    if not taken:
        return frozenset()
    return frozenset(
        word
        for at, word in enumerate(said)
        if at
        and (at - 1 in taken or said[at - 1] in _TO or word not in CITIES)
        and any(form in CITIES for form in _bare(word))
    )


def _bare(word: str) -> Iterator[str]:
    yield word
    for joined in _TOWARDS:
        if word.startswith(joined):
            yield word.removeprefix(joined)
            yield f"ال{word.removeprefix(joined)}"


def beside(said: Sequence[str], at: int) -> bool:
    """Whether a word is of an address: «جنب البنك الاهلي» is no team.

    Args:
        said: folded words of one message.
        at: the place of the word.
    """
    return not _NEARBY.isdisjoint(said[max(0, at - _NEAR_MAX) : at])


def house(word: str) -> bool:
    """Whether a folded word is a shop, a school or the like: «محل», «للمحل», «لمحلاتنا»."""
    bare = word[1:] if word[:1] in ("ل", "ب", "و") else word
    if not HOUSES.isdisjoint((word, bare)) or not OUR_HOUSES.isdisjoint((word, bare)):
        return True
    return word[:2] in ("لل", "ال") and word[2:] in HOUSES

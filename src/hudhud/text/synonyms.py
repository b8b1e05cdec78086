"""Other words for what a word says: dialects, loan words and English beside the standard word.

Data, and one deed over it: `synonyms`. A row is one meaning in any trade, never one shop's wares;
what a catalogue usually calls it stands first. What stands behind a colon is understood, but not
looked for: it is called so by nobody who writes catalogues, or says too little by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hudhud.text.folding import fold, stems, words

SYNONYMS_MAX = 8
_STEM_CHARS_MIN = 3

_THINGS = """
حقيبة شنطة حقائب شنط جنطة ساك سكوش صاك bag handbag purse
محفظة بزطام جزدان بوك wallet
حذاء أحذية جزمة كندرة صباط قندرة بوط نعال shoes shoe
رياضي سبور سبورت تراكسوت ترينج ترينق ترينينغ sport sports tracksuit joggers
رياضي جم جيم نادي تمرين gym workout
حذاء سبرديلة سنيكرز كوتشي سبادري بوتي كوتش sneakers trainers
صندل شبشب نعال شحاطة بلغة sandal slippers
قبعة كاب كسكيطة طاقية كاسكيت شابو cap hat
حجاب طرحة شال شيلة ايشارب خمار ملفع hijab scarf veil
عباية عبايا abaya
جلابية دشداشة جلباب ثوب كندورة قندورة thobe
فستان دراعة كسوة روبة فساتين dress gown
قميص شميز قمصان shirt
بلوزة بلوز توب blouse top
تيشيرت تريكو tshirt tee
بنطلون بنطرون سروال بناطيل بنطال trousers pants
جينز دجين كاوبوي جين jeans denim
ضيق سليم سكيني slim skinny
واسع فضفاض عريض وسيع loose oversized
جاكيت قمصلة سترة جاكيته كبوط فيستا جكيت jacket
معطف بالطو مانطو كوت coat
كنزة بلوفر تريكو جرسي sweater jumper
تنورة جيبة جوب skirt
بيجامة بجامة pyjama pajamas
جوارب شرابات تقاشر كلسات دلاغات socks
حزام قشاط سمطة سير belt
نظارة نظارات كواك نضاضر glasses
خاتم محبس ring
سلسلة سنسال عقد قلادة necklace
اسود كحل كحلة كحلا سوده black
ابيض بيضاء بيضا بيض white
احمر حمراء حمرا حمر red
ازرق زرقاء زرقا زرق blue
اخضر خضراء خضرا خضر green
اصفر صفراء صفرا yellow
بني قهوي قهوائي مارون brown
وردي زهري بمبي روز pink
رمادي رصاصي سكني جري grey gray
نسائي نسواني حريمي بناتي عيالات ستات women womens ladies
رجالي رجال ولادي شبابي men mens
اطفال أولاد ولاد صغار دراري عيال جهال بزورة بزران بزر ورعان بيبي طفل kids children child
ابن ولد طفل وليد boy
بنت بنية طفلة girl
صغير صغيرة صغنن صغار زغير زغيرة زغار small mini tiny
كبير كبيرة كبار big large
سريع بسرعة زربة بزاف fast quick
رخيص رخيصة ارخص اقتصادي cheap
قطن قطني كوطون cotton
جلد جلدي كوير leather
حرير ساتان silk satin
زواج زفاف فرح عرس أفراح أعراس wedding
مناسبة مناسبات حفلة حفلات أفراح عزيمة عزومة events party occasion
سهرة سهرات سواريه سواري evening
هدية هدايا كادو جفت gift present
جوال موبايل تلفون هاتف خلوي بورتابل نقال جهاز phone mobile
شاحن شارجر شواحن شارجور charger
يشحن شحن شارجي كيشارجي charging charge
تايب type
سي c
كابل كيبل كبل كيابل كوابل سلك وصلة واير شريط شريطة cable wire cord
منافذ منفذ مخارج مخرج فتحات فيشات ports port
لاسلكي وايرلس بلوتوث wireless
سماعة سماعات ايربودز هدفون هيدفون كيت ايرفون earbuds headphones earphones airpods
مكبر سبيكر بافل صب speaker
كفر غطاء جراب كوفر بيت كوك جرابات بوشيط لابوشيط كفرات case cover
لاصقة حماية شاشة سكرين استيكر اسكرينة protector
تابلت لوحي ايباد tablet ipad
لابتوب حاسوب محمول لاب بورتابل laptop notebook
كمبيوتر حاسبة حاسوب computer pc
تلفزيون تلفاز شاشة tv television
بطارية باتري بيل battery
حامل مسكة ستاند مثبت هولدر holder stand mount
ساعة ساعات مونتر ووتش watch
سوار حزام سير استيك ستراب strap band
ذاكرة ميموري كارد رام memory
مغناطيس مغناطيسي ماجنت مكنط ماكسيف magnetic magnet magsafe
اذن ودن وذن اذان ear
معدني معدن حديد ستيل metal steel
مكتب ميز desk office
سيارة عربية طوموبيل كرهبة موتر car
موقع مكان تتبع لوكيشن gps tracking
طابعة برنتر printer
ثلاجة براد فريجيدير تلاجة fridge refrigerator
غسالة ماشينة washer
مكيف كليماتيزور سبلت ac conditioner
كيك كيكة تورتة طارطة كاتو قاطو كعكة جاتوه تورت cake torte
فراولة فريز فراولو توت strawberry
شوكولاتة شوكولا شكولاطة شكلاطة كاكاو chocolate
كريمة قشطة كريم قيمر cream
فستق فسدق بيستاش pistachio
لوز مكسرات جوز كاجو nuts almonds almond
جبن جبنة فرماج كيري cheese
حليب لبن لبنية milk
رز ارز روز rice
بوظة ايس كريم جيلاتي كلاص دوندرمة ice
عصير جوس شراب مشروب juice drink
بسكويت بتيفور كعك كوكيز biscuit cookies
معمول كليجة مقروط maamoul
تمر تمور رطب dates date
كنافة كنافه kunafa knafeh
حلوى حلويات حلو حلوة سويت sweets dessert
سكر محلى sugar
علبة باكية بكس صندوق باكيت كرتون box pack
قهوة كافي بن coffee
شاي أتاي تشاي tea
خبز عيش صمون خبزة bread
لحم هبر لحمة meat
دجاج فروج فراخ جاج chicken
سمك حوت fish
بطاطا بطاطس potato
طماطم بندورة بنادورة مطيشة tomato
سن أسنان سنة سنان ضرس ضروس اضراس tooth teeth
تنظيف تلميع ديتارتراج جلي كلينينج نظافة cleaning
حشوة حشو بلومباج بلومبة فيلينج حشوات filling
خلع قلع نزع شلع extraction removal
تقويم براكيت اباراي بريسز braces orthodontic
شفاف مخفي خفي انفزلاين clear invisible transparent
تبييض تفتيح تبيض بلانشيمو whitening bleaching
تاج تلبيسة كورون طربوش crown
زراعة زرعة امبلون implant
تسوس مسوس مسوسة منخور سوسة cavity decay
لثة لثه نيرة gum gums
عصب جذر nerve root
أشعة راديو سكانير xray
طبيب دكتور دكتورة طبيبة حكيم doctor dentist
كشف فحص معاينة كونسولت استشارة checkup consultation
الم وجع مؤلم يوجع بنج تخدير pain hurt painful
عيادة مستوصف كابيني clinic
شعر شعور hair
حلاقة قص تسريح haircut
عطر ريحة برفان عطور perfume
كريم مرهم لوشن cream lotion
سرير تخت فراش bed
كرسي كنبة مقعد chair
طاولة طبلة ميز ترابيزة table
سجادة زولية زربية موكيت rug carpet
ستارة بردة خامية برادي curtain
غطاء بطانية مفرش لحاف blanket
ملعقة معلقة كاشوكة spoon
عادي سادة بسيط بلين plain simple
رسمي كلاسيك فورمال formal
مشكل مشكلة تشكيلة منوع منوعة مخلط مخلطة ميكس mixed assorted
فاخر فاخرة فخم فخمة شيك راقي راقية ملكي luxury fancy
بدلة قاط كوستيم كوستوم طقم suit
مطرز تطريز مطرزة embroidered
مواليد مولود رضيع رضع بيبي ولادة newborn baby
ضد مضاد مقاوم proof
قابل للطي ينطوي يتطوى foldable folding
محمول متنقل ينشال portable
لقمة لقيمات عوامة زلابية luqaimat luqmat
ابتسامة سمايل smile
هوليوود هوليود hollywood
ليزر لايزر lazer laser
مثبت ريتينر retainer
واقي حارس guard
لحمي لثوي gum
منزلي بيتي بالبيت home
"""
_ASKED = """
hours دوام مواعيد اوقات ساعات يفتح open : وقت close closed closing opening تسكر تسكرو تسكروا
hours دوام مواعيد اوقات ساعات يفتح open : تسكرون بتسكر بتسكرو بتسكروا يسكر مسكر مسكرين فاتحين
location موقع عنوان فرع فروع address branch : مكان محل لوكيشن بلاصة branches where located
returns استرجاع ارجاع استبدال ترجيع تبديل return refund : مرتجع exchange
payment دفع بطاقة كاش تقسيط فيزا pay : card cards credit cash visa installments كريدي اقساط
delivery توصيل شحن shipping : ليفريزون دليفري ديليفري ship deliver courier
discount خصم خصومات تنزيلات تخفيض عروض offer : تخفيضات صولد بروموسيون promo coupon discounts sale
warranty ضمان كفالة guarantee : كارنتي كرنتي garantie
repair صيانة تصليح اصلاح : fix repairs broken
installation تركيب : install
insurance تأمين تامين : لاسورانس
booking حجز موعد احجز appointment : رونديفو ميعاد دور book reserve
wholesale جملة كميات كمية : bulk
events مناسبات افراح حفلات كميات wedding party : catering
sugar_free سكري دايت : diabetic
shelf_life صلاحية حفظ تخزين : expiry storage
allergens حساسية allergy : الرجي gluten
"""
# Roots of what a customer does or asks of us, in any person and tense, and the row it belongs to.
_DEEDS = {
    "hours": "فتح قفل سد عزل غلق حل داوم شتغل عمل بلش قفول خدم سهر",
    "returns": "رجع بدل رد عوض سترد ستبدل سترجع غير",
    "payment": "دفع خلص قسط حول سدد",
    "delivery": "وصل شحن جيب بعث ودي دز صيفط ليفري",
    "repair": "صلح ضبط صاوب",
    "installation": "ركب لزق",
    "booking": "حجز",
    "الم": "وجع الم ؤلم حس",
    "shelf_life": "بقي قعد خسر خرب حفظ خزن دوم ضل",
}
# What a verb has before and after its root: بتفتحوا, كيسدو, هترجعها, مطلعش.
_BEFORE = re.compile(r"^[وف]?(?:[هح]|غا?)?(?:[بك]?[يتن]|[بك]?ا|م)(?=\w{2,})")
_AFTER = re.compile(r"(?<=\w{2})(?:(?:ون|وا|و|ين|ي)?(?:لي|لنا|ها|هم|ه|ني)?ش?)$")


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    """Each word of a table with what it is looked for as."""
    made: dict[str, dict[str, None]] = {}
    for row in table.strip().splitlines():
        looked_for, _, understood = row.partition(":")
        names = [fold(word) for word in looked_for.split()]
        for word in [*names, *words(understood)]:
            made.setdefault(word, {}).update(dict.fromkeys(names))
    return {word: tuple(other for other in row if other != word) for word, row in made.items()}


_OTHERS = _rows(_THINGS + _ASKED)
_ROOTS = {
    root: (fold(head), *_OTHERS[fold(head)])
    for head, roots in _DEEDS.items()
    for root in words(roots)
}


@lru_cache(maxsize=4096)
def synonyms(word: str) -> tuple[str, ...]:
    """Other folded words for what a folded word says, the most usual first.

    Returns:
        At most `SYNONYMS_MAX`; nothing for a word that the table does not know.
    """
    for form in stems(word):
        if form in _OTHERS and (form == word or len(form) >= _STEM_CHARS_MIN):
            return _OTHERS[form][:SYNONYMS_MAX]
    return _ROOTS.get(_root(word), ())[:SYNONYMS_MAX]


def _root(word: str) -> str:
    """What is left of a verb; a word without a verb's beginning is none."""
    stripped = _BEFORE.sub("", word)
    return _AFTER.sub("", stripped) if stripped != word else ""

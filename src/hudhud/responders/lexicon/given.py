"""Names that people of the region give their children, and what stands before a name.

A word that is one of these may be a word of a product as well («كريم», «ليلى»): it is a person's
name where a name was asked for, or beside another.
"""

from __future__ import annotations

from hudhud.text import fold, words

_MEN = """
محمد احمد محمود حامد حمد حميد حمود حمودي حمادة مصطفى علي حسن حسين حسون حسوني علاوي عباس جعفر موسى
عيسى يوسف ابراهيم اسماعيل اسحاق يعقوب داود سليمان هارون يحيى زكريا ايوب ادم نوح صالح هود ادريس الياس
يونس لقمان عمر عثمان بكر خالد وليد طارق زياد اسامة انس بلال حمزة سعد سعيد سعود مسعود ماجد مجيد
عبدالله عبدالرحمن عبدالعزيز عبدالكريم عبدالرحيم عبدالقادر عبدالملك عبدالسلام عبدالحق عبدالمجيد
عبدالرزاق عبدالستار عبدالجبار عبدالهادي عبدالامير عبدالزهرة عبدالحسين عبدالمنعم عبده عبود عبيد كرار
حيدر ميثم مقداد عمار ياسر ياسين طه امجد مجد اياد مؤيد مهند مهدي هادي هشام هاشم هاني هيثم همام وسام
وسيم وائل ناصر نصر منصور نبيل نزار نوري نواف نايف فهد فيصل فواز فؤاد فادي فارس فراس فرات فاضل فضل
فتحي فاروق فايز فوزي قاسم قصي قحطان قيس كاظم كامل كمال كريم كرم لؤي ليث لطفي مازن مالك مروان مرتضى
مراد منير منتظر منذر ممدوح مختار مصعب معاذ معتز معن مشعل متعب بندر تركي تامر ثامر جابر جاسم جبار
جمال جميل جواد جاد جورج جوزيف حازم حاتم حارث حبيب حسام حكيم حليم خليل خلف خضر خلدون خميس درويش
ذوالفقار رائد رامي راشد رشيد رضا رافع رأفت رؤوف ربيع رمضان رياض ريان زاهر زهير زيد زين زيدون ساري
سالم سامر سامي سائد ساجد سجاد سرمد سفيان سلام سلطان سلمان سلوان سمير سنان سيد سيف شاكر شادي شريف
شعبان شوقي شهاب صادق صباح صبحي صبري صدام صفاء صلاح صهيب ضياء ضرغام طلال طالب طاهر ظافر عادل عارف
عاصم عامر عايد عبدو عدنان عدي عزام عزت عصام عطا عطية عقيل علاء عماد عمران عمرو عواد عوض عياد غازي
غانم غسان غيث قتيبة قدري باسم باسل بدر بشار بشير بهاء برهان تحسين توفيق تيسير ثائر جلال جهاد حيان
حنا رعد رفعت رفيق رعدون رزاق شاهين شاهر شمس شهم مثنى مجدي محسن مدحت مرزوق مسلم مظفر مطلق مفيد مقبل
منتصر مهاب مهران ميلاد مينا مرقص بطرس بولس جرجس كيرلس نادر ناجي ناظم نجم نجيب نديم نعيم نمر نهاد نور
نورالدين هلال وجدي وحيد وديع وهيب يزن يزيد يوحنا ايهاب ايمن اكرم ادهم اشرف اسعد امير عبداللطيف
عبدالاله عبدالصمد عبدالخالق عبدالغني عبدالوهاب عبدالفتاح ذياب سطام عساف ضاري هزاع حمدان مكتوم خلفان
سهيل امين انور اوس اويس ايسر اثير ازهر سلوم جمعة مؤمن مصلح رامز ريمون شربل طوني ايلي مارون انطون
الحسن الحسين المهدي سيدي العربي رشدي نعمان نعمة نعمت بوعلام رابح مولود لخضر الطيب الهادي المنصف زهدي
"""
_WOMEN = """
فاطمة فاطمه زينب مريم مرام خديجة عائشة عايشه امنة امينة حفصة رقية سكينة ام كلثوم زهراء زهرة زهور نور
نورا نورة نوره نورهان نوران هدى هداية هند هنا هناء هاجر هبة هالة هديل هيفاء هيا هيام وفاء وسن ورود
وردة وداد وجدان وعد ولاء يسرى ياسمين يارا يمنى ليلى لينا لين لينة لمى لمياء لولوة لؤلؤة لبنى لطيفة
لجين ليان مها مهى منى منال منار منيرة مي ميس ميساء مياسة ميرنا ميسون مودة ملاك مروة مروى مرح مشاعل
مضاوي موضي نادية نادين ناهد نجاة نجلاء نجوى ندى نرمين نسرين نسمة نهى نهال نوال نوف نجود نبأ بنين
بتول بسمة بشرى بشائر بيان بدور بلقيس تبارك تقى تغريد تماضر ثريا جمانة جميلة جنى جنان جود جوري جواهر
جيهان حنان حنين حليمة حصة زينة حوراء حلا حياة خلود خولة دانة دانية دعاء دلال دنيا ديما دينا دينة
ذكرى رانيا رنا رنيم رند رندة رغد رغدة رفل ربى ريما ريم ريهام رهف روان روابي رؤى رواء رؤيا رباب رحاب
رشا رضوى رحمة راوية راندا روز روزان زبيدة سارة ساره سارا سالي سامية سجى سحر سعاد سعدية سلمى سلوى
سماح سمر سميرة سمية سناء سندس سهى سهام سهير سوزان سوسن سيرين سيلين شذى شروق شهد شيماء شيرين شمس
شمايل شهلة شادن صابرين صفاء صفية صبا ضحى طيبة طيف عبير عهود عفاف علا عليا غادة غدير غفران غيداء غزل
فاتن فايزة فدوى فرح فريدة فضيلة فيروز فوزية قدرية قمر كوثر كاميليا كنزة لارا ايات اية ايمان اماني
امال امل اميرة اسماء اسراء اسيل اروى اريج افنان الاء انسام انعام انوار ايناس نغم شما ميثاء عنود
العنود مزنة وضحى كارلا كارين ريتا كريستين ماريا ساندرا جويل ناتالي لمار لارين تالا تاليا ميرا ميار
جمان رزان غزلان فداء ابتسام ابتهال اخلاص استبرق اشواق اطياف اعتدال الهام انتصار اوراد ايلاف براء رسل
زمن شكران نبراس حكيمة غيثة وئام رحيمة جيلان جومانا فلك سنية رقيه عواطف عايدة كريمة نعيمة نبيلة مديحة
نجمة نورية مليكة سعيدة
مسك ورد لولو جلنار ريحانة نرجس ريتاج ريتال دارين سيلا تولين ماسة درة غيم جوهرة نوارة سوار
"""
_LATIN = """
mohammed mohamed muhammad mohammad ahmed ahmad mahmoud mahmood hamid hamed mustafa mostafa ali
hassan hasan hussein husain hussain abbas jaafar mousa musa issa yousef yusuf youssef yousif
ibrahim ismail dawood suleiman sulaiman haroun yahya zakaria ayoub adam adham nouh saleh salih
idris elias younes younis omar umar othman bakr khaled khalid waleed walid tarek tariq ziad zyad
osama usama anas bilal hamza saad saeed said saud majed majid abdullah abdallah abdulrahman
abdelrahman abdulaziz karim kareem haider haidar haydar ammar yasser yasir yassin taha amjad iyad
ayad muhanad mehdi mahdi hadi hisham hesham hashim hani hany haytham haitham wisam wassim waseem
wael nasser nasir mansour nabil nizar nawaf nayef fahad fahd faisal faysal fawaz fouad fuad fadi
faris fares firas fadel fathi farouk qasim kasim qais kadhim kazem kamal kamel louay laith mazen
mazin malik marwan murtada murad munir muneer mamdouh mishaal meshal bandar turki tamer jaber
jasim jassim jamal jameel jawad jad george joseph hazem hatem habib husam hussam khalil khalaf
raed rami rashid rashed rida reda ridha riyad riad rayan ryan zaid zayd zain zein salem salim
samer samir sami sajjad sinan saif seif shadi sharif sherif sultan salman talal talib taher adel
adil amer amir aymen ayman anwar akram ashraf emad imad issam essam alaa amr ghassan basem bassem
basel bashar badr bader diaa jalal mina mena magdi magdy medhat nader naji nadim naeem tom john
david daniel michael mike james peter paul mark sam samuel alex robert chris steven fatima fatma
fatimah zainab zaynab zeinab maryam mariam marya mariem khadija aisha aysha amina amna ruqaya
zahra zahraa noor nour noora noura nourhan huda hoda hind hana hanan haneen hala hiba heba hagar
hadeel haya wafa yasmin yasmine yasmeen yara yumna layla laila leila lina leen lama lamia lubna
mona muna maha manal mai may mays marwa malak nadia nadine nada nahed najla nermin nesreen nisreen
nuha noha nouf nawal banin batool basma bushra bayan dina deena dana dania doaa duaa dima dalal
eman iman amal amani amira asma asmaa esraa israa aseel arwa areej afnan aya ayat rania rana
raneem rand reem rim riham reham rahaf rawan roaa rouaa rasha radwa rola sara sarah salma samah
samar samira sana sahar suha suzan sawsan shahad shaima shaimaa shirin sherine safa saba tabarak
teba ola ghada ghadeer farah faten farida fayrouz jana jumana jenna khulood kawthar lara layan
mayar mira mirna emma anna maria julia kate emily sophia laura lisa grace
maya maja aziz tala lulu ben noah liam khadijah soukaina
jasmine jasmin misk warda salsabil imane hajar zineb sanaa karrar nima
"""
GIVEN = frozenset(words(_MEN + _WOMEN + _LATIN))
# Those that no man is called by.
WOMEN = frozenset(words(_WOMEN)) - frozenset(words(_MEN))

# «ابو علي», "Umm Hasan": whatever follows is a name.
KUNYA = frozenset(words("ابو ام بو ابوي اخوكم اختكم اخوك اختك abu abo bu om um umm umo oum"))
TITLES = frozenset(
    words(
        "دكتور دكتوره الدكتور الدكتوره د استاذ استاذه الاستاذ الاستاذه أ ا مهندس مهندسه المهندس "
        "المهندسه م الحاج حاج حاجه الحاجه حجي الحجي حجيه شيخ الشيخ السيد السيده سيد سيده مدام انسه "
        "الانسه مستر مس ميس المحامي المحاميه العقيد الرائد النقيب mr mrs ms miss dr eng engineer "
        "doctor prof hajj haj hajji"
    )
)
# Names that begin with a و; any other word that does goes on to something else.
WAW_NAMES = frozenset(
    words(
        "وليد وسام وسيم وائل وايل وفاء وفا وداد ورد ورده وجدان وعد وديع وصال وضاح ولاء ولا واثق "
        "وهيب "
        "وجيه وسن وليم وسيله وردي وحيد وهبه وهب وصفي وليده وئام ويام وجد وادي ونيس"
    )
)
# They praise a thing or its price, and are names where they are told to be.
PRAISES_TOO = frozenset(
    words("غاليه غالي عزيزه عزيز عاليه عالي راضيه راضي بهيه اصيله نادره صافيه هاديه جوده زاهيه")
)
# What people say they are beside their name.
NO_NAMES = frozenset(
    words(
        "ساكن ساكنه مقيم مقيمه تعبان تعبانه زعلان زعلانه مريض مريضه حامل خايف خايفه زبون زبونه "
        "عميل عميله طالب طالبه مهتم مهتمه محتار محتاره متردد مستعجل مستعجله جاهز موافق عارف فاهم "
        "متزوج عندي عندنا هنا هناك قريب جديد جديده رجال مره وحده كنت صرت ودي ناوي ناويه رح راح "
        "تليفون تلفون تليفوني تلفوني تيليفون تيليفوني التليفون التلفون التيليفون تليفونه تليفونها "
        "موبايل جوال هاتف رقم الرقم رقمه رقمها رقمي هاتفي جوالي موبايلي نمرتي عنواني مدينتي محلي "
        "المدينه الحي المنطقه الشارع المحافظه السكن city district area "
        "هدفي عمري وزني طولي من في نعم لا اي ايوه ايوا بلى كلا yes no yep nope "
        "and w my the from here fel bel fil bil late ready fine ok okay sorry sure not new also "
        "اقول اقولك قصدي number phone mobile oui ouais non confirmer confirmez confirme confirm"
    )
)
# As it is written it says yes more often than it is a woman's name, «آية».
_YES_TOO = frozenset({"ايه", "إيه", "ولا"})  # «ولا يهمك» is no Walaa


def says_yes(text: str) -> bool:
    """Whether «ايه» says yes before a word that is no name: «ايه اكد»; «ايه محمد» is Aya.

    Args:
        text: what may be a name, as it is written.
    """
    first, then, *_ = [*text.split(), "", ""]
    named = fold(then) in GIVEN or then.startswith(("ال", "عبد")) or not then
    return first in _YES_TOO and not named

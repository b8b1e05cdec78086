"""Documents of a sample merchant, and what customers ask about them, in their own spellings.

Each question has the words that must stand in the first passage that is found. All were written
before anything was tuned by them; whoever changes the search does not change them.
"""

from __future__ import annotations

from pathlib import Path

LIBRARY = Path(__file__).with_name("library")
# (what people call it, its file)
DOCUMENTS = (
    ("دليل المراجعين", "clinic.md"),
    ("التوصيل والدفع", "delivery.md"),
    ("Returns policy", "returns.md"),
    ("نظام النادي", "gym.html"),
    ("Hall rules", "hall.txt"),
)

# (what is asked, what stands in the passage that answers it)
QUESTIONS = (
    # the clinic
    ("كيف أحجز موعدًا عندكم؟", "يُؤكد برسالة"),
    ("شلون احجز موعد", "يُؤكد برسالة"),
    ("اريد الغي موعدي باجر اكو رسوم؟", "بلا رسوم حتى"),
    ("عايز ألغي الميعاد ينفع من غير فلوس؟", "بلا رسوم حتى"),
    ("بدي أجّل موعدي لبكرا", "بلا رسوم حتى"),
    ("نبي نأجل الموعد شنو السياسة", "بلا رسوم حتى"),
    ("تأخرت على الموعد شصير", "ننتظر المراجع"),
    ("لو اتأخرت عشر دقايق الدكتور يستنى؟", "ننتظر المراجع"),
    ("من أي عمر تستقبلون الأطفال؟", "من عمر ثلاث سنوات"),
    ("ابني عمره ٤ سنين تعالجوه؟", "من عمر ثلاث سنوات"),
    ("اني حامل اگدر اسوي اشعة؟", "إلى ما بعد الولادة"),
    ("مراتي حامل ينفع تعمل حشو عصب؟", "إلى ما بعد الولادة"),
    ("شنو آكل بعد خلع السن", "باردًا ولينًا"),
    ("سناني تنزف بعد القلع شسوي", "إذا استمر النزف"),
    ("متى أقدر أدخن بعد خلع الضرس", "ولا تدخن"),
    ("بعد التبييض فيني اشرب قهوة؟", "تجنب القهوة"),
    ("سناني حساسة بعد التبيض عادي؟", "الحساسية المؤقتة"),
    ("كم مدة التقويم", "بين ١٢ و٢٤ شهرًا"),
    ("انكسر سلك التقويم", "غطه بالشمع"),
    ("تعقمون الأدوات؟", "بالبخار المضغوط"),
    ("تقبلون تأمين صحي؟", "تأمين الرافدين"),
    ("التامين يغطي الحشوات؟", "تأمين الرافدين"),
    ("بكم تنظيف الأسنان", "تنظيف وتلميع"),
    ("شحال ثمن خلع ضرس العقل", "خلع ضرس العقل"),
    ("كم سعر علاج العصب عندكم", "علاج عصب"),
    ("kam el kashf 3andkom", "كشف أولي"),
    # delivery and payment
    ("شكد التوصيل للبصرة", "البصرة"),
    ("بكام التوصيل لأربيل", "أربيل والسليمانية"),
    ("كم يوم توصلون للموصل", "الموصل"),
    ("tawseel baghdad bkam", "بغداد"),
    ("متى يكون التوصيل مجاني", "يصل مجانًا"),
    ("فيه توصيل ببلاش؟ توصيل مجاني يعني", "يصل مجانًا"),
    ("ماكو احد بالبيت من يجي المندوب", "يتصل المندوب مرتين"),
    ("تقبلون بطاقة ماستر كارد؟", "ماستر كارد"),
    ("ممكن ادفع اقساط", "ولا الأقساط"),
    ("zain cash mawjood?", "زين كاش"),
    ("اگدر افتح الطرد قبل لا ادفع", "فتح الطرد"),
    ("بتشحنوا للأردن؟", "الأردن والكويت"),
    ("الجمارك على مين", "والجمارك على المستلم"),
    ("كتصيفطو لبرا العراق؟ الكويت", "الأردن والكويت"),
    ("اريد اغير عنوان التسليم", "تغيير عنوان التسليم"),
    ("غلطت بالعنوان كيف أغيره", "تغيير عنوان التسليم"),
    # returns, in English
    ("how many days do I have to return something", "within 14 days"),
    ("can i return without the receipt", "Keep the receipt"),
    ("do you take back earrings", "earrings cannot be returned"),
    ("when will my refund arrive", "5 to 7 business days"),
    ("I paid cash, how do I get my money", "store credit"),
    ("the dress came torn", "torn or broken"),
    ("who pays the return shiping", "unless we sent the wrong item"),
    ("can I exchange a discounted item for another size", "Discounted goods"),
    ("is there a guarantee on the bag zip", "Zips and handles"),
    ("how long is a gift card valid", "twelve months"),
    ("wholesale discount for my shop", "more than 50 pieces"),
    # the gym
    ("بكم الاشتراك الشهري بالنادي", "٦٠ ألف دينار"),
    ("الاشتراك السنوي كم", "٥٠٠ ألف دينار"),
    ("فيني جمّد عضويتي؟", "تجميد العضوية مرة واحدة"),
    ("إمتى مواعيد الستات", "بوجود مدربات"),
    ("وقت النسوان يمته", "بوجود مدربات"),
    ("لازم غطا راس بالمسبح؟", "غطاء رأس"),
    ("المسبح شكد عمقه", "متر ونصف"),
    ("اقدر اجيب صديقي ضيف وياي", "دعوة ضيف"),
    ("وين اصف سيارتي", "موقف السيارات"),
    ("شنو اقل عمر للمشترك", "١٦ سنة"),
    ("إذا انسرقت أغراضي من الخزانة", "المقتنيات الثمينة"),
    # the hall
    ("when does the music stop", "midnight"),
    ("how much is the deposit and do I get it back", "300 dollars"),
    ("can we bring our own food, outside catering", "licensed kitchens"),
    ("are candles allowed", "candles must stand in glass"),
    ("how many guests fit in the garden", "the garden 120"),
    ("how much is valet parking", "valet service"),
    ("we want to move the date of the wedding", "moved once without a fee"),
    ("can our photographer use a drone", "drones need"),
)

# Of which nothing in the documents tells.
BEYOND = (
    "عندكم فرع بالنجف؟",
    "شنو اسم الدكتور",
    "هل تبيعون فرش أسنان كهربائية",
    "do you have a swimming teacher for kids",
    "what is the wifi password",
    "كم سعر زراعة الشعر",
    "عندكم يوغا",
    "can I bring my dog to the hall",
    "فيه مصعد بالعيادة؟",
    "is there a student discount",
)

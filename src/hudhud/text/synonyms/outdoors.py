"""What animals, plants, farming, fishing and what belongs to them are called."""

from __future__ import annotations

OUTDOORS = """
قط قطة قطط قطو قطاو قطاوة بسة بساس بزون بزونة بزازين قطوة قطيطة هر هرة مشة بسينة cat cats chat kitty
قط قطط cat cats : مشاش مشيشة مشيشات قطوس قطاطس بسينات
كلب كلاب كليب جليب جرو جراء dog dogs puppy chien
طير طيور عصفور عصافير عصفورة فراخ bird birds oiseau
اظافر ظفر اظفر ضفر ضفار ضوافر مخالب مخلب claws claw nails griffes
قلامة قصافة مقص clipper clippers coupe_ongles
قفص اقفاص كفص كاج cage cages
حوض اكواريوم اكواريم aquarium tank
طوق اطواق قلادة collar collier
مقود رسن حبل ليش leash lead laisse
علف اعلاف عليقة عليق feed fodder fourrage
اكل طعام غذاء وجبات فود food nourriture : ماكلة مكلة مأكولات
كتاكيت كتكوت صيصان صوص فلاليس فلوس chicks poussins
غنم خروف خرفان نعاج نعجة حولي طلي sheep lamb mouton
ماعز معزة معيز عنز عنزة صخل سخل goat goats chevre
بقر بقرة ابقار عجل هايشة cow cows vache
حصان خيل فرس احصنة horse horses cheval
سماد اسمدة كمبوست غبار fertiliser fertilizer compost engrais
تربة تراب بيتموس ترابة soil terreau
اصيص اصص قوار محبق سندان مزهرية pot pots planter
بذور بذر بزور زريعة بزر seeds seed graines
صبار صبير كاكتوس هندية cactus
ريحان حبق ريحانة basil basilic
شجرة شجر اشجار سجرة tree trees arbre
مرشة رشاش مرش سقاية sprinkler watering arrosoir
صيد صياد حداق قنص fishing hunting peche
صنارة سنارة شص ميدار hook hameçon
قصبة بوصة عصا rod canne
طعم طعوم لقمة bait lure appat
شبكة شباك غزل ليخ net filet
فئران فار فيران جرذ جرذان جرذي mice mouse rat rats souris
صراصير صرصور مردان سراق cockroach cockroaches cafards
بعوض ناموس برغش بق نموس mosquito mosquitoes moustiques
نمل نملة ذر ants fourmis
حشرات بخوش حشرة insects bugs insectes
مبيد فليت سم insecticide poison pesticide
"""

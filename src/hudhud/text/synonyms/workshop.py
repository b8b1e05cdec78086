"""What tools, paint, wires, pipes and parts of a car are called."""

from __future__ import annotations

WORKSHOP = """
مثقاب دريل شنيور بيرسوز مقداح drill perceuse
مفك دسميس درنفيس تورنفيس طورنفيس مفكات screwdriver tournevis
مطرقة شاكوش جاكوج مارطو hammer marteau
كماشة بنسة زرادية بلايس بلايز pliers pince
سبانة رنش سبانات wrench spanner
برغي براغي قلاووظ بركي براكي screw screws
مسمار مسامير بسمار بسامير clou
منشار مناشير scie
# «سلم» is "greet" and "hand over".
سلالم ladder echelle : : سلم
دهان صبغ بوية طلاء صباغة بنتورة paint peinture
رولة رول روله roller
اسمنت سمنت سيمان cement ciment
بلاط كاشي سيراميك زليج tiles tile carrelage
خشب wood bois
قابس فيشة فيش افياش بريز بلك plug prise
توصيلة مشترك رالونج extension rallonge
كشاف تورش بيل flashlight torch torche
مولد مولدة جنريتر generator
مضخة طرمبة بومبا مضخات pump pompe : طلمبة
حنفية صنبور بزبوز روبيني سبالة حنفيات tap faucet robinet
انبوب ماسورة بايب مواسير انابيب بوري pipe pipes tuyau
خرطوم صوندة بربيش هوز hose
مغسلة لافابو حوض مغاسل sink lavabo
مرحاض تواليت كابينيه toilet wc
دش دوش شور shower douche
بانيو حوض bathtub baignoire
قفل كالون كيلون اقفال lock serrure
مفتاح ساروت مفاتيح سوارت key keys
خزان تانكي تنك خزانات tank citerne
سيارة عربية طوموبيل كرهبة موتر car voiture : سيارات طونوبيل كروسة
اطار تاير كاوتش بنو تواير اطارات كفرات tire tyre tires tyres pneu : : كفر
جنط رنق جنوط رنقات rim rims jante
فرامل بريك بريكات فران brakes brake frein
فحمات سفايف تيل pads plaquettes : بلاكيط بلاكيت بلاكات
محرك موتور مكينة موطور ماطور engine moteur
بواجي بوجيات بلكات بوجي شمعات spark bougies
زجاج قزاز جام vitre
مقود ستيرنج دركسون سكان طارة فولون steering volant
صدام دعامية بمبر اكصدام bumper
كشافات لايتات headlights phare
رديتر راديتر رادياتير radiator
كلتش دبرياج clutch embrayage
قير فتيس كير جير بواط gearbox transmission
دعاسات دواسات ارضيات mats
عادم شكمان اكزوز صالنصة اشكمان exhaust
بنزين وقود بانزين ايسونس fuel petrol essence
غيار سبير spare
جدار حائط حيط حيطة حيوط جدران حيطان wall walls mur
سقف سقوف سقوفية ceiling plafond
طوب طابوق بلوك ياجور اجر brick bricks brique
فأس بلطة شاقور قدوم طبر axe hache
مجرفة رفش كريك بالة كورك shovel spade pelle
صنفرة سنباذة سمباتة ورق_صنفرة sandpaper
لاصق سكوتش شطرطون تيب شريط tape scotch
لحام لحيم سودة ولدنك welding soudure
خوذة كاسك هلمت helmet casque
برغي لولب فيس لوالب فيسات vis
قياس فيتة متر مازورة tape measure
منفاخ بمب بومبة بمبة كومبريسور pump inflator : بومبا طرمبة كومبروسور
فلتر فيلتر فلاتر filter filters filtre
مساحات سويكلاص سوياقلاص سويقلاص wipers wiper
عجلات عجل دواليب wheels wheel roues : رويدة روايد رويضة
سلسلة جنزير شين سينسلة زنجير chain chaine
سيليكون سليكون سيلكون silicone
عربة برويطة عرباية wheelbarrow brouette
"""

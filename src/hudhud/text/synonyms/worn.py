"""What clothes, shoes, bags and jewels are called."""

from __future__ import annotations

WORN = """
حقيبة شنطة حقائب شنط جنطة ساك سكوش صاك bag handbag purse : شناطي جنط
محفظة بزطام جزدان بوك wallet portefeuille
حذاء أحذية جزمة كندرة صباط صبابط صبابيط قندرة بوط نعال shoes shoe chaussures
حذاء أحذية shoes : جزم كنادر قنادر سباط سبابط
حذاء سبرديلة سنيكرز كوتشي سبادري بوتي كوتش sneakers trainers
صندل شبشب نعال شحاطة بلغة مشاية كلاش sandal slippers claquette
كعب طالون heel heels talon
قبعة كاب كسكيطة طاقية كاسكيت شابو cap hat
حجاب طرحة شال شيلة ايشارب خمار ملفع hijab scarf veil
عباية عبايا abaya
جلابية دشداشة جلباب ثوب كندورة قندورة thobe
فستان دراعة كسوة روبة فساتين dress gown
قميص شميز قمصان shirt chemise
بلوزة بلوز توب blouse top
تيشيرت تريكو فانيلة tshirt tee
بنطلون بنطرون سروال بناطيل بنطال trousers pants pantalon
شورت برمودا shorts
ليقنز فيزون استرتش ليكنز كولون leggings collant
جينز دجين كاوبوي جين jeans denim
جاكيت قمصلة سترة جاكيته كبوط فيستا جكيت jacket veste
معطف بالطو مانطو كوت coat manteau
كنزة بلوفر تريكو جرسي sweater jumper
تنورة جيبة جوب skirt jupe
بيجامة بجامة pyjama pajamas
جوارب شرابات تقاشر كلسات دلاغات socks chaussettes : شراب
ملابس هدوم حوايج ثياب اواعي clothes vetements
سوتيان ستيانة حمالة bra soutien
كيلوت سليب بوكسر كلسون underwear
مايوه مايو بكيني سويم swimsuit maillot
حزام قشاط سمطة سير belt ceinture
قفازات كفوف جوانتي كواندي دسوس gloves gants : ليكات جوانتيات كلوفز
كرافتة كرافات cravate tie
نظارة نظارات كواك نضاضر عوينات مناظر glasses lunettes
مظلة شمسية مطرية شتوية umbrella parapluie parasol
خاتم محبس خواتم دبلة ring bague
سلسلة سنسال عقد قلادة سنسلة necklace collier
اسورة سوار غويشة اساور غوايش بريسلي bracelet bangle
حلق اقراط حلقان تراجي تراكي قرط earrings boucles
توكة بكلة شكلة مشبك barrette hairclip
بروش دبوس brooch
شماغ غترة يشماغ shemagh
بدلة قاط كوستيم كوستوم طقم suit costume
مطرز تطريز مطرزة embroidered brode
خلخال خلاخل حجل حجول anklet
ذهب دهب gold dhahab
فضة فظة فضي نقرة silver argent
الماس ديموند سوليتير ماسة diamond diamant
لؤلؤ لولو لولي جوهر pearl pearls perle
مسبحة سبحة مسباح تسبيح سبح rosary chapelet
دلاية تعليقة بندانت pendant
عيار قيراط كرات carat karat
خيوط خيطان فتلة thread threads : خيط بكرة fil
ابرة ابر ابرات needle needles aiguille
قماش اقمشة خامة خلقة قماشة fabric fabrics cloth tissu : : ثوب
سحاب سوستة زنجيل سست سوست زمام زيبر zip zipper fermeture
زر ازرار زرار زراير زرور دكمة دكم قفلة صدفة button buttons bouton
دانتيل دنتيل دنتلة دانتيلا lace dentelle
مخمل قطيفة فيلور مخمال velvet velours
مطاط استك لاستيك elastic elastique
كتان لينو linen lin
خياطة تفصيل خياط sewing couture
"""

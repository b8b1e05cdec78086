"""What perfume, make-up and care for skin and hair are called."""

from __future__ import annotations

BEAUTY = """
عطر ريحة برفان برفيوم بارفان عطور perfume parfum fragrance
بخاخ سبراي رذاذ spray mist
بخور بخورات incense
مبخرة مدخنة مجمرة burner censer
مكياج ميكاب ميكب تجميل makeup cosmetics maquillage
روج حمرة شفاه شفايف lipstick rouge lips : عكر عكار حومير
ملمع غلوس قلوس gloss : لماع لميع
# Of «فون دو تان»; «تاني» has a row of its own, being "another".
فاونديشن فونديشن اساس تان فوندوتان دوتان foundation teint
كونسيلر خافي concealer
بودرة باودر بودر powder poudre
بلاشر خدود blush blusher
ماسكارا مسكرة ريميل mascara rimmel
رموش رمش lashes eyelashes
ايلاينر لاينر eyeliner
كحل كاجال kohl kajal
ظلال ايشادو شادو eyeshadow
حواجب حاجب eyebrow eyebrows brows
منكير مناكير اظافر مانيكير فيرني ضوافر nail nails vernis : اظفر ظفر
اسيتون ديسولفان acetone
ديودرنت ديودورانت ديودران عرق deodorant
واقي بلوك سكرين صنبلوك صنسكرين ايكران sunscreen sunblock spf
شمس صن sun sunscreen : sunburn
مطفي مطفية ماط ماتي matte mat
مرطب ترطيب موستشرايزر moisturizer moisturiser hydratant
غسول كلينزر cleanser
تونر تونيك toner
سيروم مصل serum
مقشر سكراب سكرب كوماج scrub gommage
ماسك قناع mask masque
وجه ويه face visage
عدسات عدسة لينسز لنسز لانتي lenses lens
شامبو شامبوان shampoo shampooing
بلسم كونديشنر كنديشنر conditioner
صبغة صبغ صباغة تلوين dye teinture
# «حنا» is "we".
حنة henna : : حناء
مجفف استشوار سشوار سيشوار dryer hairdryer
مملس ليسور بيبيليس straightener lisseur : سيراميك : مكواة
مشط مشاط مشوط comb peigne
فرشاة فرشة فرش شيتة brush brosse
ماكينة مكينة ماكنة tondeuse trimmer shaver clipper
شفرة شفرات موس امواس رازوار razor blades
واكس شمع wax cire
صابون صابونة soap savon
باروكة بيروكة بوستيش wig perruque
كريم مرهم لوشن بوماضة cream lotion creme pommade
شعر شعور hair cheveux
حلاقة قص تسريح haircut
دهني دهنية زيتية دهين oily grasse
"""

"""What furniture and the parts of a home are called."""

from __future__ import annotations

FURNITURE = """
سرير تخت فراش اسرة سراير تخوت bed lit
مرتبة فرشة مراتب دوشك دوشق مطرح طراحة mattress matelas
كنبة قنفة صوفا اريكة كنب كنبات قنفات كناب كاناب فوتيه sofa couch canape : كنبايات سداري ارائك
كرسي كراسي مقعد مقاعد شيلية chair chairs chaise
طاولة طبلة ميز ترابيزة طربيزة طاولات منضدة مائدة table
مكتب ميز بيرو desk office bureau
خزانة دولاب كنتور كبت بلاكار ماريو خزائن دواليب wardrobe closet armoire placard
رف رفوف ارفف ايتاجير shelf shelves etagere
جرار درج جوارير جرارات ادراج مجر drawer drawers tiroir
تسريحة كوافوز تواليت vanity coiffeuse
# «مراة» is a woman too.
مراية مرايا منظرة mirror mirrors miroir : : مرآة
مهد كاروك crib cot berceau
باب بيبان ابواب door porte
شباك نافذة دريشة شبابيك سرجم نوافذ window fenetre
غرفة اوضة حجرة غرف room chambre
مطبخ كوجينة كوزينة مدبخ kitchen cuisine
مرجوحة ارجوحة مرجيحة swing balancoire
كومدينة كومودينو كومودينة كومود nightstand commode
صالة صالون مجلس معيشة ليفنج ليوان living salon
مدخل بهو ممر entrance hall
حصير حصيرة بساط mat natte
جزامة شوزات خزانة_أحذية
"""

"""What sweets and the dishes of a kitchen are called."""

from __future__ import annotations

DISHES = """
كيك كيكة تورتة طارطة كاتو قاطو كعكة جاتوه تورت cake torte gateau gato : كيكات تورتات كيكايه
شوكولاتة شوكولا شكولاطة شكلاطة كاكاو جكليت جكليته chocolate chocolat : شكلاط شوكلا
بوظة ايس كريم جيلاتي كلاص دوندرمة مثلجات glace icecream ice
بسكويت بتيفور كعك كوكيز biscuit cookies biscuits
معمول كليجة مقروط maamoul
كنافة كنافه kunafa knafeh
حلوى حلويات حلو حلوة سويت sweets dessert desserts : حلا تحلية تحلاية ديسير ديزرت pudding
لقمة لقيمات عوامة زلابية luqaimat luqmat
بقلاوة بقلاوا بكلاوة baklava
كرواسون كرواسان croissant
فطيرة فطائر فطاير معجنات معجنة pastries pastry pies
دونات دونت دوناتس donut donuts
سندويش ساندويتش سندوتش ساندويش ساندوتش شطيرة كاسكروت sandwich sandwiches : سندويشة : لفة
برغر برجر همبرغر همبورغر هامبورغر burger hamburger : همبرغرات برغرات
شاورما كص شاورمة shawarma
مشاوي مشوي grills grilled
فلافل طعمية falafel
مقبلات مزة مازة starters appetizers
سلطة زلاطة شلاضة سلاطة salad salade
شوربة حساء شربة شوربا soup soupe
محشي دولمة ضولمة دولما dolma
مرق صالونة مرقة يخنة ادام stew
مقلية فرايز فريت fries frites
صوص صلصة دقوس sauce
حمص chickpea chickpeas hummus houmous hommos : مسبحة humus
وجبة اكلة وجبات meal meals
فطور ريوق ترويقة افطار breakfast
# «غدا» is tomorrow, and «العشا» an hour of the day.
lunch : : غداء
dinner : : عشاء
حار حراق سبايسي مشطشط spicy
طازج طازة فريش طازه fresh
اركيلة شيشة نركيلة معسل ارجيلة hookah shisha
"""

"""What a clinic does and a pharmacy sells is called."""

from __future__ import annotations

HEALTH = """
سن أسنان سنة سنان ضرس ضروس اضراس tooth teeth dents dent
ضرس طاحونة طاحونه طواحين molar molars
تنظيف تلميع ديتارتراج جلي كلينينج نظافة cleaning detartrage
حشوة حشو بلومباج بلومبة فيلينج حشوات filling plombage
خلع قلع نزع شلع extraction removal arrachage
تقويم براكيت اباراي بريسز braces orthodontic
شفاف مخفي خفي انفزلاين clear invisible transparent
تبييض تفتيح تبيض بلانشيمو whitening bleaching blanchiment
تاج تلبيسة كورون طربوش crown couronne
زراعة زرعة امبلون implant
تسوس مسوس مسوسة منخور سوسة cavity decay carie
لثة لثه نيرة gum gums
لحمي لثوي gum
عصب جذر nerve root
أشعة راديو سكانير xray radio
طبيب دكتور دكتورة طبيبة حكيم doctor dentist
كشف فحص معاينة كونسولت استشارة checkup consultation
الم وجع مؤلم يوجع بنج تخدير pain hurt painful
عيادة مستوصف كابيني clinic
مثبت ريتينر retainer
واقي حارس guard
ابتسامة سمايل smile
هوليوود هوليود hollywood
ليزر لايزر lazer laser
دواء ادوية دوايات medicine medicament
حبوب اقراص كبسولات برشام فنيد pills tablets capsules comprimes
شراب سيرو سيرب syrup sirop
ابرة حقنة ابر شكة حقن injection piqure
ضماد شاش ضمادات bandage pansement
مسكن بنادول بانادول باراسيتامول دوليبران painkiller paracetamol
حرارة سخونة حمى سخانة fever fievre
سعال كحة قحة سعلة cough toux
زكام رشح انفلونزا فلاونزا flu grippe
كمامة كمامات bavette facemask
محرار ترمومتر thermometer
تحليل تحاليل مختبر analyses lab
سونار ايكو التراساوند ultrasound echographie
وصفة روشتة راشيتة prescription ordonnance
عملية جراحة operation surgery
تطعيم لقاح تلقيح vaccine vaccin
مساج تدليك massage
"""

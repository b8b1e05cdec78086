"""What kitchen things, linen and machines of a home are called."""

from __future__ import annotations

HOUSEHOLD = """
خلاط بلندر ميكسر blender mixer mixeur
عجانة عجان petrin kneader
مفرمة فرامة hachoir mincer chopper
غلاية كتلي كيتل كاتل بولوار kettle bouilloire : بويوار بوييوار بولاوار بويلوار
# براد is a fridge in Damascus, and a teapot in Fes and Jeddah.
ابريق قوري كوري teapot theiere : : براد
ترمس ثرموس ترموس فلاسك thermos
# Both what sweeps and what sucks is a مكنسة.
مكنسة هوفر vacuum aspirateur hoover مكانس
مكنسة مقشة شطابة مكناسة broom balai
ممسحة موب جفافة كراطة mop serpillere
مقلاة طاوة طاسة مقلاية تاوة بوالة pan frypan poele
# «بقدر» is "I can".
طنجرة حلة كسرولة كاسرولة مرميطة قدور طناجر pot marmite : قدرية : قدر
ضغط كوكوت برستو بريستو كوكوتة cocotte presto autocuiseur
صينية صواني سينية tray plateau
صحن صحون طبق اطباق ماعون مواعين طبسي طبسيل طباسل plate plates assiette
ملعقة معلقة ملاعق معالق كاشوكة خاشوكة spoon spoons cuillere
شوكة شوك جنكال فرشيطة fork forks fourchette
سكين سكينة سكاكين خدمي knife knives couteau
كوب كاس كاسة كباية كوباية قلاص كلاص اكواب كاسات كبايات كوبايات cup cups glass verre
مج ماج مق mug mugs
فنجان فناجين استكان استكانات بيالة
زجاجة قنينة قارورة غرشة قرعة bottle bouteille : : بطل
زمزمية مطارة مطرة gourde
منشفة مناشف فوطة فوط بشكير بشاكير سرفيطة سربيتة خاولي خاوليات towel towels
مناديل محارم كلينكس منديل محرمة tissues tissue mouchoirs
شرشف شراشف ملاية ملايات درابية درابيات ايزار ايزارات جرجف جراجف sheet sheets bedsheet drap : لياية
مفرش سماط مفارش tablecloth nappe
وسادة مخدة وسائد وسايد مخدات مخاد خدادية خداديات pillow pillows cushion coussin oreiller
# «حرام» is mostly "shame".
بطانية لحاف غطاء بطاطين بطانيات باطانية كوفيرطة مانطة كوبرتة blanket couverture : لحف مانتة : حرام
لحاف مفرش كومفورتر دوفيه لحف comforter duvet couette quilt
ستارة ستائر برداية برادي بردة بردات خامية ريدو curtain curtains rideau : ستاير ستارات
سجادة سجاد زولية زوالي زربية زرابي موكيت carpet rug tapis : سجاجيد
مصباح لمبة لمبات لامبة بولة كلوب كلوبات انبولة مصابيح bulb lamp ampoule : لمبه لمض
مصباح اباجورة ابجورة اباجور لمبادير abajour lampshade
ثريا نجفة لستر لسترة لوستر ثريات chandelier lustre
انارة اضاءة lighting
ثلاجة براد فريجيدير تلاجة فريج فريجو ثلاجات fridge refrigerator frigo frigidaire
مجمدة فريزر ديبفريزر جمادة freezer congelateur
غسالة ماشينة غسالات washer washing
جلاية dishwasher
فرن افران كوشة oven
موقد بوتاجاز طباخ بوتوغاز كوزينيير stove cooker cuisiniere
ميكروويف مايكرويف مكرويف مايكروويف microwave
شواية مشواة منقل باربكيو grill barbecue
قلاية ايرفراير airfryer fryer
محمصة توستر حماصة toaster
مروحة مراوح بنكة مهفة فانتيلاتور فونتيلاتور fan ventilateur
مكيف كليماتيزور سبلت تكييف مكيفات سبليت ac conditioner climatiseur
مدفأة دفاية صوبة صوبا شوفاج هيتر heater chauffage
سخان كيزر شوفو بويلر سخانات geyser boiler
مكواة اوتي مكوى كاوية iron
ميزان موازين باسكول scale balance
# «السبت» is Saturday.
سلة زنبيل سلال basket panier : : سبت
زبالة قمامة نفايات مهملات كناسة poubelle trash garbage bin
كلور جافيل قاصر كلوراكس bleach javel
جلي مواعين dish dishwashing vaisselle : زاهي فيري بريل
اسفنجة سفنجة ليفة بونجة sponge eponge
# «بدلوها» is "exchange it".
سطل جردل bucket seau : : دلو
شماعة علاقة تعليقة شماعات علاقات hanger hangers cintre
مصفاة مصفاية strainer colander passoire
مبشرة مبراشة grater rape
"""

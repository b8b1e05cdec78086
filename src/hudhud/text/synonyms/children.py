"""What toys, things for babies and for school are called."""

from __future__ import annotations

CHILDREN = """
لعبة العاب ملاعيب لعب toy toys jouet
دمية عروسة لعابة بوبية باربي doll dolls poupee
دبدوب دب دباديب teddy bear
دراجة بسكليت عجلة بايسكل بسكليتة بشكليطة سيكل دراجات bike bicycle velo : بيسكليت بسكلات سياكل
دراجة bike : بسكليتات بيكالة بيكالا بسكليط بشكليط بسيكليت cycle cycles bicycle vtt
سكوتر تروتينيت تروتينات تروتينيته سكوترات scooter trottinette trotinette
كرة طابة كورة كور ball ballon
بالون نفاخة بالونات نفاخات بلالين balloon balloons
مكعبات ليغو ليجو blocks lego
بازل احجية puzzle
عربة عرباية بوسيت كاروسة عربانة stroller pram poussette
حفاضات بامبرز حفاظات حفاضة حفاظ كوش ليكوش حفائض diapers diaper pampers couches
رضاعة ببرونة بيبرون ممة رضاعات biberon feeder
لهاية سكاتة تيتينة مصاصة بزازة pacifier soother tetine : سكيتة لهايات سكاتات dummy
خشخيشة خرخاشة شخشيخة خشخاشة شخليلة خشيخشة rattle rattles hochet
عضاضة عضاضات تيثر teether teethers
مشاية ووكر youpala walker
افرول سالوبيت اوفرول بربتوز romper onesie salopette
قلم ستيلو اقلام ستيلوات pen pens stylo : قلام
رصاص مرصاص مرسم pencil pencils
ممحاة محاية استيكة مساحة gomme eraser
مبراة براية قطاعة مبري sharpener
دفتر كراسة كشكول كراس كناش دفاتر كراسات كايي notebook notebooks cahier
مسطرة مساطر ruler regle
كرطابل كارطابل cartable حقيبة شنطة
مقلمة كلمية مقالم طروس trousse
غراء صمغ لزاق صمغة glue colle
مقص مكص مقصات scissors ciseaux
دباسة كباسة ستابلر stapler agrafeuse
حاسبة كلكليتر كالكولاطريس كالكوليتر calculator calculatrice : كولاطريس كولاتريس كوليتر
ورق اوراق كاغد كواغط كاغط paper papier
سبورة صبورة board whiteboard
ملف فايل دوسيه كلاسور ملفات folder classeur
كتاب كتب books livre
رواية روايات novel novels roman
قصة قصص حكاية حكايات حدوتة story stories
مصحف ختمة قران quran mushaf
قاموس معجم dictionary
مجلة مجلات magazine revue
ظرف ظروف مغلف مغلفات انفلوب جواب envelope envelopes
رزنامة تقويم روزنامة calendar calendrier
اجندة مفكرة مذكرة يوميات بلانر planner diary agenda
فسفوري هايلايتر تظليل مظلل فلوري highlighter highlighters fluo
فرجار بركار برجل بيكار compass compas
امتحان امتحانات اختبار فحص ليكزامان exam exams lexamen examen
علمي علمية scientific scientifique
"""

"""What things do, are like and are for, in the words of customers and of who describes goods.

Three Arabic letters are a root, found in all that is made of it; anything else is a word. A row is
one meaning in any trade: it only ever leads to words that stand in a catalogue.
"""

from __future__ import annotations

DOING = """
سقط وقع طيح زلق زحط زحل زحلق تزحلق يزحلق تنزلق صدم صدمات fall drop slip slide shock shockproof
كسر هرس طقق حطم break broke broken crush smash shatter
خرب بوظ عطل خسر تلف spoil ruin damage
خدش شخط خربش خرمش scratch
نشف جفف يبس قحل dry
رطب moist hydrate
نظف نقي مسح لمع جلي clean wipe cleanse
غسل صبن شطف wash rinse launder laundry
عقم طهر disinfect sterile sanitize
غطي خفي ستر خبو cover hide conceal
حمي وقي صون حفظ protect guard keep
شوف راي بصر see sight vision
سمع hear listen
حمل شيل رفع هزز carry lift hold
علق hang
زول حيد نحي قلع نزع خلع فكك شلع فصل نفك remove detach removable take
ثبت مسك شدد قبط hold grip fix stay mount
طوي ثني fold bend foldable
لصق لزق لزج stick sticky glue adhesive
ضوي نور شعل ضوء ضو اضاءه light glow lit lamp luminous
نوم رقد نعس sleep bed bedtime
سخن حرر دفي حار حاره يحمى تحمى يحتر تحتر احتر حامي حاميه overheat warm hot heat
برد سقع صقع ثلج بارد بارده cold frozen chill ice cool
شتا شتوي برد صوف winter
شتا شتوي صوف دفي دافي دفو winter warm cosy cozy
صيف صيفي شوب قيظ حر summer
خزق خرق خرم ثقب بخش نخرب pierce hole puncture prick
شرط مزق شقق تمزيق tear rip torn
سنن تسنين teething teether
عضض عض يعض تعض عضاضه نهش bite biting chew teether teething
صلي صلاه سجاده سجد pray prayer praying
فرش مفرش سجاده بساط mat rug spread carpet
وسع يسع تسع دخل يدخل تدخل fits fit fitting
سرير تخت فراش جربايه كرويت bed
حزام احزمه belt strap harness
كابل كيبل سلك وصله cable lead cord wire
تعب رهق جهد tire tired strain
ريح سهل مريح comfort comfortable ease easy
وجع الم ضرر pain hurt ache sore painful تعورني يعورني تعور يعور معورني
حسس هيج حساس sensitive react irritate allergy
ريحه رايحه روايح عطر smell scent fragrance odor perfume
سرع عجل زرب سريع بسرعه quick fast rapid
ثقل ثجل ثكل تقل سمك غلظ تخن thick heavy
خفف خفت light lightweight dim
رفع رقق نحف رفيع thin slim
دور مدور دايري مستدير round circle circular
كبر ضخم جبر big large oversized huge great
صغر زغر small tiny little mini
طول طويل long tall
قصر قصير short
عرض وسع wide broad loose
نعم طري لين soft gentle smooth plush
صلب قسو قصح جمد متن hard rigid solid sturdy tough
قوي شدد strong intense severe powerful
مرن مطط مطاط مطاطي flexible rubber elastic stretch
هدو هادي quiet calm subtle natural
طبيعي حقيقي natural real
كمل كامل whole full complete
نص نصف half
شهر شهري شهريه month monthly
يوم يومي نهار يوميه day daily
ليل ليلي night overnight
رمي كبب زتت لوح disposable throw thrown away
سياقه قياده سواقه بسوق اسوق يسوق drive driving driver
سياره طوموبيل عربيه طومبيل car auto vehicle
طريق شارع درب اسفلت road street
عكس زغلل وهج glare reflect reflection
عرق sweat perspire
ركض جري هرول run jog running jogging
نادي جيم قاعه تمرين تمارين رياضه رياضي تريض gym workout exercise sport sports training
دراجه بسكليت بسكليته بيسكل سيكل درج bike bicycle cycling cycle cyclist
سفر رحل travel trip journey
بحر شاطي sea beach
سبح عوم مسبح بيسين swim pool swimming
مويه ميه مي المي الما الماي مياه ماء water waterproof
بخر بخار steam vapor vapour
غبش ضبب ضباب fog mist blur
طفل ابني ابنتي بنتي ولدي ولد وليد عيال صغار جاهل بزر دراري مولود بيبي kid child children son baby
نسو نسوان نسا حريم ستات عيالات سيدات woman women lady female
رجل رجال رجالي شباب men man male
قدم قديم زمان كلاسيكي عتيق تراث old vintage retro classic fashioned
انف خشم نيف منخار nose
فم بق تم ثم mouth
رقبه عنق neck
راس دماغ head
اذن ودن اذان ودان ear ears
يد ايد ايدين يدين hand hands
وجه وش وج ويه face
بشره جلد skin
دلك مسد مساج massage
هايش منكوش منفوش متقصف تالف frizzy frizz damaged
ظهر ضهر back
مغص غازات نفخ كوليك colic gas wind
حبوب بثور بثر شباب pimple acne spot blemish
خد خدود وجنه cheek cheeks blush
جيب جيوب مخبي pocket
قماش خلقه cloth fabric
زجاج قزاز كزاز جام زاج glass
خشب خشبي خشبيه wood wooden timber
وصفه روشته راشيته prescription
جهز حضر جاهز ready
دوم شغل مكتب office work
كمبيوتر حاسوب لابتوب بيسي لاب حاسب pc laptop computer
صور كاميرا photo picture shoot camera
حفل عرس زوج فرح سهره party wedding celebration
صبغ لون colour dye tint
دوم بقي قعد ضلل ظلل عيش last stay remain long
عام سنه سنين سنوات year years yearly annual
جدد يجدد renew
عمق deep
وضو توضو wudu ablution
ضغط دوس pressure press push
طحن هرس فرم خلط grind blend mash puree
طبخ طيب طهي cook cooking
غلي boil
قلي fry fried
شوي حمص grill roast toast
ملح مالح salty salt savory
حلو سكر sweet sugar
حمض حامض ليمون lemon sour
هدي هديه gift present
سوس نخر cavity decay filling
كلس جير tartar plaque
صفر صفار yellow stain
بيض تبيض تبييض white whiten bleach
فتح نور brighten light
لمع لمعان shine shiny gloss glossy
مشط فرد brush
حلق حلاقه shave razor
خصوصيه خصوصي جنبي جنب محد محدش privacy private peek spy next
شفف خفي يبان تبان بيبان يبين يبانش كيبان يلاحظ مخفي invisible clear transparent discreet notice
بيت البيت منزل منزلي منزليه home house
يكز بكز بتكز يجز بجز بيجز بتجز جز صرير clench bruxism
سحب سوسته سحاب زمام zip zipper
زرر ازرار زر button
كمم اكمام كم sleeve sleeves
ذوب دوب سيح melt
كرمش جعد كسرات crease wrinkle
امن سلم safe safety secure
لعب play toy game
شكل تشكيل shape mould model clay
كلم تحدث نطق حكي حجي هدر هضر talk speak call
خطو مشي walk step steps
قلب نبض heart pulse
تتبع موقع track location gps
عزل ضجيج ضوضاء noise isolate cancel
مسدود مسدوده انسد انسدت انسداد مسلك يسلك تسلك تسلكه drain unblock block clog
قطع قصص قلم مقص قلامه cut clip clipper scissors trim
قيس مقاس قياس measure measuring
دقق طرق خبط hammer knock
"""
# Whom it is for, as they are called by who asks, and behind the colon as goods are told to be.
WHO = """
والده والدتي والدتنا لوالدتي : نسائي
زوجتي مرتي مراتي حرمتي خطيبتي حماتي لامي ماما اختي خالتي عمتي جدتي تيتا لستي حبيبتي : نسائي
مدامتي مدام صاحبتي صديقتي رفيقتي مرات wife mom mum mother sister girlfriend aunt grandma : نسائي
fiancee مرا : نسائي
والد والدنا والدي لوالدي : رجالي
زوجي جوزي راجلي خطيبي لابي ابوي ابويا بابا اخوي اخويا لخالي لعمي لجدي حبيبي حمايا : رجالي
صاحبي صديقي رفيقي husband dad father brother boyfriend fiance uncle grandpa : رجالي
بنتي بنوتتي بنتنا daughter : بناتي
ابني ولدي ابننا وليدي ولادي son : ولادي
"""
# What is said of goods for them.
FOR = """
نسائي نسائيه نسايي نسوان نسوانيه نسا حريمي ستاتي ستات سيدات للنساء women woman womens ladies female
رجالي رجاليه رجال رجل للرجال شبابي men mens man male gents
بناتي بناتيه بنات بنت بنوتات طفله girls girl اطفال kids children
ولادي ولاديه اولاد ولد طفل boys boy اطفال kids children child
"""

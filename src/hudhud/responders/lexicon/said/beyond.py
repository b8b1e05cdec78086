"""What a shop's rows do not hold: the world outside, details that must be known for sure.

And the words that name nothing, in any dialect.
"""

from __future__ import annotations

SAID = {
    # Which of the rows says it, if any, is looked up first: see `catalogue`.
    "off_topic": (
        "مباراة, المباراه, مباريات, الماتش, ماتش, الدوري, كاس العالم, كأس العالم, كره القدم, كره "
        "قدم, ريال مدريد, برشلونه, ليفربول, الهلال, النصر كسب, الاهلي, الزمالك كسب, المنتخب, "
        "منتخب, لاعب, هدف اليوم, ميسي, رونالدو, سياسه, السياسه, انتخابات, الانتخابات, الحكومه, "
        "الرئيس, الوزير, البرلمان, الحرب في, الحرب على, طقس, الطقس, شلون الجو, كيف الجو, حاله "
        "الجو, الجو اليوم, درجه الحراره, المطر, قصيده, شعر عن, نكته, نكتة, احكيلي نكته, اغنيه, "
        "فيلم, افلام, مسلسل, عاصمه, واجب, واجبي, واجباتي, رياضيات, معادله, امتحان, بحث جامعي, بحث "
        "عن, مقال, اطروحه, تاريخ اليوم, ترجم, ترجملي, ترجمه, برمجه, كود برمجي, بايثون, سعر "
        "الدولار, سعر الذهب, الدولار اليوم, البورصه, بيتكوين, اسهم, الاسهم, عمله رقميه, الابراج, "
        "برجي, تفسير حلم, حلمت, مواقيت الصلاه, القبله, على رمضان, فتوى, وصفه طبخ, كيف اطبخ, طريقه "
        "عمل, من اخترع, من هو رئيس, كم عمر, كم عدد سكان, تحبني, تتزوجني, متزوج, ما رايك في, شو "
        "رايك ب, football match, soccer, world cup, premier league, nba, olympics, who won, the "
        "match, the game last, politics, political, election, elections, president, government, "
        "prime minister, the war, weather, forecast, rain tomorrow, poem, joke, jokes, riddle, "
        "tell me a story, write me, write a song, write an essay, essay, capital of, homework, "
        "math, maths, mathematics, equation, exam, translate, translation, python code, "
        "javascript, programming, write code, bitcoin, crypto, stock market, exchange rate, gold "
        "price, horoscope, zodiac, meaning of life, marry me, love me, movie, movies, netflix, "
        "recipe for, how do i cook, population of, history of, news today, latest news, احكيلي "
        "قصه, احكي قصه, اطبخ, player, players, football, basketball"
    ),
    "detail": (
        "حامل, حوامل, الحوامل, حملي, مرضع, رضاعه, حساسيه, حساسية, تحسس, يتحسس, مرضى, مريض, ضغط "
        "دم, ضغط الدم, عندي ضغط, عندي سكر, معي سكر, مريض سكر, سكر وضغط, ضغط وسكر, قلب, الكلى, "
        "مرض كلوي, فشل كلوي, سكري, "
        "السكري, مميع, مميعات, دواء, ادويه, حراره, سخونه, الم شديد, "
        "وجع قوي, اغمى, دوخه, طوارئ, اسعاف, "
        "امن, آمن, امان, آمنه, مضر, ضار, خطر, خطير, حلال, ذبح, شهاده, مرخص, ترخيص, معتمد, "
        "جيلاتين, كحول, خنزير, مكونات, المكونات, يحتوي, تحتوي, محتويات, سعرات, سعره حراريه, سعر "
        "حراري, حراريه, كالوري, كالوريز, بروتين, دهون, غلوتين, جلوتين, مصنوع, مصنوعه, صناعه, صنع, "
        "منشا, بلد المنشا, خامه, الخامه, خامته, قماشه, القماش, بوليستر, معاد تدويره, فولت, فولط, "
        "مسموح, ممنوع, الطائره, طائره, الطياره, طياره, airplane, flight, واط كم, امبير, متوافق, "
        "يتوافق, يدعم, pregnant, pregnancy, breastfeeding, nursing, allergy, allergic, allergies, "
        "allergen, diabetic, diabetes, blood pressure, blood thinners, heart condition, "
        "medication, medicine, infection, infected, severe pain, emergency, faint, safe, "
        "unsafe, dangerous, harmful, side effects, halal, kosher, "
        "certified, certificate, certification, licensed, approved, gelatin, alcohol, pork, "
        "ingredients, ingredient, contain, contains, containing, calories, calorie, protein, "
        "gluten, vegan, vegetarian, made in, made of, made from, made where, manufactured, "
        "country of origin, what material, which material, fabric, polyester, recycled, organic, "
        "voltage, volt, volts, amps, compatible, compatibility, support for, toxic, bpa, "
        "flammable"
    ),
}

# Beside these nothing is named: helping words, little words of the dialects, measures.
NAMELESS = """
ياه ياها ياهم بغيت بغينا نبغي نبغى بغا ابغي ابغاه تبغى تبي تريد تريدون اود أود نود ارغب أرغب نرغب
ارجو أرجو نرجو نحب حابين حابب حبيت عايزين عاوزين عايزاه محتاجه محتاجين لازم لازمني ناقصني خاطري جاي
جايه ديال ديالي ديالكم ديالو ديالها ديالك متاع متاعكم متاعي تاع تاعكم نتاع بتاع بتاعت بتاعي بتاعكم
بتاعتكم مال مالت مالتكم مالكم حقكم حقتكم تبع تبعكم تبعكن تبعي واش اش اشنو اشنا شنوه علاش كيفاش
وقتاش فاش شي شوي شويه شوية بس هاد هادي هادو هديك هداك هاي هالـ هذولا دول دى دي ديه بزاف برشا بالزاف
قوي يلي اللى ياريت ياليت لو اگدر اقدر أقدر اكدر نقدر تقدر تقدرون تگدرون تكدرون بقدر فيني فيكم فيكن
فيك فيا ينفع يصير يمكن يمكنني يمكنكم هل واحد واحده وحده وحدة حبه حبة حبتين قطعه قطعة قطعتين كيلو
كيلوين نص ربع غرام جرام لتر علبه علبة علبتين باكيت دزينه درزن كرتون زوج جوز جوج اعرف اسال اسأل
استفسر استفسار سؤال بسأل حبي عيوني قلبي ياعيني اخويا اختي باشا يسطا معلم غالي طال عمرك حضرتك حضرتكم
جنابك عفوا عذرا كلمني صح صحيح مظبوط بالزبط بالضبط تقريبا دايما كذا كده هيك هيچ هكا هكذا اعطني
اعطيني عطني عطيني هات هاتلي جيب جيبلي وريني ورني ورّيني فرجيني شوفلي بكلف يكلف تاخذون تاخدوا سمعت
قالوا مازال مزال باقي عندي عنده عندها معي معاي مليح زوين زوينه مزيان مزيانه حلوه بشكل whats wheres
hows theres thats im ive id its u ur r pls plz dont doesnt isnt arent cant couldnt kilo kg kilos
gram grams piece pieces pcs pc box one two each per single unit tell know ask question wondering
wonder interested looking find give bring still now today tonight already ever really maybe
actually somebody someone something anything everything thing things guys hii heyy let lets go
going here must should shall been being were did done using use used right sth abt bout n nd vs etc
more most other hmm umm uhh emm امم همم نار يستاهل تستاهل بيستاهل غالي غاليه غاليين خيالي معقول
مرتفع مرتفعه مرتفعين
معقوله متر المتر مترين المترين امتار expensive pricey worth fair others another same much many few
lot lots bit little
"""

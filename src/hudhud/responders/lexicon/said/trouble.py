"""Orders that are under way, and what went wrong with them.

A row that begins with a point is a part of a meaning: `composing.composed` puts the parts together.
"""

from __future__ import annotations

from hudhud.responders.lexicon.breaking import BREAKS, BROKE
from hudhud.responders.lexicon.said.harmed import HARMED
from hudhud.responders.lexicon.said.threats import PROMISED, THREATS
from hudhud.text import words

SAID = {
    "complaint": (
        "سعر غير السعر, غير السعر اللي, غير السعر الي, سعر غير اللي, اخذتوا مني اكثر, "
        "اخذتوا مني, اخدتوا مني, اخذتو مني, اخدتو مني, خذيتوا مني, خصمتوا مني, سحبتوا مني, "
        "اخذتوا مني زياده, اخدتوا مني زياده, اخدتو مني زياده, خديتو ليا كتر, "
        "متضايق, متضايقه, منزعج, منزعجه, غضبان, غضبانه, مقهور, مقهوره, شكوى, شكاوي, اشتكي, بشتكي, "
        "نشتكي, غلط, بالغلط, "
        "غير اللي طلبته, مو اللي طلبته, مش اللي طلبته, مش اللي طلبتو, غير اللي طلبت, ليس ما "
        "طلبته, نصابين, نصاب, نصب, هالنصب, نصبتوا, حراميه, سراقين, غشاشين, غشيتوني, "
        "غشيتونا, غشني, غشوني, غشونا, غشتوني, انغشيت, اتغشيت, تغشيت, كذابين, كذب, سيئ, "
        "سيئة, سيئا, سيئه, سي جدا, اسوا, أسوأ, زفت, زباله, خايس, مقرف, مقرفه, قرف, عيب عليكم, "
        "حرام عليكم, حسبي الله, منكم لله, شنو هالشغل, شو هالشغل, ايش هالشغل, وش هالشغل, شنو هذا "
        "الشغل, استهتار, قله ادب, قله احترام, فلوسي, فلوسنا, رجعولي فلوسي, رجعوا فلوسي, دراهمي, "
        "~رجع مصاري, رجعولي مصاري, رجعوا مصاري, رجعوا لي مصاري, اريد مصاري, بدي مصاري, مصرياتي, "
        "بدي حقي, ابي حقي, اريد حقي, عايز حقي, تعويض, بتعويض, تعوضوني, محد يرد, "
        "ماحد يرد, ما حد يرد, محد رد, ما حد رد, ما حد جاوبني, محد جاوبني, ما حد جاوب, محدش بيرد, "
        "محدش رد, ما حدا بيرد, ما حدا رد, ماحدا رد, حتى واحد ما جاوب, ماكاين حتى رد, لا احد يرد, "
        "لا أحد يجيب, لم يرد احد, ما اعتذر, ما تردون, ليش ما تردون, ليه مش بتردوا, ليش ما بتردوا, "
        "تجاهل, مليت, ملييت, زهقت, طفح الكيل, تعبت منكم, تعبتوني, زعلان, زعلانه, مستاء, معصب, غير "
        "راضي, مو راضي, مش راضي, تاذوني, اذيتوني, ضريتوني, ضرني, ثالث مره, رابع مره, للمره "
        "الثالثه, للمره الرابعه, ثلث مرات, تلات مرات, ثلاث مرات, اربع مرات, كم مره اكلكم, كم مره "
        "قلت, خيبه امل, مخيب, لقيت شعره, لقينا شعره, شعره في, شعره بال, لقيت حشره, حشره, صرصور, "
        "دوده, تسممنا, تسممت, تسمم, ما حد ~رد, ما احد ~رد, ما حدا ~رد, محد ~رد, ماحد ~رد, محدا "
        "~رد, ماحدا ~رد, محدش ~رد, محدا ~جاوب, محد ~جاوب, ما حد ~جاوب, ما حدا ~جاوب, محدش ~عبر, "
        "سحبتوا المبلغ مرتين, انسحب المبلغ مرتين, خصمتوا مرتين, انخصم مرتين, دفعت مرتين, charged "
        "twice, charged me twice, double charged, overcharged, charged me for, complaint, "
        "complain, complaining, wrong item, wrong size, wrong colour, wrong color, wrong product, "
        "wrong order, not what i ordered, scam, scammers, scammed, fraud, cheated, thieves, "
        "liars, rip off, ripoff, terrible, awful, horrible, disgusting, unacceptable, worst, "
        "ridiculous, pathetic, rude, disappointed, disappointing, angry, furious, upset, unhappy, "
        "fed up, sick of, not happy, money back, my money, want a refund, compensation, "
        "compensate, nobody answers, no one answers, nobody replies, no one replies, nobody is "
        "answering, nobody responds, no reply, no response, ignoring me, ignored, third time, "
        "fourth time, asked three times, keep asking, asked twice, found a hair, hair in, found "
        "an insect, bug in, food poisoning, got sick, second time, ثاني مره اكتب, تاني مره, كل "
        "مره نفس"
    ),
    ".has_problem": (
        "عندي مشكله, في مشكله, فيه مشكله, صار مشكله, واجهت مشكله, لدي مشكله, عندنا مشكله"
    ),
    # A problem of who has yet to buy.
    ".choosing": (
        "محتار, محتاره, محتارين, احترت, حيران, حيرانه, حاير, حايره, اختار, ما اعرف وش اخذ, "
        "ما اعرف شو اخذ, ما بعرف شو اخد, مش عارف اخد, cant decide, cant choose, cant pick, dont "
        "know which, dont know what to get, dont know what to buy, cannot decide, cannot choose"
    ),
    ".problem": ("مشكلتي, المشكله, مشكله, المشكل"),
    # Said of what was sold, or only asked about, and of the market.
    ".fraud": "غش, الغش, مغشوش, مغشوشه",
    # What somebody wrote wrong themselves.
    ".slip": (
        "الرقم غلط, رقمي غلط, الاسم غلط, اسمي غلط, العنوان غلط, عنواني غلط, الجوال غلط, كتبت غلط, "
        "كتبته غلط, كتبتها غلط, كتبت الرقم غلط, غلطت, غلط مني, انا غلطت, wrong number, number is "
        "wrong, name is wrong, my mistake"
    ),
    ".old": ("القديم, القديمه, قديم, قديمه, قديمي, old, مالتي القديمه"),
    ".praise": (
        "حلو كتير, حلو كثير, حلوه كتير, حلوه كثير, حلو اوي, حلو قوي, حلو مره, حلوه قوي, كتير مرتب, "
        "كلش زين, كلش زينه, طلع حلو, طلعت حلوه, طلع زين, طلعت زينه, كل شي تمام, وصل تمام, تخبل, "
        "يخبل, يهبل, تهبل, يجنن, تجنن, بتجنن, بيجنن, روعه, رائع, رائعه, تحفه, عجبني, عجبتني, "
        "عجبونا, حبيته, حبيتها, لذيذ, لذيذه, طعمها حلو, طعمه حلو, كلش حلو, كلش حلوه, مره حلو, مره "
        "حلوه, كتير حلو, كتير حلوه, حلوه اوي, جميل جدا, جميله جدا, زوينه بزاف, amazing, awesome, "
        "gorgeous, beautiful, love it, loved it, love them, so good, excellent"
    ),
    ".not_arrived": (
        "ماجتش, مجتش, ما جتش, ماجاتش, مجاتش, مجاش, ماوصلش, ماوصلتش, موصلتش, ما وصلتش, ما وصلناش, "
        "ماجاناش, مجاناش, ما اجانا, ما جانا, ما وصلنا, ما اجه, ما اجت, ماجه, ماجا, ما جه, ما اجى, "
        "ما وصل, ما وصلني, ما وصلت, ما وصلتني, لم يصل, "
        "لم يصلني, لم تصل, لم تصلني, ما وصلش, موصلش, موصلنيش, ما اجا, ما اجاني, ما جاني, ما جاش, "
        "ما وصلاتش, لسا ما وصل, للحين ما وصل, لحد الان ما وصل, not arrived, hasnt arrived, didnt "
        "arrive, never arrived, not received, didnt receive, havent received, never came, hasnt "
        "come, did not arrive, has not arrived, never showed up, didnt show up, not showed up, "
        "not delivered, wasnt delivered, still nothing"
    ),
    ".late": (
        "تاخر, تأخر, اتاخر, اتأخر, تاخرت, اتاخرت, تاخرتوا, اتاخرتوا, متاخر, متأخر, متاخره, تعطل, "
        "معطل, طول, طولت, مطول, صارله اسبوع, صارلها اسبوع, is late, was late, so late, too late, "
        "very late, arrived late, late again, hours late, days late, still waiting, been waiting, "
        "delayed, overdue"
    ),
    ".defect": (
        "مكسور, مكسوره, انكسر, انكسرت, ممزق, ممزقه, تمزق, مشقوق, مشقوقه, مشكوك, مشكوكه, انشق, "
        "مقطوع, مقطوعه, مقطعه, انقطع, مخزوق, مخزق, منزوع, خربان, خربانه, خرب, خربت, يخرب, بيخرب, "
        "تخرب, خسر, خاسر, خاسره, عطلان, عطلانه, عاطل, عاطله, تعطلت, بايظ, بايظه, باظ, باظت, بايت, "
        "بايته, مزنخ, مزنخه, حامض, حامضه, محمض, معفن, معفنه, عفن, يابس, يابسه, ناشف, ناشفه, فاسد, "
        "فاسده, منتهي الصلاحيه, منتهيه, معيوب, معيوبه, فيه عيب, فيها عيب, ناقص, ناقصه, مستعمل, "
        "مستعمله, وسخ, وسخه, مبقع, مبقعه, محروق, محروقه, احترق, احترقت, احترك, انحرق, انفجر, ما "
        "يشتغل, ما تشتغل, مايشتغل, ما اشتغل, مش شغال, مش شغاله, مش بيشتغل, ما بيشتغل, ماخدامش, ما "
        "خدامش, ما ~شتغل, لا يعمل, لا تعمل, توقف عن العمل, وقعت, وقع, طاح, طاحت, انخلع, broken, "
        "broke, damaged, torn, ripped, defective, faulty, cracked, shattered, leaking, leaked, "
        "melted, burnt, burned, exploded, stale, went sour, gone sour, tastes sour, "
        "tasted sour, was sour, smells sour, turned sour, rotten, mouldy, moldy, expired, spoiled, "
        "missing item, fell off, fell out, fell apart, came off, stopped working, not working, "
        "doesnt work, does not work, didnt work, wont charge, wont turn on, died after, بهت, "
        "بهتت, مفتوق, مفتوقه, مفكوك, مفكوكه, صنف رديء, نوع رديء, شيء رديء, رديئه, بقعه, بقع, "
        "معجن, معجنه, مهروس, مهروسه, مخدوش, مخدوشه, مخربش, مخربشه, مشروخ, مشروخه, "
        "scratched, dented, flickering, flickers, "
        "مسكوب, ملخبط, poor quality, bad quality, low quality, "
        "stained, stain, missing, peeling, faded"
    ),
    # Somebody came to harm: a person's business at once, whatever is sold.
    ".harm": (
        "بلع, بلعت, بلعها, بلعه, بلعتها, ابتلع, ابتلعت, ابتلعها, ابتلعه, "
        "اختنق, اختنقت, خنقته, "
        "تسمم, تسممت, تسممنا, تسمموا, تكهرب, تكهربت, تكهربنا, كهربني, كهربتني, كهربه, كهربته, "
        "كهربتها, "
        "انصعق, صعقني, صعقتني, صعقته, صعقه كهربائيه, ضربتني الكهربا, ضربني الضو, ضربو الضو, "
        "حرق ايده, حرقت ايدي, حرقت ايده, حرقت ايدها, انحرقت ايدي, انحرقت ايده, احترقت يدي, "
        "احترقت يده, احترق جلدي, حرقني, حرقتني, حرقت بشرتي, حرق بشرتي, حرقت وجهي, حرق وجهي, حرقلي "
        "وجهي, حرقلي بشرتي, حرقت جلدي, اتحرق ابني, اتحرقت ايدي, اتلسع, اتلسعت, تحرق ولدي, "
        "تحرقت يدي, تحرق وجهي, "
        "جرحته, جرحها, جرحت ابني, جرحت بنتي, جرحتني, انجرح, انجرحت, اتجرح, اتعور, اتعورت, تجرح "
        "ولدي, "
        "مو قادر يتنفس, مو قادره تتنفس, مش قادر يتنفس, مش قادره تتنفس, مش عارف يتنفس, مش قادر "
        "اتنفس, "
        "ما قادر يتنفس, ما يقدر يتنفس, ما اقدر اتنفس, ما عم يقدر يتنفس, ما يكدر يتنفس, مقادرش "
        "يتنفس, ما قادرش يتنفس, لا يستطيع التنفس, ضاق نفسه, ضاق نفسي, ضيق تنفس, "
        "تورم وجهه, تورم وجهها, تورم وجهي, ورم وجهي, ورم وجهه, انتفخ وجهه, انتفخ وجهها, انتفخ "
        "وجهي, "
        "نفخ وجهي, وشي ورم, وشه ورم, وشها ورم, تنفخ وجهي, تحسس منه, تحسست منه, تحسست منها, "
        "جته حساسيه, جتني حساسيه, جتها حساسيه, جالي حساسيه, جاله حساسيه, جالها حساسيه, طلعتلي "
        "حساسيه, طلعلو حساسيه, طلعتله حساسيه, عملي حساسيه, عملتلي حساسيه, عملت له حساسيه, سبب لي "
        "حساسيه, سببلي حساسيه, سببت له حساسيه, سوالي حساسيه, سوتلي حساسيه, دارت ليا حساسيه, دارت "
        "ليه حساسيه, صارت عنده حساسيه من, "
        "swallowed, choked, is choking, was choking, started choking, poisoned, electrocuted, "
        "got an electric shock, gave me an "
        "electric shock, gave him an electric shock, gave her an electric shock, got shocked, "
        "shocked me, shocked him, shocked her, gave me a shock, zapped me, burned "
        "me, burnt me, burned himself, burned herself, scalded, cut himself, cut herself, "
        "injured, had an allergic reaction, having an "
        "allergic reaction, got an allergic reaction, gave me an allergic reaction, bad allergic "
        "reaction, severe allergic reaction, had a reaction, having a reaction, had a bad "
        "reaction, broke out in, cant breathe, cannot breathe, trouble breathing, face swelled, "
        "lips swelled, throat is closing, face is swelling, lips are swelling, passed out, "
        "fainted"
    ),
    # What a body does after a treatment: a detail to be known for sure, and a danger where it
    # does not stop.
    ".bleeds": (
        "ينزف, انزف, نزيف, نازف, ~نزف, الدم, والدم, متورم, متورمه, ورم, تورم, تورمت, "
        "ورمت, وارم, وارمه, ورمان, ورمانه, منفخ, منفخه, منفوخ, منفوخه, انتفخ, انتفخت, منتفخ, "
        "منتفخه, تنفخ, تنفخات, حرارتي, حرارته, حرارتها, صديد, قيح, bleeding, "
        "swollen, swelling, swelled, swells, fever, feverish, pus"
    ),
    ".unstopped": (
        "ما وقف, ما وقفش, ماوقف, ما بيوقف, ما بوقف, ما عم يوقف, ما يوقف, ما عم بوقف, ما راضي يوقف, "
        "مو راضي يوقف, مش راضي يقف, مش راضي يوقف, مش بيقف, مبيقفش, ما بيقفش, ما كيوقفش, ما بغاش "
        "يوقف, ما بغاش يحبس, ما حبسش, ما كيحبسش, ما يبطل, لا يتوقف, لم يتوقف, لا يقف, لم يقف, "
        "مستمر, مستمرا, متواصل, ~زيد, يزداد, ~كبر, ~نتشر, wont stop, "
        "will not stop, hasnt stopped, has not stopped, doesnt stop, does not stop, not stopping, "
        "keeps, nonstop, non stop, getting worse, spreading, getting bigger"
    ),
    ".since": (
        "منذ, من امبارح, من مبارح, من البارح, من البارحه, من امس, من الصبح, من الفجر, من الليل, "
        "من يومين, من يوم, من ساعات, لسا, لسه, لسع, مازال, ما زال, طول الليل, البارح كله, "
        "still, since, all night, overnight, for days"
    ),
    ".treated": (
        "خلعت, قلعت, شلت ضرس, شلت سني, حشيت, زرعت, ركبت تركيبه, عملت عصب, سويت عصب, درت عصب, عملت "
        "عندكم, سويت عندكم, درت عندكم, خلعت عندكم, اجريت, بعد الخلع, بعد خلع, بعد القلع, بعد "
        "الحشوه, بعد العمليه, بعد الزراعه, بعد الجلسه, بعد الحقنه, بعد الابره, منذ الخلع, من بعد "
        "ما, من يوم ما, i had, had mine done, had it done, you did, you pulled, you took out, "
        "after the extraction, after my, after the filling, after the injection, after the "
        "procedure, after the treatment, after extraction"
    ),
    # What they want a thing not to do.
    ".lasts": (
        "وما يخرب, وما تخرب, وما بيخرب, وما بتخرب, وما ينكسر, وما تنكسر, وما بينكسر, وما بتنكسر, "
        "وما يبهت, وما تبهت, وما يبوظ, وما تبوظ, ومايبوظش, ومتبوظش, وما يعطل, وما تعطل, "
        "ما بتنكسر, ما يتكسر, ما تتكسر, ما يعطل, ما تعطل, لا يخرب, لا تخرب, لا ينكسر, لا تنكسر, "
        "لا يتلف, لا تتلف, لا يتعطل, لا تتعطل, لا يبهت, لا تبهت, متتكسرش, ما تتكسرش, "
        "ما كتهرسش, ما تخسرش, ما كتخسرش, "
        "ما يخرب, ما تخرب, ما بيخرب, ما بتخرب, ما ينكسر, ما تنكسر, ما بينكسر, ما يتكسر, مايتكسرش, "
        "ميتكسرش, ما يبوظش, ميبوظش, متبوظش, ما يبهت, ما تبهت, ما بيبهت, ما يتشقق, ما ينشق, ما "
        "يتلف, "
        "ما يتعطل, ما يحترق, ما يكسر, ما كيتهرسش, ما كيخسرش"
    ),
    # «لو ما عجبني»: nothing came yet.
    ".not_liked": (
        "ما عجبنيش, ما عجباتنيش, ما عجبتنيش, ما جاتنيش, ما جاتش قدي, ما عجبني, ما عجبتني, ما "
        "عجبنا, ما عجبته, ما عجبها, معجبنيش, ماعجبنيش, معجبتنيش, "
        "ما ناسبني, ما ناسبتني, ما زبط, ما زبطت, ما ضبط, ما ضبطت, ما ركب, ما ركبت, ما طلع, "
        "ما طلعت, مطلعش, مش مظبوط, ما لبسني, ما جا قدي, doesnt fit, does not fit, dont like it"
    ),
    # «اخاف تخرب»: nothing did.
    ".fear": "اخاف, بخاف, خايف, خايفه, كنخاف, خفت, afraid, worried",
    # «دفعت تمن اتنين ووصلني واحد»
    ".paid": (
        "دفعت, دفعنا, دافع, دافعه, حولت, حولنا, حاسبت, حاسبتوني, خلصت ليكم, سددت, i paid, we paid"
    ),
    # What trouble of one's own is told for.
    ".anything": (
        "في شي, فيه شي, في اشي, في حاجه, فيه حاجه, اكو شي, كاين شي, got anything, got something, "
        "have anything, have something, anything for, something for, "
        "anything that, something that"
    ),
    ".repair": (
        "تبدلون شاشه, تبدلوا شاشه, تبدلو شاشه, بتبدلوا شاشه, بتبدلو شاشه, تغيرون شاشه, تغيروا "
        "شاشه, "
        "بتغيروا شاشه, تغير شاشه, ~غير شاشه, ~بدل شاشه, ~غير بطاريه, ~بدل بطاريه, "
        "تبديل شاشه, تبديل بطاريه, صيانه, الصيانه, تصليح, ~صلح, اصلح, صلحوا, كتصلحو, ترميم, "
        "تصلحون, fix, fixing, repair, "
        "repairs, repairing, mend"
    ),
    ".the_order": (
        "طلبي, طلبيتي, طلبنا, طلبيتنا, طلبك, رقم الطلب, رقم طلبي, اوردري, الاوردر بتاعي, طردي, "
        "شحنتي, my order, our order, my parcel, my package, my shipment, my delivery, order "
        "number, an order i, باسمي"
    ),
    # Theirs, or any: «كم يوم يوصل الطلب؟» may be asked by who has none yet.
    ".an_order": (
        "الطلبيه, الطلب, الاوردر, الكوموند, لاكوموند, الكومند, الطرد, الشحنه, the order, the "
        "parcel, the package"
    ),
    # «ورقة بالطلبات»: what is needed, and no order of theirs.
    ".needs": "طلبات, الطلبات, بالطلبات, للطلبات",
    # «طلبت أبيض»: said against what came, it is a complaint.
    ".ordered": (
        "طلبت, طلبنا, كنت طالب, كنت طالبه, انا طالب, انا طالبه, اني طالب, اني طالبه, واني طالبه, "
        "واني طالب, وانا طالبه, وانا طالب, احنا طالبين, كنت طلبت, كنت موصي, كنت موصيه, انا موصي, "
        "انا موصيه, اني موصي, اني موصيه, وانا موصي, وانا موصيه, كنت بغيت, انا كنت بغيت, وانا كنت "
        "بغيت, i ordered, i had ordered, we ordered, ordered the, ordered a, i asked for, we "
        "asked for, i paid for, what i ordered, i chose, i picked, وصيت, وصيتكم, كومنديت, "
        "اللي طلبته, اللي طلبتها, الي طلبته, الي طلبتها, لي طلبت, لي كومنديت"
    ),
    # «وبعتولي أسود»: what we sent.
    ".you_sent": (
        "بعتولي, بعتولنا, بعتلي, بعتلنا, بعتوا لي, بعتو لي, وبعتولي, بعثتولي, بعثتوا لي, بعثتولنا, "
        "ارسلتولي, ارسلتوا لي, ارسلتم لي, ارسلتم الي, رسلتولي, رسلتوا لي, دزيتولي, دزيتوا, "
        "دزيتو لي, دازين, دازيلي, دازيلنا, جبتولي, جبتوا لي, جبتو لي, جبتوا, جبتو ليا, جايبينلي, "
        "جايبيلي, جايبين, جابولي, جابلي, جابوا لي, صيفطتو, صيفطتو ليا, صيفطتوا, سيفطتو, سيفطتو "
        "ليا, عطيتوني, عطيتونا, اعطيتوني, انطيتوني, اديتوني, اديتوا, باعتين, باعتينلي, باعتيلي, "
        "مرسلين, مرسلينلي, you sent, you sent me, u sent, u sent me, sent me, they sent, they sent "
        "me, you gave me, you shipped, you delivered, you brought, was delivered, i was sent"
    ),
    # Of what may still come, said beside ".if".
    ".arrives": "وصل, اجا, اجى, اجت, arrives, comes, turns up, shows up, wesel, wesil, ija, ijat",
    ".arrived": (
        "وصلني, وصلتني, وصلوني, وصلت, وصلاتني, وصلتنا, طلع, طلعت, استلمت, استلمته, استلمتها, "
        "استلمنا, جاني, جتني, جاتني, اجاني, اجتني, جاتنا, جانا, اجانا, اجتنا, وجاني, وجتني, "
        "وجاتني, "
        "واجاني, واجتني, وصلني, ووصلني, ووصلتني, ولقيت, ولكيت, فوجدت, i received, i got, "
        "we got, we received, "
        "arrived, came with, turned out"
    ),
    ".if": (
        "اذا, لو, ان كان, ايلا, الا كان, فرضا, فرضنا, بفرض, على فرض, افرض, افرضوا, افترض, "
        "افترضنا, لنفرض, لنفترض, نفرض, نفترض, منفرض, خلينا نفرض, خلينا نقول, if, in case, suppose, "
        "supposing, imagine, lets say, let s say"
    ),
    ".place": (
        "المحل, محل, المتجر, متجر, العياده, عياده, المعرض, معرض, المطعم, مطعم, المكتب, مكتب, "
        "الصيدليه, المول, store, shop, clinic, showroom, office, restaurant"
    ),
    ".where": ("وين, فين, اين, وينه, وينها, فينه, فينها, وينو, فينو, where, wheres"),
    ".how_long": (
        "قبل بكم, قبلها بكم, قبل كم, قبل بكام, قبل كام, قبلها بكام, قبل بقديش, قبل قديش, قبل شحال, "
        "قبل بشحال, قبل شكد, قبل بجم, كم يوم, كم يوما, كم ساعه, كم شهر, كم سنه, كم مده, كم من "
        "الوقت, كم ياخذ, كم يستغرق, كام "
        "يوم, كام ساعه, كام شهر, قد ايه, بقد ايه وقت, جم يوم, شحال ديال النهار, شحال من نهار, how "
        "long, how many days, how many hours, how many weeks, how soon"
    ),
    ".when": ("متى, امتى, ايمتى, امتا, شوكت, فوقاش, وقتاش, وكتاش, متي, يوصل متى, when"),
    ".state": (
        "باقي كثير, باقي كتير, باقيله كثير, باقيله كتير, باقي وايد, كم باقي, قديش باقي, شكد باقي, "
        "فاضل قد ايه, فاضله قد ايه, خرج ولا لسه, طلع ولا لسه, خرج, تتبع, وين صار, وين وصل, فين "
        "وصل, فين وصلات, اين وصل, "
        "حاله, حالة, متابعه, اتابع, طمنوني, شنو صار, شو صار, وش صار, ايش صار, اش صار, حصل ايه, "
        "status, left yet, shipped, dispatched, sent out, on its way, on the way, arrive, "
        "arriving, ready, update"
    ),
    "order_status": (
        "وين طلبي, فين طلبي, اين طلبي, وين الطلب, وين طلبيتي, فين الاوردر, وين الاوردر, فين "
        "اوردري, رقم التتبع, تتبع الطلب, اتتبع, متابعه الطلب, حاله الطلب, حاله طلبي, where is my "
        "order, wheres my order, track, track my order, tracking, tracking number, order status, "
        "status of my order"
    ),
    ".cancel": (
        "نانيلي, نانيليو, annuler, الغي, الغى, الغاء, إلغاء, الغو, الغوا, الغوه, الغيه, الغوها, "
        "~لغي, نلغي, نلغيو, بلغي, تلغون, كنسل, اكنسل, نكنسل, كنسلوا, كنسلو, كنسله, ~كنسل, انيلي, "
        "cancel, cancelled, canceled, cancelling, canceling, cancellation, ما عاد ابغى, ما عاد "
        "ابي, ما عاد بدي, ما عاد اريد, ما عدت اريد, بطلت, هونت, ما بدي الطلب, ما ابي الطلب, ما "
        "اريد الطلب, لا اريد الطلب, مش عايز الاوردر, dont want it anymore, dont want my order, "
        "changed my mind"
    ),
    # «الطلب لا ترسلونه», "stop the order": not to be sent is to be cancelled.
    ".hold": (
        "لا ترسلونه, لا ترسلوه, لا ترسلوها, لا ترسلون, لا ترسلوا, لا ترسلو, لا تبعتوه, لا تبعتوها, "
        "لا تبعثوه, لا تبعثون, لا تبعثونه, ما تبعتوه, ما تبعتوها, ما تبعتوا, ما تبعتولي, "
        "ما ترسلوه, "
        "ما ترسلونه, متبعتوش, متبعتوهوش, متبعتوهاش, ما تبعتوش, ما تبعتوهوش, لا تدزونه, لا تدزوه, "
        "لا تدزون, لا تدزوها, ما تصيفطوهش, ما تصيفطوهاش, ما تصيفطوش, متصيفطوش, لا تشحنونه, لا "
        "تشحنوه, لا تشحنون, ما تشحنوه, متشحنوش, متشحنوهوش, ما تشحنوش, لا تطلعونه, متطلعوش, "
        "متطلعوهوش, لا تجهزونه, لا تجهزوه, لا تجهزون, متجهزوش, متجهزوهوش, ما تجهزوه, ما تجهزوش, "
        "وقفوه, وقفوها, وقفوا, وقفو, وقفولي, وقفولي ياه, اوقفوه, اوقفوا, اوقفوها, اوقف, وقف, "
        "حبسوه, حبسو, شيلوه, شيلوها, انسوه, انسوها, انسى, كنسلوه, معدتش عايز, مش عايز, مش عايزه, "
        "مش عايزاه, مش عاوز, مش عاوزه, مش عاوزاه, مو عايز, ما عدت ابي, ما عاد ابيه, ما عاد ابيها, "
        "ما عاد بدي ياه, ما عاد بدي ياها, ما عاد اريده, ما بقيتش باغي, ما بقيت باغي, ما بقيتش "
        "باغيه, ما بغيتوش, ما بغيتهاش, ما اريده بعد, ما اريدها بعد, dont send, do not send, dont "
        "ship, do not ship, stop the, stop my, hold the, dont bother with, no longer want, no "
        "longer need, dont need, dont want, scrap the, scrap my, call off"
    ),
    ".appointment": (
        "موعد, موعدي, الموعد, مواعيد, رونديفو, رانديفو, appointment, booking, reservation, "
        "subscription"
    ),
}
# Nobody answers, in every dialect's words for it.
SAID["complaint"] += "".join(
    f", {nobody} {answers}"
    for nobody in (
        "لا احد",
        "ولا احد",
        "ولا حد",
        "ولا حدا",
        "ولا واحد",
        "ما حد",
        "ما احد",
        "ما حدا",
        "محد",
        "ماحد",
        "محدا",
        "ماحدا",
        "محدش",
        "ماحدش",
    )
    for answers in ("يرد", "بيرد", "رد", "يجاوب", "بيجاوب", "جاوب")
)
SAID["complaint"] += "".join(
    f", {nobody} {answers}"
    for nobody in ("nobody", "no one", "noone")
    for answers in (
        "picks up", "is picking up", "answered", "replied", "responded", "called", "called back",
        "calls back", "got back", "gets back", "came", "showed up", "helped", "helps", "cares",
    )
)  # fmt: skip
# What no meal and no box has in it.
SAID["complaint"] += "".join(
    f", {found} {what}"
    for found in ("لقيت", "لقينا", "لكيت", "لكينا", "وجدت", "وجدنا", "شفت", "شفنا")
    for what in words("شعر شعره حشره صرصور دوده دود سوس ذبابه نمل نمله زجاج بلاستيك عفن برغشه")
)
SAID["complaint"] += "".join(
    f", found {a} {what}"
    for a in ("a", "an", "some")
    for what in words("hair insect bug fly worm cockroach ant glass plastic metal mold mould")
)
SAID["complaint"] += "".join(
    f", {no} {back}"
    for no in ("ما", "لم")
    for back in words("رجعلي رجعولي رجعتولي رجعتوا رجعوا رجعلنا رجعولنا يرجعوا يرجعولي")
)
# «كم تقعد في الثلاجه», «شحال كيبقى»: how long it keeps, and no price.
SAID[".how_long"] += "".join(
    f", {much} {keeps}"
    for much in ("كم", "كام", "قديش", "اديش", "شكد", "شقد", "شحال", "قد ايه", "جم")
    for keeps in ("~قعد", "~بقى", "~عيش", "~صمد", "~ظل", "~ضل", "~دوم", "~ستحمل", "~تحمل", "~جلس")
)
SAID[".harm"] += HARMED
SAID["complaint"] += THREATS
SAID["complaint"] += PROMISED
SAID[".broke"], SAID[".breaks"] = BROKE, BREAKS
ANGRY_SIGNS = frozenset("😡🤬😠👎💢")

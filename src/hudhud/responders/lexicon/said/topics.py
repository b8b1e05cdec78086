"""What every shop is asked beside its products: the topics of its answered questions."""

from __future__ import annotations

SAID = {
    "hours": (
        "دوام, الدوام, دوامكم, دوامك, دوامات, اوقات العمل, ساعات العمل, اوقات الدوام, وقت العمل, "
        "اوقاتكم, وقتكم, مواعيدكم, مواعيد العمل, مواعيد العياده, مواعيد المحل, ساعات الدوام, "
        "ساعات عملكم, كام الساعه, الساعه كام, كم الساعه, الساعه كم, اي ساعه, اي وقت تفتحون, ~فتح, "
        "~قفل, ~غلق, ~عزل, ~داوم, تشتغلون, تشتغلوا, تشتغلو, بتشتغلو, بتشتغلوا, كتخدمو, كتخدموا, "
        "خدامين, شغالين, "
        "تسدون, تسدوا, تسدو, كتسدو, بتسدو, تسكر, تسكرون, تسكروا, تسكرو, بتسكر, بتسكروا, بتسكرو, "
        "بيسكر, حالين, حتى لشحال, حتى شحال, معا شحال, مع شحال, تحلون, كتحلو, تحلوا, "
        "محلول, فاتحين, فاتح, فاتحه, مفتوح, مفتوحه, مفتوحين, مسدود, "
        "مسكر, مسكرين, قافل, قافلين, معزلين, مغلق, مغلقين, يوم الجمعه, الجمعه, الجمعة, السبت, يوم "
        "السبت, عطله, عطلتكم, العطله, ويكند, الويكند, opening hours, working hours, business "
        "hours, hours, opening times, opening time, closing time, what time, open, opened, "
        "opening, close, closes, closed, closing, friday, saturday, sunday, weekend, weekends, "
        "working days"
    ),
    "delivery": (
        "توصيل, التوصيل, توصيلكم, توصيله, توصلون, توصلوا, توصلو, بتوصلوا, بتوصلو, بتوصل, نوصل, "
        "يوصل, توصل, يوصلني, توصلولي, توصلونه, توصلي, كتوصلو, كتوصلوا, تبعتون, بتبعتوا, تبعثون, "
        "شحن, الشحن, تشحنون, بتشحنوا, بتشحنو, تشحنوا, كتسيفطو, ليفريزون, ليفرزون, لافريزون, "
        "دليفري, ديليفري, مندوب توصيل, ~شحن, delivery, deliver, deliveries, delivered to, deliver "
        "to, do you deliver, shipping, ship, ship to, courier, express shipping"
    ),
    "returns": (
        "ارجاع, الارجاع, استرجاع, الاسترجاع, ترجيع, الترجيع, ارجعه, ارجعها, ارجعو, ارجع, ارجاعه, "
        "ارجاعها, مرتجع, مرتجعات, المرتجعات, استبدال, الاستبدال, تبديل, التبديل, ابدل, ابدله, "
        "ابدلها, ابدلو, ~بدل, ~رجع, ارده, اردها, كتردوه, كتردوها, بتردوه, بتردوها, تردوه, تردوها, "
        "تردونه, تردونها, نرده, نردها, بقدر رد, فيني رد, بقدر بدل, فيني "
        "بدل, فيي بدل, بدي بدل, بقدر رجع, فيني رجع, فيي رجع, تبديله, ترجيعه, استرداد, روتور, "
        "return, returns, returned, "
        "returning, exchange, exchanges, swap, refund, refunds, send it back, bring it back, give "
        "it back, change it for"
    ),
    "payment": (
        "الدفع, دفع, ادفع, ادفعلكم, ~دفع, نخلص, تخلص, كاش, نقدا, نقدي, فيزا, ماستر, ماستركارد, "
        "زين كاش, فودافون كاش, انستا باي, انستاباي, ابل باي, آبل باي, أبل باي, apple pay, سداد, "
        "تحويل, تحويل بنكي, حواله, بطاقة, بطاقه ائتمان, كارت, الكارت, كارطه, لاكارط, بالكارطه, "
        "تقسيط, اقساط, مصاري, قسط, قسطوا, ~قسط, تابي, تمارا, مدى, كي نت, عند الاستلام, payment, "
        "payments, pay, paying, cash, visa, mastercard, card, cards, credit card, credit cards, "
        "debit card, installments, instalments, installment, pay later, cash on delivery, cod, "
        "transfer, bank transfer, paypal, instapay, insta pay, vodafone cash, google pay, stc "
        "pay, knet, fawry, فوري, amex, american express, اميكس"
    ),
    "location": (
        "وين موقعكم, موقعكم, موقعك, الموقع, موقع, عنوانكم, عنوانكن, العنوان, عنوان, وين مكانكم, "
        "مكانكم, مكانكن, مكانك, فين مكانكم, مكان المحل, وين محلكم, محلكم, محلكن, محلك, محلكو, "
        "المحل ديالكم, الحانوت ديالكم, حانوتكم, وين المحل, فين المحل, اين المحل, وين العياده, فين "
        "العياده, اين العياده, وين المعرض, وين المطعم, وين المتجر, فرعكم, فروعكم, فرعكن, فرع, "
        "الفرع, فروع, الفروع, معرضكم, عيادتكم, مقركم, المقر, لوكيشن, اللوكيشن, لوكيشنكم, خريطه, "
        "الخريطه, وينكم, وينكن, فينكم, فينكو, وين صايرين, وين بتصيرو, وين بتصيروا, وين بصيرو, "
        "وين تصيرون, وين تصيرو, وين صرتو, وين انتم, وين انتو, فين انتو, فين جيتو, "
        "فين كاينين, اين انتم, اين تقعون, موقف سيارات, مواقف, مصف, باركنج, باركينغ, موقف, "
        "location, located, address, where are you, where is your, where is the shop, where is "
        "the store, where is the clinic, wheres your, branch, branches, store address, "
        "directions, how do i get there, how to get there, parking, google maps, whereabouts, وين "
        "صاير محلكم, مكانكو, بلاقيكم, "
        "الاقيكم, الكاكم, القاكم, نلقاكم, find you, reach you in person"
    ),
    "wholesale": (
        "جملة, الجملة, بالجملة, جمله, سعر الجمله, كميات, كمية كبيرة, كميه كبيره, جملت, كروس, "
        "بالكرو, سعر الكمية, سعر للكمية, سعر للكميه, سعر على الكمية, trade price, trade prices, "
        "trade account, trade accounts, bulk order, wholesale, bulk, in bulk, reseller, resale"
    ),
    "discount": (
        "خصم, خصومات, الخصم, تخفيض, تخفيضات, عروض, عرض, عروضكم, العروض, كوبون, كود خصم, كود, "
        "حسم, الحسم, حسومات, الحسومات, "
        "تنزيلات, صولد, بروموسيون, بروموشن, اخر سعر, نهائي, اخر كلام, ينزل السعر, تنزل السعر, "
        "~خصم, تنقصو, نقصلي, تراعينا, راعينا, راعونا, discount, discounts, offers, any offer, "
        "special offer, special offers, sale, on sale, coupon, voucher, promo, promo code, "
        "promotion, best price, last price, cheaper, better price"
    ),
    "size_guide": (
        "جدول المقاسات, جدول القياسات, شلون اعرف مقاسي, كيف اعرف مقاسي, اعرف مقاسي, اعرف قياسي, "
        "وزني, طولي, يناسبني, يناسبك, يلبسني, اي مقاس, اي قياس, ياخذ اي قياس, size chart, size "
        "guide, sizing chart, my weight, my height, i weigh, which size fits, what size should, "
        "what is my size, which size should, what size do i, which size do i, what size am i"
    ),
    "gift": (
        "هدية, هديه, تغليف, تغليف هدايا, ~غلف, كهدية, كادو, gift, gifts, gift wrap, gift "
        "wrapping, wrap, wrap it, wrapped, wrapping, as a present, a "
        "present, look like a present, look like a gift, looks like a gift, like a present, "
        "presents, "
        "little note, note inside, card inside, handwritten, greeting card, كرت اهداء, بطاقه "
        "اهداء, "
        "بطاقه معايده, كرت معايده, اهداء"
    ),
    "care": (
        "غسيل, الغسيل, ~صبن, تصبين, التصبين, اغسله, اغسلها, اغسل, ~غسل, ينغسل, تنغسل, كوي, ينكوي, "
        "غسالة, wash, washing, "
        "washed, washable, iron, ironed, dry clean, care"
    ),
    "contact": (
        "رقمكم, رقمكن, رقم الهاتف, رقم التلفون, رقم الموبايل, رقم الجوال, رقم تواصل, رقم حد, "
        "تلفونكم, هاتفكم, رقم المحل, نمرتكم, الانستغرام, انستغرام, انستغرامكم, انستا, الانستا, "
        "انستاكم, ايميلكم, سنابكم, phone number, your number, instagram, your email, your page"
    ),
    "warranty": (
        "ضمان, كفالة, الضمان, ضمانه, مضمون, مكفول, غارانتي, garantie, warranty, guarantee, "
        "guaranteed"
    ),
    "original": (
        "اصلي, أصلية, اصليه, اصليين, اورجنال, اوريجينال, اوريجنال, اوريجينل, تقليد, مقلد, مقلده, "
        "مغشوش, مغشوشه, original, originals, authentic, genuine, fake, fakes, counterfeit"
    ),
}

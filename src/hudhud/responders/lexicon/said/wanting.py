"""What customers want to know of a product, and that they want it."""

from __future__ import annotations

SAID = {
    "order": (
        "اطلب, اطلبه, اطلبها, اطلبلي, طلبها, بطلب, نطلب, احجز, بحجز, نحجز, احجزلي, احجزولي, "
        "احجزوا لي, احجزلي ياه, حجز, الحجز, اشتري, اشتريه, اشتريها, بشتري, نشتري, نشري, نشريه, "
        "نشريها, شراء, اثبت الطلب, ثبت الطلب, اكد الطلب, اعتمد الطلب, ثبتلي, ثبتولي, ثبتها, اكمل "
        "الطلب, اكمال الطلب, اتمام الطلب, اوردرلي, اعمل اوردر, عايز اوردر, عاوز اوردر, عايزه "
        "اوردر, عاوزه اوردر, محتاج اوردر, نكوموندي, نكومندي, نكماندي, نكوماندي, اود طلب, ارغب "
        "بطلب, ارغب في طلب, اريد طلب, order, place an order, place my order, make an order, put "
        "an order, buy, purchase, reserve, book, book me, book it, checkout, check out, ill take, "
        "i will take, ill have, sign me up, اوردر, كوموند, طلبيه, طلبيه كبيره"
    ),
    "browse": (
        "شنو انواع, شو انواع, ايش انواع, وش انواع, ويش انواع, ما انواع, ما هي انواع, ايه انواع, "
        "ايه هي انواع, اش انواع, اشنو انواع, what kinds of, what types of, what sorts of, "
        "شنو عندكم, شنو عدكم, شنو عندك, شو عندكم, شو عندكن, شو في عندكم, شو في عندكن, شو فيه "
        "عندكم, ايش عندكم, وش عندكم, وش عندك, ويش عندكم, ما عندكم, ماذا عندكم, ايه عندكم, عندكم "
        "ايه, عندكو ايه, ايه اللي عندكم, ايه اللي عندكو, اللي عندك, اللي عندكم, اللي عندكو, يلي "
        "عندكن, اللي عندكن, اشنو عندكم, شنو كاين, اش عندكم, واش عندكم, شنوة عندكم, اش كاين, شنو "
        "موجود, شو موجود, ايش الموجود, وش الموجود, شنو اكو, شكو عدكم, شكو عندكم, شنو تبيعون, شو "
        "بتبيعوا, شو بتبيعو, ايش تبيعون, وش تبيعون, بتبيعوا ايه, بتبيعو ايه, شنو كتبيعو, اش "
        "كتبيعو, ماذا تبيعون, ماذا لديكم, ما لديكم, ماذا يوجد لديكم, شنو المتوفر, وش المتوفر, "
        "منتجاتكم, المنتجات, البضاعة, بضاعتكم, الكتالوج, كتالوج, الموديلات, موديلاتكم, الاقسام, "
        "الاصناف, الأصناف, اصنافكم, خدماتكم, الخدمات, خدمات, المنيو, منيو, المينيو, قائمه "
        "الاسعار, قائمة الطعام, لسته الاسعار, ليسته الاسعار, ماذا تقدمون, شنو تقدمون, شو بتقدموا, "
        "شو بتعملوا, what do you have, what do you sell, what do u have, what do u sell, what you "
        "have, what you sell, what have you got, what else do you have, what products, what "
        "items, what services, what treatments, what do you offer, what can you offer, what kinds "
        "of things, catalogue, catalog, your products, your services, your items, show me what, "
        "show me your, menu, the menu, price list, collection, categories, product range, whole "
        "range, whats new, new arrivals, anything new, شو في جديد, شو الجديد, شو جديدكم, شنو "
        "الجديد, اي جديد, جديدكم, ايه الجديد, اش الجديد, في جديد"
    ),
    # Shown something, where nothing else was asked for.
    ".recommend": (
        "تنصحني, تنصحيني, تنصحوني, تنصحونا, شتنصحني, شتنصحوني, بتنصحني, بتنصحوني, بتنصحيني, "
        "تنصحنا, "
        "كتنصحوني, ترشحون, ترشحولي, ترشحوا لي, ترشيحكم, نصيحتكم, اقترحوا, اقترحولي, اقتراحاتكم, "
        "recommend, recommendation, recommendations, you suggest, suggestions, any advice"
    ),
    "price": (
        "ارخص, الارخص, ارخص منه, ارخص منها, ارخص شي, less expensive, سعر, السعر, سعره, سعرها, "
        "سعرو, سعرهم, بسعر, اسعار, اسعاركم, الاسعار, ثمن, الثمن, ثمنه, "
        "ثمنها, تمن, التمن, تمنو, الثمن ديال, بكم, بجم, بكام, كم, جم, كام, بقديش, قديش, قديه, "
        "اديش, بأديش, قداش, بقداش, قده, شكد, اشكد, شكثر, بشكد, بيش, ابيش, ابكم, شقد, بشقد, شحال, "
        "بشحال, بشحال هاد, بقد ايه, بقداه, حقه, حقها, حقو, التكلفة, تكلفه, تكلفته, كلفته, كلفه, "
        "يكلف, تكلف, بكلف, بيكلف, بتكلف, كيكلف, price, prices, pricing, priced, cost, costs, how "
        "much, how expensive, whats the damage, what do you charge for, "
        "قيمته, قيمتها, شسعره, شسعرها"
    ),
    "stock": (
        "متوفر, متوفره, متوفرين, متوفرات, متوافر, موجود, موجوده, موجودين, متاح, متاحه, عندكم, "
        "عندك, عندكو, عندكن, عندكون, عدكم, عدك, عدكن, لديكم, لديك, معكم, معكن, باقي, باقيه, بقى "
        "منه, فضل منه, خلص, خلصت, نفذ, نفد, نفدت, نزل, نزلت, نازل, يوجد, هل يوجد, كاين, كاينه, "
        "كاينين, واش كاين, واش كاينه, في منه, في منها, في عندكم, في عندكن, فيه منه, فيه عندكم, "
        "اكو, اكو عدكم, شي منه, ~توفر, تبيعون, بتبيعوا, بتبيعو, كتبيعو, تبيعو, also sell, "
        "in stock, do you also have, available, availability, do you have, do u have, "
        "do you guys have, have you got, you "
        "have, u have, you got, رجع ولا لسه, رجعت ولا لسه, نزل ولا لسه, رجع ولا بعد, نزل ولا بعد, "
        "ولا لسه, ولا لسا, back in stock, restocked, restock, any left, anything left, sold out, "
        "do you sell, do u sell, do you carry, do you stock, got any, are there any, is there "
        "any, do you have any, have any"
    ),
    "sizes": (
        "مقاس, مقاسات, مقاسه, مقاسها, مقاسو, المقاس, المقاسات, قياس, قياسات, قياسه, قياسها, "
        "قياسو, القياس, القياسات, سايز, سايزات, حجم, احجام, نمرة, نمره, نمر, size, sizes, sizing, "
        "how big, how large, how small, how wide, how tall"
    ),
    "colours": (
        "لون, الوان, الالوان, لونه, لونها, لونو, الوانه, الوانها, الوانو, الوانهم, بألوان, "
        "colour, colours, color, colors"
    ),
}

# «في صندل؟», «فيه …؟», «اكو …؟», «كاين …؟»: at the beginning, before a thing.
THERE_IS = "في, فيه, فيها, ماكو, اكو, feh, fih"

# Words for a thing that name none.
ANYTHING = (
    "around kind kinds sort sorts stuff thing things items item new today جديد جديده نهارده "
    "النهارده "
    "اليوم حاليا حاجه حاجات اشياء شي شيء اشي بضاعه انواع نوع"
)

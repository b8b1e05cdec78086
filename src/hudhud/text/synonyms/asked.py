"""What is asked of any shop, and the roots of the verbs that ask it."""

from __future__ import annotations

ASKED = """
hours دوام مواعيد اوقات ساعات يفتح open : وقت close closed closing opening تسكر تسكرو تسكروا
hours دوام مواعيد اوقات ساعات يفتح open : تسكرون بتسكر بتسكرو بتسكروا يسكر مسكر مسكرين فاتحين
location موقع عنوان فرع فروع address branch : مكان محل لوكيشن بلاصة branches where located
returns استرجاع ارجاع استبدال ترجيع تبديل return refund : مرتجع exchange
payment دفع بطاقة كاش تقسيط فيزا pay : card cards credit cash visa installments كريدي اقساط
delivery توصيل شحن shipping : ليفريزون دليفري ديليفري ship deliver courier
discount خصم خصومات تنزيلات تخفيض عروض offer : تخفيضات صولد بروموسيون promo coupon discounts sale
warranty ضمان كفالة guarantee : كارنتي كرنتي garantie
repair صيانة تصليح اصلاح : fix repairs broken
installation تركيب : install
insurance تأمين تامين : لاسورانس
booking حجز موعد احجز appointment : رونديفو ميعاد دور book reserve
wholesale جملة كميات كمية : bulk
events مناسبات افراح حفلات كميات wedding party : catering
sugar_free سكري دايت : diabetic
shelf_life صلاحية حفظ تخزين : expiry storage
allergens حساسية allergy : الرجي gluten
"""
# Roots of what a customer does or asks of us, in any person and tense, and the row it belongs to.
DEEDS = {
    "hours": "فتح قفل سد عزل غلق حل داوم شتغل عمل بلش قفول خدم سهر",
    "returns": "رجع بدل رد عوض سترد ستبدل سترجع غير",
    "payment": "دفع خلص قسط حول سدد",
    "delivery": "وصل شحن جيب بعث ودي دز صيفط ليفري",
    "repair": "صلح ضبط صاوب",
    "installation": "ركب لزق",
    "booking": "حجز",
    "الم": "وجع الم ؤلم حس",
    "shelf_life": "بقي قعد خسر خرب حفظ خزن دوم ضل",
}

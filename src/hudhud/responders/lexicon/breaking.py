"""What broke by itself, in words that no example of a complaint is made of."""

from __future__ import annotations

from hudhud.text import words

_BROKE = words("تفركع تفرقع تهرس تخسر تقطع تفرشخ تخربق تفتق تشقق تكسر تزدع تحل")
# «تفتق»: it broke, or may break; of what came it did.
BREAKS = ", ".join([*(one for one in _BROKE if one != "تحل"), "منتهي", "منتهيه"])
# «تهرسات ليه الرويضة»: of what broke by itself, and whose it was; no example of a complaint.
BROKE = ", ".join(
    f"{broke}ات, {broke}ت ل{whose}, {broke} ل{whose}"
    for broke in _BROKE
    for whose in words("يا يه يها ينا يهم ي و ها نا")
)
# «بطلت تشتغل», "stopped charging": of any machine.
BROKE += "".join(
    f", {stopped} ~{does}"
    for stopped in words("بطل بطلت بطلو توقف توقفت")
    for does in words(
        "شتغل شحن فتح قفل ضوي نور سخن برد طبع صور رن سمع لقط لف دور ستجيب صب عمل مشي سحب كنس غسل "
        "عصر طلع حس"
    )
)
BROKE += "".join(
    f", stopped {doing}"
    for doing in words("charging heating cooling spinning printing responding turning ringing")
)
BROKE += "".join(
    f", keeps {doing}"
    for doing in words("crashing freezing overheating disconnecting restarting leaking flickering")
)
# «صارت تعلق», «صار يطفي لحاله»
BROKE += "".join(
    f", {became} ~{does}"
    for became in words("صار صارت صاير صايره بدا بدات بلشت بلش")
    for does in words("علق قطع طفي فصل سرب نقط رجف")
)
# What nobody may eat or drink.
POISONED = "".join(
    f", {took}{the}{what}"
    for took in ("شرب ", "شربت ", "اكل ", "اكلت ", "بلعت ")
    for the in ("", "ال", "من ال")
    for what in words(
        "شامبو صابون معقم كلور كلوركس منظف مبيض ديتول مطهر سم مبيد صمغ غراء مزيل اسيتون معطر عطر"
    )
)
POISONED += "".join(
    f", {took}{the} {what}"
    for took in ("drank", "ate", "eaten", "drunk")
    for the in ("", " the", " some", " your", " some of the")
    for what in words(
        "shampoo soap bleach detergent cleaner perfume glue sanitizer acetone poison battery pills"
    )
)
POISONED += ", جرعه زايده, جرعه زائده, overdose, overdosed, too many pills, حبوب كثير بالغلط"

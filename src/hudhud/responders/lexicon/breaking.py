"""What broke by itself, in words that no example of a complaint is made of."""

from __future__ import annotations

from hudhud.text import words

_BROKE = words("تهرس تخسر تقطع تفرشخ تخربق تفتق تشقق تكسر تزدع تحل")
# «تفتق»: it broke, or may break; of what came it did.
BREAKS = ", ".join(one for one in _BROKE if one != "تحل")
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

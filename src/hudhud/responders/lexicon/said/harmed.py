"""Who came to harm, and by what: each verb with each whom; part of `.harm`."""

from __future__ import annotations

from hudhud.responders.lexicon.breaking import POISONED
from hudhud.text import words

# «ولدي طاح وتجرح»: who fell, and came to harm.
_FELL = "".join(
    f", {fell} {hurt}"
    for fell in words("طاح طاحت طاحو وقع وقعت وقعو")
    for hurt in words(
        "وتجرح وتجرحت وتجرحات واتجرح واتجرحت وانجرح وانجرحت وتعور وتعورت واتعور واتعورت وتاذى "
        "وتاذت وتاذات واتاذى وتكسر وتكسرت وتهرس وتهرسات وانكسرت"
    )
)
_HURT = "".join(
    f", {hurt} {whom}"
    for hurt in ("حرق", "حرقت", "حرقلي", "حرقتلي", "جرح", "جرحت", "ورم", "ورمت", "شوه", "شوهت")
    for whom in words(
        "وشي وجهي ويهي بشرتي جلدي ايدي يدي عيني عيوني شفايفي راسي رقبتي ابني بنتي ولدي"
    )
)
_HURT_ENGLISH = "".join(
    f", {hurt} {whose} {whom}"
    for hurt in ("burned", "burnt", "cut", "shocked")
    for whose in ("my", "his", "her")
    for whom in words(
        "hand hands finger fingers arm face skin scalp lip lips eye eyes leg son daughter kid baby"
    )
)
# «سوت لي حساسية», «عملتلها حساسية», «دارت ليا حساسية»
_ALLERGY = "".join(
    f", {did}{apart}{whom} حساسيه"
    for did in words("سوا سوت سوي عمل عملت دار دارت سبب سببت جاب جابت طلع طلعت صار صارت")
    for apart in ("", " ")
    for whom in words("لي له لها لنا لهم ليا ليه ليها لو لابني لولدي لبنتي")
)
_SPLINTER = ", دخلت شوكه, دخلت شوكة, splinter"
HARMED = POISONED + _FELL + _HURT + _HURT_ENGLISH + _ALLERGY + _SPLINTER

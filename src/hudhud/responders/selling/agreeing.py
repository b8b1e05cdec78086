"""Whether a batch may mean yes to what was shown, or does; pure.

Whoever obeys a product's text hears a yes where there is none, and an order binds the customer. So
a call that places one needs more than its caller's word: a batch that only asks, or only declines,
agreed to nothing. What is neither is left to who reads the conversation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hudhud.responders.lexicon import inquires, interrogates, understood
from hudhud.responders.selling.amending.vocabulary import OF_THE_CART
from hudhud.responders.selling.clauses import plain_answer
from hudhud.responders.selling.counting import number
from hudhud.responders.selling.deeds import Mark, brings, marks, nods, sends
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.traits import is_trait
from hudhud.text import arabic_spellings, stems, words

_FOR = frozenset({"yes", "confirm", "fine", "take"})
_AGAINST = frozenset({"no", "later", "cancel"})
_CHANGES = frozenset({"more", "remove", "make", "swap"})
# Once all of it was shown, who praises it, or leaves it to God, wants it so.
_PLEASED = frozenset(
    words(
        "عال عادي رائع رائعه روعه جميل جميله منيح منيحه مليح مليحه كويس كويسه عسل حبيت هيج هيك "
        "كده كدا كذا هكذا توكل توكلنا توكلو توكلوا تفضل تفضلو تفضلوا ابشر ابشري ابشروا ياريت ريت "
        "سليم سليمه مناسب مناسبه جاهز جاهزه مظبوط مزبوط مضبوطه مظبوطه صحيحه كامل كامله وهوه نفسه "
        "قبلت اقبل راضي راضيه متفق متفقين اتوكل خير بركه جيد جيده سمعا كمليه نعتمد اشطه اشطا اشطة "
        "قشطه صحا صحيت عاش يعيشك موفق موفقين مبروك بالسلامه كلشي كل nice lovely awesome excellent "
        "amazing brilliant deal agreed agree accept accepted approve approved yay super yess "
        "exactly precisely proceed send ship"
    )
)
# «بس الرقم غلط» agrees to nothing, «ماكو شي غلط» does.
_WRONG = frozenset(
    words(
        "غلط غلطه غلطان خطا خاطي مغلوط wrong incorrect mistake mistakes error errors ghalat 8alat"
    )
)
_NONE = frozenset(words("ماكو ما مافي مافيه مفيش مافيش في لا بدون بلا no nothing without not aint"))
_WORDS_MAX = 14
_TALK = frozenset({"ack", "thanks", "order", "sizes", "colours", "stock"})
_THANKS = frozenset(words("شكرا مشكور مشكوره مشكورين تسلم تسلمي thanks thank shukran chokran"))
_ONLY = frozenset(words("بس فقط only just غير"))


def consents(texts: Iterable[str], names: Names, own: Names) -> bool:
    """Whether messages agree to the order that was just shown, and do nothing besides.

    Consent is an open class: one word of it is enough when nothing is asked, refused, changed,
    counted or named beside it. What holds none of it is no yes, however kind.

    Args:
        texts: what is left of a batch.
        names: the products at hand.
        own: those that are in the cart.
    """
    batch = [text for text in texts if text.strip()]
    if any(map(interrogates, batch)):
        return False
    said = _without_wish([word for text in batch for word in words(text)])
    found = _without_first_no(said)
    if {mark.deed for mark in found} & (_AGAINST | _CHANGES) or len(said) > _WORDS_MAX:
        return False
    bare = [word.removeprefix("و") for word in said]  # «وماكو شي غلط»
    if any(word in _WRONG and _NONE.isdisjoint(bare[:at][-2:]) for at, word in enumerate(bare)):
        return False
    used = {at for mark in found for at in range(mark.start, mark.end)}
    rest = [word for at, word in enumerate(said) if at not in used]
    only = len(own.products) > 1 and not _ONLY.isdisjoint(said)
    if _ordering([word for word in rest if only or not own.word(word)], names):
        return False
    agreed = any(mark.deed in _FOR for mark in found) or any(map(_pleased, rest))
    return agreed or any(map(nods, batch))


def _without_first_no(said: Sequence[str]) -> list[Mark]:
    """The deeds named, without a no that declines more: «لا شكرا هذا كل شي، أكد»."""
    found = marks(said)
    later = [mark.deed for mark in found[1:]]
    declines = bool(found) and (found[0].deed, found[0].start) == ("no", 0)
    thanked = declines and any(word in _THANKS for word in said[1:3])
    if declines and ("done" in later or thanked) and {"done", "confirm"} & {*later}:
        return found[1:]
    return found


def _without_wish(said: list[str]) -> list[str]:
    """A batch without what is wished of its delivery: «توكلي وخلي يجيبها قبل العرس»."""
    wishes = (m for m in marks(said) if m.deed == "make" and m.end < len(said))
    at = next((m.start for m in wishes if brings(said[m.end])), len(said))
    plain = not any(mark.deed in _AGAINST | _CHANGES for mark in marks(said[at + 1 :]))
    return said[:at] if plain and not any(map(is_trait, said[at:])) else said


def may_agree(said: Iterable[str]) -> bool:
    """Whether these messages may agree to an order.

    Args:
        said: the texts of one batch.
    """
    texts = [text for text in said if text.strip()]
    heard = {mark.deed for text in texts for mark in marks(words(text))}
    if heard & _FOR or any(map(nods, texts)):
        return True
    return not (heard & _AGAINST or (texts and all(map(_only_asks, texts))))


def unclear(texts: Iterable[str], own: Names) -> bool:
    """Whether what nobody read of a reply may change what was shown, and asks nothing.

    «الثاني لأخوي غير»: the next yes is no yes to what stood there before.

    Args:
        texts: what is left of a batch.
        own: the products that are in the cart.
    """
    return any(_may_change(text, own) for text in texts)


def _may_change(text: str, own: Names) -> bool:
    said = words(text)
    if interrogates(text) or set(understood(text).meanings) - _TALK:
        return False
    changes = any(mark.deed in _CHANGES for mark in marks(said))
    changes |= any(one.among(said) for one in OF_THE_CART)
    return changes or not _ONLY.isdisjoint(said) or _ordering(said, own)


def bare_nod(text: str) -> bool:
    """Whether a text says no more than "fine", a yes or no, or a sign (👍): it asks nothing."""
    said = words(text)
    if not {"?", "؟"}.isdisjoint(text):
        return False
    return not said or plain_answer(said, marks(said))


def _ordering(said: Sequence[str], names: Names) -> bool:
    """Whether words count, measure, colour or name a thing: they change what was shown."""
    return any(
        number(word) is not None or is_trait(word) or (names.word(word) and not _pleased(word))
        for word in said
    )


def _pleased(word: str) -> bool:
    forms = (*stems(word), *(arabic_spellings(word) if word[0].isascii() else ()))
    return sends(word) or not _PLEASED.isdisjoint(forms)


def _only_asks(text: str) -> bool:
    return not {"?", "؟"}.isdisjoint(text) or inquires(text)

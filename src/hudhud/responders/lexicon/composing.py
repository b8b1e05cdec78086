"""Meanings out of the parts that were found in a message; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from hudhud.responders.lexicon.said import topics

# Beside these nothing is wrong with what came.
_CONTENT = frozenset({"thanks", "order", "price", "stock", *topics.SAID})
# What is read in a question about what may break.
_FAILING = frozenset({"returns", "warranty", "thanks", "greeting", "stock", "browse"})
# Something that is sold is asked for.
WARES = frozenset({"browse", "stock", ".recommend", ".anything"})
# Who asks for these has bought nothing yet, unless one of those is told.
_SEEKING = frozenset({"stock", "browse", "price", "sizes", "colours", "greeting", "thanks"})
_OF_A_DEAL = frozenset(
    {".bought", ".arrived", ".ordered", ".you_sent", ".paid", ".the_order", ".late", ".not_arrived"}
)
# It came, and so is no fear or rumour: «طلع غش، وش الحل».
_TOLD_OF = frozenset({".arrived", ".ordered", ".you_sent", ".paid", ".came"})
# Nothing came yet.
_SUPPOSED = frozenset({".if", ".before_buying"})
# «ارسلوا الموقع», "send me your address": nothing is ordered.
_NO_ORDER = frozenset({"wholesale", "off_topic", "location", "contact", "hours"})


def composed(found: Iterable[str], *, asks: bool = False) -> tuple[str, ...]:
    """Meanings out of what was found; a part alone (`.where`) means nothing.

    «وين» and «طلبي» ask after an order, "cancel" and "my order" cancel it. What broke is a
    complaint, unless it is asked whether it can be repaired.
    """
    parts = _widened(found)
    whole = _of_orders(parts, [one for one in found if one[0] != "."], asks=asks)
    if not _of_theirs(parts, whole, asks=asks) and _went_wrong(parts, set(whole), asks=asks):
        whole.append("complaint")
    if {".where", ".place"} <= parts and ".the_order" not in parts:
        whole.append("location")
    if "order" in whole and not _NO_ORDER.isdisjoint(whole):
        whole.remove("order")
    if asks and {".if", ".when"} <= parts:
        # «متى يصل الطلب لو طلبت اليوم»
        supposed = {"order", *["order_status"] * (".ordered" in parts)}
        whole = ["delivery" if one in supposed else one for one in whole]
    if parts & {".not_arrived", ".late"} and "person" in whole:
        whole.remove("person")  # «المندوب ما اجا»
    failing = _if_it_fails(parts, whole, asks=asks)
    # «شو بتعملوا ساعتها؟» asks for no list.
    whole = [*failing, *(one for one in whole if not (failing and one == "browse"))]
    if ".praise" in parts and not asks and "order_status" in whole:
        whole.remove("order_status")
    if ".praise" in parts and "complaint" not in whole and not asks:
        whole.append("thanks")
    whole = _of_wishes(parts, whole, asks=asks)
    if "complaint" in whole:
        # «محد يرد», «نفس الطلب»: of what is complained about.
        whole = [one for one in whole if one not in ("ack", "order")]
    whole += ["detail"] * (".bleeds" in parts)
    whole += ["person"] * (".left_behind" in parts)
    if endangers(parts, asks=asks):
        # What else is said of it can wait; of what we sold it is complained.
        whole = ["complaint" if ".bought" in parts else "person"]
    return tuple(dict.fromkeys(whole))


def endangers(found: Iterable[str], *, asks: bool = False) -> bool:
    """Whether somebody came to harm, or a body bleeds or swells on after what was done to it.

    Nobody waits for an answer then. «لثتي تنزف، اريد تنظيف» is not such; nor is to ask how long a
    swelling lasts, nor a rash of one's own for which something is looked for.

    Args:
        found: the parts of a message.
        asks: whether it is a question.
    """
    parts = set(found)
    if parts & {".if", ".fear"}:
        return False
    if ".harm" in parts or (not parts.isdisjoint({".harmed", ".wounded"}) and not asks):
        return True
    if ".wounded" in parts and ".bought" in parts:
        return True
    if ".bleeds" not in parts or ".how_long" in parts:
        return False
    told = not asks and not parts.isdisjoint({".since", ".treated"})
    return told or ".unstopped" in parts


def _of_theirs(parts: AbstractSet[str], whole: Sequence[str], *, asks: bool) -> bool:
    """Whether a trouble that is asked about is the customer's own, or only feared.

    «شعري ناشف، عندكم زيت؟», «اخاف تخرب، كم تقعد؟»: nothing of ours is wrong.
    """
    if ".remedy" in parts and parts.isdisjoint(_OF_A_DEAL):
        return True  # «بقعة على الكنب، شو يطلعها؟»
    own = ".own" in parts and not WARES.isdisjoint((*parts, *whole))
    # «اللمبة محروقة، عندكم هالوجين؟»: nothing came, and another is asked for.
    sought = "stock" in whole and _SEEKING.issuperset(whole) and parts.isdisjoint(_OF_A_DEAL)
    return ".elsewhere" in parts or (asks and (own or sought or ".fear" in parts))


def _of_wishes(parts: AbstractSet[str], whole: list[str], *, asks: bool) -> list[str]:
    """Who asks for advice is to be shown some; that nothing is wrong is a nod."""
    if ".recommend" in parts:
        # «هدية لمديرتي شو تنصحوني»: no wrapping is asked for.
        return [one for one in whole if one != "gift"] or ["browse"]
    return ["ack"] if ".no_trouble" in parts and not whole and not asks else whole


def _if_it_fails(parts: AbstractSet[str], whole: Sequence[str], *, asks: bool) -> list[str]:
    """The topics that tell what is done with what may not fit, or may break."""
    if {".if", ".not_liked"} <= parts and {"returns", "complaint"}.isdisjoint(whole):
        return ["returns"]  # «لو ما عجبني؟»
    if parts & _SUPPOSED and ".defect" in parts and asks and _FAILING.issuperset(whole):
        if parts & {".arrived", ".arrives"}:
            return ["returns"]  # «لو وصل مكسور؟»
        # «لو خرب تبدلونه؟»: under warranty, where a shop gives one.
        return ["warranty"] if "warranty" in whole else ["warranty", "returns"]
    return []


def _widened(found: Iterable[str]) -> set[str]:
    """The parts, each also as what it is a kind of."""
    parts = set(found)
    if ".how_long" in parts:
        parts.add(".when")
    if ".broke" in parts or (".breaks" in parts and parts & {".came", ".arrived"}):
        parts.add(".defect")
    if ".an_order" in parts:
        parts.add(".the_order")
    return parts


def _of_orders(parts: AbstractSet[str], whole: list[str], *, asks: bool) -> list[str]:
    """What is said of an order that was placed is no wish to place one."""
    order = ".the_order" in parts
    if {".how_long", ".an_order"} <= parts and parts.isdisjoint({".where", ".state", ".late"}):
        return [*whole, "delivery"]
    after = order and not parts.isdisjoint({".where", ".when", ".state"})
    if ".cancel" in parts or (order and ".hold" in parts):
        left = [one for one in whole if one not in ("order", "order_status")]
        return left if ".appointment" in parts else [*left, "cancel_order"]
    if after or "order_status" in parts:
        left = [one for one in whole if one not in ("order", "delivery", "price", "stock")]
        return [*left, "order_status"]
    late = parts & {".late", ".not_arrived"} or (".arrived" in parts and not asks)
    return [*whole, "order_status"] if order and not whole and not late else whole


def _went_wrong(parts: AbstractSet[str], whole: AbstractSet[str], *, asks: bool) -> bool:
    """Whether something is late or broken; who tells what came and asks nothing is not shopping."""
    chooses = ".choosing" in parts and parts.isdisjoint(_OF_A_DEAL)
    wrong = ".overpaid" in parts or (".has_problem" in parts and not chooses)
    fraud = ".fraud" in parts and (not asks or bool(parts & _TOLD_OF))
    problem = ".problem" in parts and not chooses and whole.isdisjoint(_CONTENT | {"sizes"})
    if wrong or fraud or problem:
        return True
    if ".defect" in parts and (".repair" not in parts or ".came" in parts):
        # «لو طلع خربان ارجعه؟», «القديم خرب، ابي جديد», «كيف اغسله بدون ما يخرب»: nothing is.
        supposed = bool(parts & _SUPPOSED) or "care" in whole
        return not (".old" in parts or (supposed and asks))
    if not whole.isdisjoint({"order_status", "cancel_order"}):
        return False
    if parts & {".late", ".not_arrived"}:
        return True
    if not asks and parts & {".paid", ".ordered"} and parts & {".arrived", ".you_sent"}:
        return True  # «دفعت تمن اتنين ووصلني واحد», «طلبت أبيض وبعتولي أسود»
    told = ".arrived" in parts and parts.isdisjoint({".when", ".if", ".praise"})
    return told and not asks and whole.isdisjoint(_CONTENT)

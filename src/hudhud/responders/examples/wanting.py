"""Whether something is wanted of a shop: «ابي», «حطلي», "I'd like"; pure."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.responders.lexicon.imperatives import bid
from hudhud.text import words

# Who wants or asks after a thing that is sold is a customer still: «ابي واحد اسود».
_WANTING = frozenset(
    words(
        "اريد نريد ابي نبي ابغى ابغي ابغا عايز عايزه عاوز عاوزه بدي بدنا بغيت محتاج محتاجه حاب "
        "يبي يريد يبغى بده بدها تبي تريد "
        "هاخد هاخذ باخد باخذ ناخد ناخذ عطيني اعطيني عطني هات هاتي هاتلي حطلي حطيلي ضيفلي سجلي "
        "want wants need looking abi abgha areed 3ayez 3ayza 3awez bedi badde bdi bghit baddi "
        "baddna beddi bidi abgha 3ayzin bghina bedde bede bade badi biddi bde bdy aby 3awza 3awz "
        "3ayz m7taj m7taja me7tag me7taga ba8a bagha bghina nebi nabi nabgha"
    )
)
_WOULD = frozenset(words("id would"))
_BIDS = frozenset({"want", "take", "more", "remove"})


def wants(said: Sequence[str]) -> bool:
    """Whether something is wanted, or is to be sent, added or changed for them.

    Args:
        said: the folded words of a message.
    """
    liked = "like" in said and not _WOULD.isdisjoint(said)
    asked = _WANTING.intersection(word.removeprefix("و") for word in said)
    return liked or bool(asked) or any(bid(word)[0] in _BIDS for word in said)

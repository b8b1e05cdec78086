"""Slots are shared between merchants: whoever has much waiting leaves room for whoever comes.

A slow model and a long queue of one merchant would otherwise fill every slot, and another's
customer would wait until one comes free (trap 20).
"""

from __future__ import annotations

from collections.abc import Mapping

# A merchant may take one more while it holds less than this many times what is free. Alone it
# comes to four fifths of the slots, two come to four ninths each; a newcomer finds room.
SHARE_OF_FREE = 4


def full(held: Mapping[int, int], free: int) -> list[int]:
    """The merchants that have their share.

    Args:
        held: slots in use, by merchant id.
        free: slots that are not.
    """
    return [merchant for merchant, slots in held.items() if slots >= SHARE_OF_FREE * free]


def room(held: Mapping[int, int], free: int) -> int:
    """How many may be taken at once, whichever merchants that are not full they belong to.

    Args:
        held: slots in use, by merchant id.
        free: slots that are not.
    """
    share = SHARE_OF_FREE * free
    most = max((slots for slots in held.values() if slots < share), default=0)
    # The last of them is taken while its merchant holds less than its share of what is free then.
    return -((most - share) // (SHARE_OF_FREE + 1))

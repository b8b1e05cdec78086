"""Slots are shared between merchants: whoever has much waiting leaves room for whoever comes.

A slow model and a long queue of one merchant would otherwise fill every slot, and another's
customer would wait until one comes free (trap 20).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hudhud.worker.source import Entries

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


def shared_out(
    entries: Iterable[tuple[int, int]], held: Mapping[int, int], free: int
) -> tuple[Entries, Entries]:
    """Part entries into those that get a slot now, and those that leave room for others.

    Args:
        entries: (merchant id, conversation id) pairs, in the order in which they are served.
        held: slots in use, by merchant id.
        free: slots that are not.
    """
    slots = Counter(held)
    served: Entries = []
    kept_back: Entries = []
    for entry in entries:
        if free > 0 and slots[entry[0]] < SHARE_OF_FREE * free:
            served.append(entry)
            slots[entry[0]] += 1
            free -= 1
        else:
            kept_back.append(entry)
    return served, kept_back

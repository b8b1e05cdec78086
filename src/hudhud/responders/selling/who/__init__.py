"""What stands beside the name, the telephone and the address of who orders."""

from hudhud.responders.selling.who.beside import (
    PARTS,
    asks_something,
    bids_first,
    courteous,
    denied_place,
    told_beside,
    unled,
    unpraised,
    without_courtesy,
)
from hudhud.responders.selling.who.kinds import KINDS, Kind, fields
from hudhud.responders.selling.who.things import amount, parted, tells
from hudhud.responders.selling.who.unparted import begins, behind

__all__ = [
    "KINDS",
    "PARTS",
    "Kind",
    "amount",
    "asks_something",
    "begins",
    "behind",
    "bids_first",
    "courteous",
    "denied_place",
    "fields",
    "parted",
    "tells",
    "told_beside",
    "unled",
    "unpraised",
    "without_courtesy",
]

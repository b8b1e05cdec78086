"""What stands beside the name, the telephone and the address of who orders."""

from hudhud.responders.selling.who.beside import (
    PARTS,
    asks_something,
    courteous,
    denied_place,
    unpraised,
    without_courtesy,
)

__all__ = [
    "PARTS",
    "asks_something",
    "courteous",
    "denied_place",
    "unpraised",
    "without_courtesy",
]

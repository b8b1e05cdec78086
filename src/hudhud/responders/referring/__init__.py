"""What a batch means that names nothing itself: what was spoken of, or shown, before it."""

from hudhud.responders.referring.back import overheard_after, read_on, refer_back, spoken_of
from hudhud.responders.referring.ordered import of_the_cart
from hudhud.responders.referring.priced import as_meant
from hudhud.responders.referring.shown import means_shown, shown_last

__all__ = [
    "as_meant",
    "means_shown",
    "of_the_cart",
    "overheard_after",
    "read_on",
    "refer_back",
    "shown_last",
    "spoken_of",
]

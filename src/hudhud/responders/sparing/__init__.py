"""What a thing is to be without, and what the customer has already: neither is what is wanted."""

from hudhud.responders.sparing.batch import denied, kept, spared, without
from hudhud.responders.sparing.excluded import excluded, without_excluded
from hudhud.responders.sparing.owned import for_theirs, owned, the_same

__all__ = [
    "denied",
    "excluded",
    "for_theirs",
    "kept",
    "owned",
    "spared",
    "the_same",
    "without",
    "without_excluded",
]

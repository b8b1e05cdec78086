"""All that an answer may read, before anyone is asked; see `gather`."""

from hudhud.core.context.gathering import gather
from hudhud.store.lookups import HISTORY_MAX

__all__ = ["HISTORY_MAX", "gather"]

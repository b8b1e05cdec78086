"""All that an answer may read, before anyone is asked; see `gather` and `Looking`."""

from hudhud.core.context.gathering import gather
from hudhud.core.context.looking import Looking

__all__ = ["Looking", "gather"]

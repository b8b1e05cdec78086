"""Long conversations: what no longer fits beside a batch is kept in a few sentences."""

from hudhud.core.summaries.making import make
from hudhud.core.summaries.wanting import want

__all__ = ["make", "want"]

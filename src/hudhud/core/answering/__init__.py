"""One claimed batch becomes one ending; see `answer`."""

from hudhud.core.answering.answer import answer, failed

__all__ = ["answer", "failed"]

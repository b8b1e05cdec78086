"""What an answer must be before it is sent; see `looked_over` and `vetted`."""

from hudhud.core.answering.checking.applying import looked_over
from hudhud.core.answering.checking.recording import Call, Recorded
from hudhud.core.answering.checking.vetting import Vetted, vetted

__all__ = ["Call", "Recorded", "Vetted", "looked_over", "vetted"]

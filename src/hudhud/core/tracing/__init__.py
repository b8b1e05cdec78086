"""Why this answer: the trace of each batch, kept with it and, where wished, told as spans."""

from hudhud.core.tracing.trace import Trace, current, step, tracing

__all__ = ["Trace", "current", "step", "tracing"]

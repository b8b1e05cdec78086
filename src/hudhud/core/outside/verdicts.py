"""What one call's end says about the service that was called, pure (R1)."""

from __future__ import annotations

from hudhud.core.breaker import Verdict
from hudhud.errors import HudhudError

# Whatever moment is named: after so long one call looks whether it still holds. A provider's slip
# (a date far away, a figure without end) would else close it until somebody notices.
BUSY_S_MAX = 3600.0


def verdict_of(error: BaseException | None, took_s: float) -> Verdict:
    """Judge a call: a service that refuses one request is alive, one that is late or broken is not.

    A 4xx is an answer, and no failure. A 429 that names a moment is no failure either, but nothing
    is asked before that moment, an hour at most. What was cancelled says nothing, and neither does
    a fault of our own: both are neutral.

    Args:
        error: what came instead of an answer; None for an answer.
        took_s: seconds from the first byte out to the end.
    """
    if error is None:
        return Verdict("answered", took_s)
    if isinstance(error, HudhudError):
        if error.service == "down":
            return Verdict("failed", took_s)
        if error.service == "busy" and error.retry_after_s:
            return Verdict("busy", took_s, min(error.retry_after_s, BUSY_S_MAX))
        return Verdict("answered", took_s)
    if isinstance(error, OSError | TimeoutError):
        return Verdict("failed", took_s)
    return Verdict("cancelled", took_s)

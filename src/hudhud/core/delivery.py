"""What a failed send means, pure: it did not leave, it was refused, or nobody knows (law 5)."""

from __future__ import annotations

from hudhud.core.retry import again_in_s
from hudhud.errors import SendNotMadeError, SendRejectedError
from hudhud.store.outbox import Begun, Ended

TEXT_CHARS_MAX = 500


def ending_of(row: Begun, error: BaseException, *, attempts_max: int) -> Ended:
    """Decide how a row stands after an error.

    Only what surely did not leave, or what the provider surely refused for a while, is queued
    again. Everything that we do not know is `unknown`: a status that carries our tag settles it,
    or a person — never a second blind send (Q11, trap 16).

    Args:
        row: the row that was `sending`.
        error: what came instead of the provider's id.
        attempts_max: most attempts (Q6).
    """
    code = getattr(error, "code", "") or None
    words = str(error)[:TEXT_CHARS_MAX]
    retry_after_s = getattr(error, "retry_after_s", None)
    may_retry = isinstance(error, SendNotMadeError) or (
        isinstance(error, SendRejectedError) and error.retry
    )
    if not may_retry and not isinstance(error, SendRejectedError):
        return Ended(begun=row, outcome="unknown", error_code=code, error_text=words)
    wait_s = (
        again_in_s(row.attempt, attempts_max=attempts_max, retry_after_s=retry_after_s)
        if may_retry
        else None
    )
    if wait_s is None:
        return Ended(begun=row, outcome="rejected", error_code=code, error_text=words)
    return Ended(
        begun=row, outcome="queued", error_code=code, error_text=words, retry_ms=wait_s * 1000
    )

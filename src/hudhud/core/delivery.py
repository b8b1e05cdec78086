"""What a failed send means, and how many a merchant may have under way; pure (law 5, trap 20)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from hudhud.core.retry import Dead, decide
from hudhud.core.window import CLOSED, Keeps, window_of
from hudhud.errors import Scope, SendNotMadeError, SendRejectedError
from hudhud.model import Alias, Content, Outgoing, Template
from hudhud.store.outbox import Begun, Ended

TEXT_CHARS_MAX = 500


def ending_of(row: Begun, error: BaseException, now: datetime, *, attempts_max: int) -> Ended:
    """Decide how a row stands after an error.

    Only what surely did not leave, or what the provider surely refused for a while, is queued
    again. Everything that we do not know is `unknown`: a status that carries our tag settles it,
    or a person — never a second blind send (Q11, trap 16).

    Args:
        row: the row that was `sending`.
        error: what came instead of the provider's id.
        now: the moment of the failure.
        attempts_max: most attempts that count (Q6).
    """
    code = getattr(error, "code", "") or None
    words = str(error)[:TEXT_CHARS_MAX]
    if not isinstance(error, SendNotMadeError | SendRejectedError):
        return Ended(
            begun=row,
            outcome="unknown",
            # Where we chose it, its statuses will tell (trap 16).
            external_id=getattr(error, "external_id", None),
            error_code=code,
            error_text=words,
        )
    decided = decide(
        error, row.attempt - row.spared, now, attempts_max=attempts_max, spared=row.spared
    )
    if isinstance(decided, Dead):
        return Ended(begun=row, outcome="rejected", error_code=code, error_text=words)
    return Ended(
        begun=row,
        outcome="queued",
        error_code=code,
        error_text=words,
        retry_ms=(decided.at - now).total_seconds() * 1000,
        scope=decided.scope,
        spared=not decided.counted,
    )


def outgoing_of(row: Begun, to: Alias, channel: Keeps, now: datetime) -> Outgoing:
    """What leaves for this row; whether it still may is looked at here, just before it does.

    Args:
        row: the row that is `sending`.
        to: under which name the contact is written to.
        channel: whose window it is.
        now: the moment of the send.

    Raises:
        SendRejectedError: its window closed while it waited, or what was stored cannot be read.
    """
    content = _content(row)
    by_person = row.author == "operator"
    window = window_of(channel, last_in_at=row.last_in_at, free_entry_at=row.free_entry_at, now=now)
    if not isinstance(content, Template) and not window.takes(by_person=by_person):
        raise SendRejectedError("The reply window closed before it could leave.", code=CLOSED)
    return Outgoing(
        to=to,
        text=row.text,
        tag=row.tag,
        reply_to=row.reply_to,
        content=content,
        late=window.state == "late",
    )


def _content(row: Begun) -> Content | None:
    if row.content is None:
        return None
    try:
        decoded: Content = msgspec.json.decode(row.content, type=Content)
    except (msgspec.DecodeError, RecursionError) as error:
        why = f"What was stored to be sent cannot be read: {error}"
        raise SendRejectedError(why, code="content_unreadable") from error
    return decoded


def unsent(row: Begun, why: str, *, wait_s: float = 0.0, scope: Scope = "message") -> Ended:
    """Give back a row that we never tried to send: queued again, and no attempt.

    Args:
        row: the row that was `sending`.
        why: for whoever reads the row.
        wait_s: seconds until it may begin again.
        scope: who waits with it.
    """
    return Ended(
        begun=row,
        outcome="queued",
        error_text=why,
        retry_ms=wait_s * 1000,
        scope=scope,
        spared=True,
    )

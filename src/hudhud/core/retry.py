"""The one retry decision, pure: after this failure of this attempt, when again, or never and why.

Sends and answers use the same one (Q6). Two kinds of failure are told apart: those that the message
itself may be to blame for count as attempts, and end in a dead letter; those by which a provider
slows a person, a number or an app down, keeps it out until its token is renewed, or is not to be
reached at all, do not. Nothing that waits expires for them: the queue is kept (PLATFORM_FACTS
part 6), and a line that is cut for an hour makes no dead letters.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from hudhud.errors import HudhudError, Scope, SendNotMadeError, SendRejectedError

BASE_S = 1.0
FACTOR = 4.0
LONGEST_S = 300.0
GROWS_MAX = 9
# Meta: too fast to one person waits 4^X seconds at the X-th time; we stop growing at 17 minutes.
PAIR_BASE = 4.0
PAIR_GROWS_MAX = 5
# Nobody was reached, so nobody is hurt by asking: soon enough after the line is back.
UNREACHED_S = 30.0
# A number or an app comes back within this time of the moment that was named.
SPREAD_S = 1.0


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """Try again `at`; until then `scope` waits. `counted`: it was one of the attempts."""

    at: datetime
    scope: Scope = "message"
    counted: bool = True


class Dead(msgspec.Struct, frozen=True, kw_only=True):
    """Never again by itself, and `why`: a dead letter, and a person."""

    why: str


def decide(
    error: BaseException,
    attempt: int,
    now: datetime,
    *,
    attempts_max: int,
    spared: int = 0,
    chance: Callable[[], float] = random.random,
) -> Again | Dead:
    """Decide what follows from a failure.

    Full jitter on top of what the other side asked for: a crowd that failed together must not
    come back together.

    Args:
        error: what went wrong. Its `retry_after_s` is obeyed, its `scope` says who has to wait.
        attempt: the attempt that just failed among those that count, 1 for the first.
        now: the moment of the failure.
        attempts_max: most attempts that count.
        spared: earlier tries that did not count.
        chance: from 0 to 1; a test hands in its own.
    """
    if not _may_help(error):
        return Dead(why=_sentence(error))
    asked_s = getattr(error, "retry_after_s", None) or 0.0
    scope: Scope = getattr(error, "scope", "message")
    if scope == "pair":
        wait_s = max(asked_s, PAIR_BASE ** min(attempt + spared, PAIR_GROWS_MAX))
        return Again(at=now + timedelta(seconds=wait_s), scope=scope, counted=False)
    if scope != "message":
        wait_s = asked_s + chance() * SPREAD_S
        return Again(at=now + timedelta(seconds=wait_s), scope=scope, counted=False)
    unreached = isinstance(error, SendNotMadeError)
    if attempt >= attempts_max and not unreached:
        return Dead(why=_sentence(error))
    tries = attempt + spared if unreached else attempt
    ceiling_s = min(
        UNREACHED_S if unreached else LONGEST_S, BASE_S * FACTOR ** min(tries - 1, GROWS_MAX)
    )
    at = now + timedelta(seconds=asked_s + chance() * ceiling_s)
    return Again(at=at, counted=not unreached)


def _may_help(error: BaseException) -> bool:
    if isinstance(error, SendRejectedError):
        return error.retry
    # What is none of ours was not foreseen, and may pass.
    return not (isinstance(error, HudhudError) and error.permanent)


def _sentence(error: BaseException) -> str:
    return str(error) if isinstance(error, HudhudError) else f"{type(error).__name__}: {error}"

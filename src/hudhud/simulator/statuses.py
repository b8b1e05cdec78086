"""When a sent message's statuses are told, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from hudhud.errors import BadInputError

Status = Literal["sent", "delivered", "read", "failed"]
STEPS_MAX = 16
AFTER_MS_MAX = 24 * 3600 * 1000
RANK: dict[Status, int] = {"sent": 1, "failed": 2, "delivered": 3, "read": 4}


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One status webhook: what it says, and how long after the acceptance it leaves."""

    status: Status
    after_ms: Annotated[int, msgspec.Meta(ge=0, le=AFTER_MS_MAX)]
    code: int = 131026  # of a `failed`


Script = tuple[Step, ...]

SCRIPTS: dict[str, Script] = {
    "normal": (Step("sent", 40), Step("delivered", 160), Step("read", 900)),
    "never_read": (Step("sent", 40), Step("delivered", 160)),
    "late": (Step("sent", 5_000), Step("delivered", 12_000), Step("read", 20_000)),
    "out_of_order": (Step("delivered", 60), Step("read", 150), Step("sent", 400)),
    "read_first": (Step("read", 40), Step("delivered", 300), Step("sent", 600)),
    "missing": (Step("sent", 40), Step("read", 900)),
    "none": (),
    "twice": (
        Step("sent", 40),
        Step("sent", 60),
        Step("delivered", 160),
        Step("delivered", 180),
        Step("read", 900),
        Step("read", 920),
    ),
    "failed": (Step("sent", 40), Step("failed", 200)),
    "failed_then_delivered": (Step("sent", 40), Step("failed", 200), Step("delivered", 500)),
}


class Telling(msgspec.Struct, frozen=True):
    """One status webhook with its moment (unix ms) and the stamp (unix s) that it carries."""

    status: Status
    due_ms: int
    stamp_s: int
    code: int


def script(asked: str | Sequence[Step]) -> Script:
    """The script of that name, or the steps themselves.

    Raises:
        BadInputError: no such name, or more than `STEPS_MAX` steps.
    """
    if isinstance(asked, str):
        if asked not in SCRIPTS:
            raise BadInputError(f"No script is called {asked!r}; there are: {', '.join(SCRIPTS)}.")
        return SCRIPTS[asked]
    if len(asked) > STEPS_MAX:
        raise BadInputError(f"A script has at most {STEPS_MAX} steps.")
    return tuple(asked)


def plan(steps: Script, accepted_ms: int) -> tuple[Telling, ...]:
    """Lay the script on the clock.

    Webhooks may come out of order; what they tell did not happen out of order. So each status
    carries the moment at which it truly happened: the earliest moment goes to the lowest rank.

    Args:
        steps: the script.
        accepted_ms: when Meta took the message, unix ms.
    """
    moments = sorted(step.after_ms for step in steps)
    by_rank = sorted(range(len(steps)), key=lambda place: RANK[steps[place].status])
    happened = dict(zip(by_rank, moments, strict=True))
    tellings = (
        Telling(
            step.status,
            accepted_ms + step.after_ms,
            (accepted_ms + happened[place]) // 1000,
            step.code,
        )
        for place, step in enumerate(steps)
    )
    return tuple(sorted(tellings, key=lambda telling: telling.due_ms))

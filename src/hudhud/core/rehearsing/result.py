"""What a rehearsal came to, as it is kept and shown; made in comparing.py."""

from __future__ import annotations

import msgspec


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one turn. `order` is what was ordered in it, how many by sku.

    `lost`: whoever should have answered could not (late, broken, resting): that tells nothing of
    how it answers.
    """

    text: str
    outcome: str
    reason: str = ""
    source: str = ""
    collected: dict[str, str] = {}
    tools: list[str] = []
    order: dict[str, int] = {}
    lost: bool = False


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """How many of `of` expectations held: in the worst run, the best, and on the whole."""

    held: int
    of: int
    worst: int
    best: int


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """One expectation: whether it holds with what answers now (None: not played) and the draft.

    `lost`: in half of the runs or more nobody answered for the draft.
    """

    turn: int
    what: str
    wanted: str
    before: bool | None
    after: bool
    lost: bool = False

    @property
    def regressed(self) -> bool:
        """Whether it held, and holds no more; or nobody can say, as the draft did not answer."""
        return not self.after and (bool(self.before) or self.lost)


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One turn as it was played the first time with each of them."""

    says: list[str]
    before: Played | None
    after: Played | None


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One script, with both."""

    name: str
    before: Score | None
    after: Score
    expected: list[Beside]
    exchanges: list[Exchange]


class Rehearsed(msgspec.Struct, frozen=True, kw_only=True):
    """All scripts, with both; `stopped` says why they are not all there."""

    scripts: list[Compared]
    runs: int
    stopped: str = ""

    @property
    def regressed(self) -> int:
        """How many expectations became worse."""
        return sum(one.regressed for script in self.scripts for one in script.expected)

    @property
    def failed(self) -> int:
        """How many expectations do not hold with the draft."""
        return sum(not one.after for script in self.scripts for one in script.expected)

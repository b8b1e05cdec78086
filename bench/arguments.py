"""What a run is asked to do, and the folder in which it does it."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import peers

SHORT = ("intake", "acknowledgement", "answers", "lateness", "calls", "kills", "memory")
LONG = ("slope", "waiting", "stored", "processes")
QUICK = ("intake",)
APART = ("context",)
ROUNDS = 5
_places = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The arguments of a run."""

    only: tuple[str, ...] = SHORT
    peers: tuple[str, ...] = ()
    rounds: int = ROUNDS
    quick: bool = False
    minutes: float = 60.0
    messages: int = 0
    out: Path = Path("build/bench")
    folder: Path = field(default=Path())

    def place(self, name: str) -> Path:
        """A folder of this run that nobody used before."""
        return self.folder / f"{name}-{next(_places)}"


def read(arguments: Sequence[str] | None = None) -> Chosen:
    """Read the command line.

    Args:
        arguments: without the program's name; the process's own by default.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    rows = (*SHORT, *LONG, *APART)
    parser.add_argument("--only", default="", help=f"rows, by comma: {', '.join(rows)}")
    parser.add_argument("--peers", default="", help="by comma, or `all`; none by default")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="alternating rounds")
    parser.add_argument("--quick", action="store_true", help="intake and ceiling, in two minutes")
    parser.add_argument("--long", action="store_true", help="the rows that take an hour or more")
    parser.add_argument("--minutes", type=float, default=60.0, help="of the row `slope`")
    parser.add_argument("--messages", type=int, default=0, help="of one round; 0: as the row likes")
    parser.add_argument(
        "--out", type=Path, default=Path("build/bench"), help="folder of the results"
    )
    given = parser.parse_args(arguments)
    usual = QUICK if given.quick else LONG if given.long else SHORT
    only = tuple(name for name in given.only.split(",") if name) or usual
    chosen = peers.names() if given.peers == "all" else tuple(filter(None, given.peers.split(",")))
    for unknown in (set(only) - set(rows)) | (set(chosen) - set(peers.names())):
        parser.error(f"{unknown!r} is neither a row nor a peer ({', '.join(peers.names())})")
    return Chosen(
        only=only,
        peers=chosen,
        rounds=given.rounds,
        quick=given.quick,
        minutes=given.minutes,
        messages=given.messages,
        out=given.out,
    )

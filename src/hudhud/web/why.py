"""A trace as a page draws it: what was kept, read leniently, and its steps on a line of time; pure.

Other releases keep other things; what this one does not understand is left to the raw view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import msgspec

# So wide that a step that took nothing can still be seen, in hundredths of the line.
WIDTH_MIN = 0.7
T = TypeVar("T")


class Step(msgspec.Struct, frozen=True):
    """One step as it was kept."""

    name: str
    at_ms: float = 0.0
    ms: float = 0.0
    failed: str | None = None
    told: dict[str, Any] = {}


class Asked(msgspec.Struct, frozen=True):
    """Who was asked for the answer, and what came of it."""

    responder: str
    ms: float = 0.0
    failed: str | None = None
    why: str = ""
    cost_minor: float | None = None


class Call(msgspec.Struct, frozen=True):
    """A tool that a model used; what it was given and told are JSON."""

    name: str
    arguments: str = ""
    result: str = ""
    ms: float = 0.0


class Tokens(msgspec.Struct, frozen=True):
    """What a model read and wrote."""

    tokens_in: int = 0
    tokens_out: int = 0


class Model(msgspec.Struct, frozen=True):
    """What a model was asked."""

    name: str = ""
    prompt: str = ""
    calls: tuple[Call, ...] = ()
    tokens: Tokens = Tokens()
    cost_minor: float | None = None


class Thing(msgspec.Struct, frozen=True):
    """A product, a question or a passage that the search found."""

    id: int = 0
    sku: str = ""
    topic: str = ""
    source: str = ""
    heading: str = ""
    name: tuple[str, ...] = ()
    score: float = 0.0


class Found(msgspec.Struct, frozen=True):
    """What the search found, the best first; `history` is how many earlier messages were read."""

    products: tuple[Thing, ...] = ()
    faqs: tuple[Thing, ...] = ()
    passages: tuple[Thing, ...] = ()
    history: int = 0


class Read(msgspec.Struct, frozen=True):
    """What was looked up: PostgreSQL's ms by name, and the code of what could not be read."""

    look_ups: dict[str, float] = {}
    failed: dict[str, str] = {}


class Drawn(NamedTuple):
    """A step on the line: where it begins and how wide it is, in hundredths, and its own ms."""

    name: str
    what: str
    left: float
    width: float
    ms: float
    failed: str | None


class Why(NamedTuple):
    """Everything that a page says about one answer."""

    id: str
    steps: list[Drawn]
    total_ms: float
    asked: tuple[Asked, ...]
    model: Model
    calls: tuple[Call, ...]
    found: Found
    read: Read
    cut: bool


def why(trace: Mapping[str, Any] | None, sends: Iterable[Any], claimed_at: datetime | None) -> Why:
    """Read a trace.

    Args:
        trace: of the batch; None for one that nobody traced.
        sends: messages that went out, with `sending_at` and `sent_at`.
        claimed_at: when the batch was taken; sends are drawn from there.
    """
    kept = trace or {}
    steps = _read(kept.get("steps"), tuple[Step, ...], ())
    model = _read(kept.get("model"), Model, Model())
    drawn = [*steps, *_sent(sends, claimed_at)] if steps else []
    total_ms = max((step.at_ms + step.ms for step in drawn), default=0.0)
    used = tuple(_call(step) for step in steps if step.name == "tool")
    return Why(
        id=str(kept.get("id", "")),
        steps=[_drawn(step, total_ms) for step in drawn],
        total_ms=total_ms,
        asked=_read(kept.get("asked"), tuple[Asked, ...], ()),
        model=model,
        calls=model.calls or used,
        found=_read(kept.get("found"), Found, Found()),
        read=_read(kept.get("read"), Read, Read()),
        cut=bool(kept.get("cut")),
    )


def _sent(sends: Iterable[Any], claimed_at: datetime | None) -> Iterable[Step]:
    for row in sends:
        if claimed_at and row["sending_at"] and row["sent_at"]:
            at_ms = (row["sending_at"] - claimed_at).total_seconds() * 1000
            ms = (row["sent_at"] - row["sending_at"]).total_seconds() * 1000
            yield Step("send", max(0.0, at_ms), max(0.0, ms))


def _drawn(step: Step, total_ms: float) -> Drawn:
    whole = total_ms or 1.0
    width = min(100.0, max(WIDTH_MIN, 100 * step.ms / whole))
    left = min(100 - width, 100 * step.at_ms / whole)
    what = str(step.told.get("tool") or step.told.get("responder") or "")
    return Drawn(step.name, what, round(left, 2), round(width, 2), step.ms, step.failed)


def _call(step: Step) -> Call:
    refused = step.told.get("refused")
    return Call(str(step.told.get("tool", "")), result=str(refused or ""), ms=step.ms)


def _read(value: Any, kind: type[T], otherwise: T) -> T:
    try:
        return otherwise if value is None else msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return otherwise

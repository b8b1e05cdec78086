"""The templates of one WhatsApp account: a few of our own to begin with, in Arabic and English."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

import msgspec

from hudhud.errors import BadInputError, NotFoundError
from hudhud.simulator.state import World

TEXTS_MAX = 500
Status = Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "FLAGGED", "IN_APPEAL"]
Quality = Literal["GREEN", "YELLOW", "RED", "UNKNOWN"]
Category = Literal["UTILITY", "MARKETING", "AUTHENTICATION"]


class Approved(msgspec.Struct, kw_only=True):
    """One template, as Meta's list names it."""

    id: str
    name: str
    language: str
    category: Category = "UTILITY"
    status: Status = "APPROVED"
    quality: Quality = "UNKNOWN"
    reason: str = "NONE"
    parameter_format: Literal["POSITIONAL", "NAMED"] = "POSITIONAL"
    components: list[dict[str, Any]] = []

    def listed(self) -> dict[str, Any]:
        """The entry of the list."""
        shown = {"id", "name", "language", "category", "status", "parameter_format", "components"}
        found: dict[str, Any] = msgspec.to_builtins(self)
        return {name: value for name, value in found.items() if name in shown} | {
            "quality_score": {"score": self.quality},
            "rejected_reason": self.reason,
        }


def texts_of(world: World, waba_id: str) -> list[Approved]:
    """The templates of an account; one that is asked for the first time has ours."""
    if waba_id not in world.approved:
        world.approved[waba_id] = [
            Approved(id=f"{7_000 + place}", **given) for place, given in enumerate(_sample(), 1)
        ]
    found: list[Approved] = world.approved[waba_id]
    return found


def find(world: World, waba_id: str, name: str, language: str) -> Approved | None:
    """The template of that name in that language; None when there is none."""
    both = (name, language)
    return next((t for t in texts_of(world, waba_id) if (t.name, t.language) == both), None)


def put(world: World, waba_id: str, name: str, language: str) -> Approved:
    """The same, made when it is new.

    Raises:
        BadInputError: there are TEXTS_MAX already.
    """
    found = find(world, waba_id, name, language)
    if found is None:
        known = texts_of(world, waba_id)
        if len(known) >= TEXTS_MAX:
            raise BadInputError(f"There are {TEXTS_MAX} templates already.")
        found = Approved(id=f"{9_000_000 + world.next_seq()}", name=name, language=language)
        known.append(found)
    return found


def drop(world: World, waba_id: str, name: str, language: str) -> None:
    """Delete one: the list has it no more.

    Raises:
        NotFoundError: there is none.
    """
    found = find(world, waba_id, name, language)
    if found is None:
        raise NotFoundError(f"No template {name!r} in {language!r}.")
    texts_of(world, waba_id).remove(found)


def _sample() -> list[dict[str, Any]]:
    given = files(__package__).joinpath("sample.json").read_bytes()
    return msgspec.json.decode(given, type=list[dict[str, Any]])

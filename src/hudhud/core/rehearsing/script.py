"""A script: what a customer writes, burst by burst, and what must hold of each answer; pure.

YAML, read without tags, anchors and aliases, so that no file is more than it looks.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import yaml

from hudhud.errors import BadInputError

SCRIPT_BYTES_MAX = 64 * 1024
TURNS_MAX = 30
BURST_MAX = 20
MESSAGE_CHARS_MAX = 2000
PATTERN_CHARS_MAX = 200
NAME_CHARS_MAX = 80
SCRIPTS_MAX = 50


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must hold of one answer; what is not named may be anything.

    `contains` and `lacks` are compared folded, with every script's digits alike; `matches` is a
    regular expression. `source` stands among the sources of the answer (`product:SH-01`), `tools`
    are calls that were made. `order` is what was ordered in this turn, how many by sku; `price_of`
    names a product whose price must stand in the answer.
    """

    contains: list[str] = []
    lacks: list[str] = []
    matches: str = ""
    source: str = ""
    price_of: str = ""
    collected: dict[str, str] = {}
    tools: list[str] = []
    order: dict[str, int] = {}
    handed_over: bool | None = None
    language: Literal["ar", "en"] | None = None
    chars_max: int | None = None


class Burst(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer writes before anybody answers, and what must hold of the one answer."""

    says: list[str]
    expects: Expected = Expected()


class Script(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One conversation."""

    name: str
    turns: list[Burst]


def read_script(text: str) -> Script:
    """Read a script.

    Raises:
        BadInputError: it is none, or too much of one; the detail says where.
    """
    if len(text.encode()) > SCRIPT_BYTES_MAX:
        raise BadInputError(f"A script has at most {SCRIPT_BYTES_MAX} bytes.")
    try:
        found = msgspec.convert(yaml.load(text, Loader=_Plain), Script)  # noqa: S506 - a safe loader, and less
    except yaml.YAMLError as error:
        raise BadInputError(f"This is no YAML: {_where(error)}") from None
    except msgspec.ValidationError as error:
        raise BadInputError(f"{error}.") from None
    except RecursionError:
        raise BadInputError("This is nested too deeply.") from None
    _check(found)
    return found


class _Plain(yaml.SafeLoader):  # type: ignore[misc] # no types of its own
    """Lists, mappings and plain values; two lines of aliases can mean a billion of them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose a node that is written out where it stands."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read")
        return super().compose_node(parent, index)


def _check(script: Script) -> None:
    limits = (
        (not 0 < len(script.name) <= NAME_CHARS_MAX, f"A name has 1 to {NAME_CHARS_MAX} letters."),
        (not 0 < len(script.turns) <= TURNS_MAX, f"A script has 1 to {TURNS_MAX} turns."),
        (
            any(not 0 < len(burst.says) <= BURST_MAX for burst in script.turns),
            f"A burst has 1 to {BURST_MAX} messages.",
        ),
        (
            any(len(said) > MESSAGE_CHARS_MAX for burst in script.turns for said in burst.says),
            f"A message has at most {MESSAGE_CHARS_MAX} letters.",
        ),
        (
            any(len(burst.expects.matches) > PATTERN_CHARS_MAX for burst in script.turns),
            f"A pattern has at most {PATTERN_CHARS_MAX} letters.",
        ),
    )
    for wrong, why in limits:
        if wrong:
            raise BadInputError(why)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem} (line {mark.line + 1})." if mark else f"{problem}."

"""The form of a draft, read: which responder, its options, what it collects and may use; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from hudhud.core.assistants.asked import TOOL_NAMES, asked
from hudhud.core.assistants.given import with_options
from hudhud.errors import BadInputError
from hudhud.model import Assistant, Field
from hudhud.text import latin_digits

FIELD_KINDS = ("name", "phone", "address", "choice", "text")
# Rows of the form that stand empty, for fields that are new.
ROWS_EMPTY = 2
_PARTS = ("name", "kind", "label_ar", "label_en", "question_ar", "question_en")


def typed(fields: Sequence[tuple[str, str]]) -> Callable[[Assistant], Assistant]:
    """What the form makes of a draft.

    Args:
        fields: as the browser sent them; boxes that were ticked share a name.

    Raises:
        BadInputError: what was typed could not answer.
    """
    form = dict(fields)
    ticked = [value for name, value in fields if name == "tool" and value in TOOL_NAMES]
    collected = _collected(form)

    def changed(one: Assistant) -> Assistant:
        responder = form.get("responder", one.responder)
        second = form.get("second", "") or None
        first_options = one.options if responder == one.responder else {}
        second_options = one.second_options if second == one.second_responder else {}
        return msgspec.structs.replace(
            one,
            instructions=form.get("instructions", "").replace("\r\n", "\n").strip(),
            responder=responder,
            options=_options(responder, first_options, form, "first."),
            second_responder=second,
            second_options=_options(second, second_options, form, "second.") if second else {},
            fields=collected,
            tools=None if form.get("tools") == "all" else tuple(ticked),
        )

    return changed


def choices_of(field: Field) -> str:
    """The choices of a field as people type them: a line each, ways of saying it after a colon."""
    lines = (
        f"{value}: {', '.join(ways)}" if ways else value for value, ways in field.choices.items()
    )
    return "\n".join(lines)


def _options(
    responder: str, now: dict[str, object], form: Mapping[str, str], prefix: str
) -> dict[str, object]:
    words = []
    for one in asked(responder):
        name = f"{prefix}{responder}.{one.name}"
        if one.kind == "tick" and f"{prefix}{responder}" in form:
            words.append(f"{one.name}={'yes' if name in form else 'no'}")
        elif one.kind == "secret":
            # A key that nobody types stays as it is sealed.
            words += [f"{one.name}={form[name]}"] if form.get(name, "").strip() else []
            words += [f"{one.name}="] if f"{name}.gone" in form else []
        elif name in form:
            words.append(f"{one.name}={form[name]}")
    return with_options(responder, now, words)


def _collected(form: Mapping[str, str]) -> tuple[Field, ...]:
    rows: list[tuple[float, Field]] = []
    for at in range(_rows(form)):
        told = {part: form.get(f"field.{at}.{part}", "").strip() for part in _PARTS}
        if not told["name"]:
            continue
        if told["kind"] not in FIELD_KINDS:
            raise BadInputError("A field has a kind.")
        place = latin_digits(form.get(f"field.{at}.place", "")).strip()
        field = msgspec.convert(
            {**told, "choices": _choices(form.get(f"field.{at}.choices", ""))}, Field
        )
        rows.append((float(place) if place.isdigit() else at + 1.0, field))
    return tuple(field for _, field in sorted(rows, key=lambda row: row[0]))


def _rows(form: Mapping[str, str]) -> int:
    places = [name.split(".")[1] for name in form if name.startswith("field.")]
    return max((int(place) + 1 for place in places if place.isdigit()), default=0)


def _choices(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        value, _, ways = line.partition(":")
        if value.strip():
            said = ways.replace("،", ",").split(",")
            found[value.strip()] = [way.strip() for way in said if way.strip()]
    return found

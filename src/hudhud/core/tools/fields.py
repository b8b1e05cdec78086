"""The call that keeps what a contact said about themselves, as the assistant's fields want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hudhud.core.tools.serving import Calls, Serving
from hudhud.model import Field, Refused, SaveFields
from hudhud.responders import addresses, names, telephones
from hudhud.responders.collecting import VALUE_CHARS_MAX, chosen
from hudhud.responders.consenting import Owned
from hudhud.responders.telephones import Dialling, dialling
from hudhud.store.contacts import collected


async def save_fields(serving: Serving, wanted: SaveFields) -> dict[str, str] | Refused:
    """Keep them all, or say which is unknown, unfit or nobody's words, and keep none."""
    turn = serving.turn
    by = dialling(turn.inbox, turn.history)
    values = fitted(turn.assistant.fields, wanted.fields, by)
    if isinstance(values, Refused):
        return values
    theirs, fields = Owned(turn), {field.name: field for field in turn.assistant.fields}
    if forged := [name for name, value in values.items() if not theirs.field(fields[name], value)]:
        return Refused(why="not_said", told={"fields": forged})
    if serving.memory is not None:
        serving.memory.collected |= values
        return values
    async with serving.holding() as (connection, held):
        await collected.keep(connection, held.merchant_id, held.contact_id, values)
    return values


def fitted(
    fields: Sequence[Field], said: Mapping[str, str], by: Dialling
) -> dict[str, str] | Refused:
    """The values as they are stored; pure.

    Args:
        fields: what the assistant collects.
        said: values by the name of their field.
        by: how telephone numbers are read.
    """
    known = {field.name: field for field in fields}
    unknown = sorted(said.keys() - known.keys())
    if unknown:
        return Refused(why="unknown_field", told={"unknown": unknown, "fields": sorted(known)})
    values = {name: _value(known[name], value.strip(), by) for name, value in said.items()}
    unfit = [name for name, value in values.items() if not value]
    return Refused(why="unfit_value", told=_wanted(known, unfit, by)) if unfit else values


def _value(field: Field, said: str, by: Dialling) -> str:
    if not 0 < len(said) <= VALUE_CHARS_MAX:
        return ""
    match field.kind:
        case "choice":
            return chosen(field, said)
        case "phone":
            return telephones.fitted(said, by)
        case "name":
            return said if names.plausible(said) else ""
        case "address":
            return said if addresses.pinned(said) or addresses.plausible(said) else ""
    return said


def _wanted(known: Mapping[str, Field], unfit: Sequence[str], by: Dialling) -> dict[str, object]:
    """What would fit; of a telephone number, how one is written here."""
    from hudhud.text.numbering import example  # noqa: PLC0415 - 20 ms, 3 MB

    told: dict[str, object] = {
        "fields": {name: list(known[name].choices) or known[name].kind for name in unfit},
    }
    numbers = any(known[name].kind == "phone" for name in unfit)
    return told | ({"example": shown} if numbers and (shown := example(by.country)) else {})


CALLS: Calls = {SaveFields: save_fields}

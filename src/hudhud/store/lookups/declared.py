"""What is looked up for every answer besides its batch: one declared list (P1, P2).

To add one, four small things:

1. SQL `lookup_NAME(p_conversation bigint[], p_closed bigint[]) returns table (conversation bigint,
   value jsonb)` in the .sql file of its subject: `language sql stable`, reads only, one statement
   for the whole group. It returns no row for a conversation that it has nothing to tell of, and
   does not read further where an inbox has it switched off. `p_closed` is the last message of each
   batch; what came later is not of this answer.
2. A branch of `context()` in schema/functions/context/context.sql.
3. A `LookUp` below, in `LOOKUPS`: with a default it is optional; without one an answer without it
   would be wrong, and its batch comes again.
4. A field of `Turn`, filled in core/context/gathering.py with `setting.of(NAME)`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec

from hudhud.model import Assistant, Cart, Escalation, Hours, Order, Said, Summary, TurnInbox
from hudhud.store.catalogue.stock import Versions
from hudhud.store.lookups.look_up import LookUp

HISTORY_MAX = 30


def _assistant(value: Any) -> Assistant | None:
    return None if value is None else msgspec.convert(value, Assistant)


def _said(value: Any) -> tuple[Said, ...]:
    return tuple(
        Said(id=id_, author=author, kind=kind, text=text, at=datetime.fromisoformat(at))
        for id_, author, kind, text, at in value
    )


def _collected(value: Any) -> dict[str, str]:
    return msgspec.convert(value, dict[str, str])


INBOX = LookUp(name="inbox", decode=lambda value: msgspec.convert(value, TurnInbox))
ASSISTANT = LookUp(name="assistant", decode=_assistant)
CONTACT = LookUp(name="contact", decode=str, default=str)
COLLECTED = LookUp(name="collected", decode=_collected)
HISTORY = LookUp(name="history", decode=_said)
BY_PERSON = LookUp(name="recent_by_person", decode=_said, default=tuple[Said, ...])
# Not known: the shelf asks for it itself.
SHELF: LookUp[Versions | None] = LookUp(
    name="shelf", decode=lambda value: Versions(*value), default=lambda: None
)
# Off in this inbox, or not to be read: nothing but the responder itself asks for a person.
ESCALATION: LookUp[Escalation | None] = LookUp(
    name="escalation",
    decode=lambda value: msgspec.convert(value, Escalation),
    default=lambda: None,
)
HOURS = LookUp(name="hours", decode=lambda value: msgspec.convert(value, Hours), default=Hours)
CART = LookUp(name="cart", decode=lambda value: msgspec.convert(value, Cart), default=Cart)
ORDERS = LookUp(
    name="orders",
    decode=lambda value: msgspec.convert(value, tuple[Order, ...]),
    default=tuple[Order, ...],
)

SUMMARY = LookUp(
    name="summary",
    decode=lambda value: Summary(body=value[0], upto=value[1]),
    default=Summary,
)

LOOKUPS: Final[tuple[LookUp[Any], ...]] = (
    *(INBOX, ASSISTANT, CONTACT, COLLECTED, HISTORY, BY_PERSON, SHELF, ESCALATION, HOURS),
    *(CART, ORDERS, SUMMARY),
)
NAMES: Final[tuple[str, ...]] = tuple(look_up.name for look_up in LOOKUPS)

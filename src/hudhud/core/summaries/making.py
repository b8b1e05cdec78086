"""Makes one summary, by the model that answers the conversation, out of what was said alone."""

from __future__ import annotations

import re

import msgspec

from hudhud import registry
from hudhud.core.context.window import within_tokens
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import chain, options_of, responder_service
from hudhud.core.spending.purse import Purse, price_of
from hudhud.core.summaries.wanting import MODEL
from hudhud.errors import HudhudError, ResponderFailedError
from hudhud.events import emit
from hudhud.model import Assistant, Said, Usage
from hudhud.settings import Settings
from hudhud.store.lookups import HISTORY_MAX
from hudhud.store.pool import Database
from hudhud.store.summaries import rows
from hudhud.store.summaries.rows import Wanted
from hudhud.text import latin_digits

MESSAGES_MAX = 200
DEADLINE_S = 30.0
# Shorter ones stand in most sentences; a price, a phone or an order's number does not.
_FIGURES = re.compile(r"\d{3,}")


async def make(database: Database, settings: Settings, breakers: Breakers, wanted: Wanted) -> bool:
    """Make it; False when it could not be made now, and comes again by itself.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.reading(wanted.merchant_id) as connection:
        stored = await rows.assistant_of(connection, wanted.conversation_id)
        said = await rows.said_since(
            connection, wanted.conversation_id, after=wanted.upto, limit=MESSAGES_MAX
        )
    # Half of what is looked up: so the next one is made for as many messages, not for each.
    kept = within_tokens(said, settings.history_tokens)[-HISTORY_MAX // 2 :]
    older = said[: len(said) - len(kept)]
    model = None if stored is None else _model(stored, settings)
    if not older or model is None:
        async with database.deed(wanted.merchant_id) as connection:
            await rows.give_up(connection, wanted.conversation_id)
        return True
    try:
        body = await _asked(database, settings, breakers, wanted, model, older)
    except HudhudError as error:
        emit("summary.failed", "warning", conversation=wanted.conversation_id, why=error.detail)
        return False
    if invented := _invented(body, wanted.body, older):
        # It would be told to the model as a fact from then on.
        emit("summary.invented", "warning", conversation=wanted.conversation_id, count=invented)
        return False
    async with database.deed(wanted.merchant_id) as connection:
        await rows.keep(connection, wanted, body=body, upto=older[-1].id)
    return True


def _model(stored: object, settings: Settings) -> Assistant | None:
    try:
        asked = chain(msgspec.convert(stored, Assistant), settings)
    except msgspec.ValidationError:
        return None
    return next((one for one in asked if one.responder == MODEL), None)


async def _asked(
    database: Database,
    settings: Settings,
    breakers: Breakers,
    wanted: Wanted,
    assistant: Assistant,
    older: tuple[Said, ...],
) -> str:
    options = options_of(assistant, settings)
    price, service = price_of(options), responder_service(MODEL, options)
    purse = Purse(database, settings, wanted.merchant_id, wanted.conversation_id)
    await purse.open(price)
    try:
        async with breakers.calling(service, deadline_s=DEADLINE_S):
            made: tuple[str, Usage] = await registry.adapter("responders", MODEL).summarise(
                wanted.body, older, options, deadline_s=DEADLINE_S
            )
    except ResponderFailedError as error:
        if any(error.tokens):
            usage = Usage(tokens_in=error.tokens[0], tokens_out=error.tokens[1])
            await purse.pay(options.model, usage, price)
        raise
    body, usage = made
    await purse.pay(options.model, usage, price)
    return body


def _invented(body: str, before: str, older: tuple[Said, ...]) -> int:
    """How many figures of a summary nobody said; pure."""
    source = latin_digits(" ".join([before, *(one.text for one in older)]))
    known = re.sub(r"[\s,.٬،-]", "", source)
    figures = _FIGURES.findall(re.sub(r"(?<=\d)[,.٬](?=\d)", "", latin_digits(body)))
    return sum(figure not in known for figure in figures)

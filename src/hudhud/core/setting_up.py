"""What an administrator sets up, each as one transaction: merchants, operators, inboxes, goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from hudhud import registry
from hudhud.core.access import LINK_HOURS, new_token, token_hash
from hudhud.core.assistants.asked import RESPONDERS
from hudhud.core.connecting import connect
from hudhud.core.desks import teams
from hudhud.core.secrets import Vault
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.model import Assistant, Faq, Inbox, Operator, Plan, Product
from hudhud.store import assistants, catalogue, inboxes, merchants, operators, sessions
from hudhud.store.desks import hours as opening_hours
from hudhud.store.pool import Connection, Database


async def add_merchant(
    database: Database, *, key: str, name: str, language: str, currency: str
) -> int:
    """Make a merchant and return its id.

    Raises:
        AlreadyThereError: the key is taken.
    """
    async with database.deed() as connection:
        return await merchants.add(
            connection, key=key, name=name, language=language, currency=currency
        )


async def set_country(
    database: Database, merchant_id: int, chosen: str | None, *, actor: str
) -> str:
    """Say whose numbering plan holds for phones without a code, and return whose does.

    Args:
        database: the pool.
        merchant_id: whose customers.
        chosen: two letters of ISO 3166, in any case; None: what currency and time zone say.
        actor: who says so.

    Raises:
        BadInputError: no country has these letters.
    """
    from hudhud.text.numbering import known  # noqa: PLC0415 - most commands never need the plans

    wanted = chosen.strip().upper() if chosen else None
    if wanted is not None and not known(wanted):
        raise BadInputError("A country is two letters of ISO 3166, as IQ.")
    async with database.deed(merchant_id) as connection:
        await merchants.set_country(connection, merchant_id, wanted)
        country = await merchants.country(connection, merchant_id)
    emit("country.set", merchant=merchant_id, country=country, actor=actor)
    return country


async def add_operator(
    database: Database, merchant_id: int, *, email: str, name: str, language: str
) -> int:
    """Make an operator, who comes in by a one-time link first, and return their id.

    Raises:
        AlreadyThereError: somebody has this address.
    """
    async with database.deed(merchant_id) as connection:
        return await operators.add(
            connection, merchant_id, email=email, name=name, language=language
        )


async def sign_in_link(database: Database, secret_key: str, email: str, now: datetime) -> str:
    """Make a one-time link for an operator and return its token, which is stored nowhere.

    Raises:
        NotFoundError: no operator has this address.
    """
    operator = await _operator(database, email)
    token = new_token()
    async with database.deed(operator.merchant_id) as connection:
        await operators.make_link(
            connection,
            operator.merchant_id,
            operator.id,
            token_hash=token_hash(secret_key, token),
            expires_at=now + timedelta(hours=LINK_HOURS),
        )
    return token


async def api_token(database: Database, secret_key: str, email: str, *, name: str) -> str:
    """Make an API token for an operator and return it: it is shown once and stored nowhere.

    Raises:
        NotFoundError: no operator has this address.
    """
    operator = await _operator(database, email)
    token = new_token()
    async with database.deed(operator.merchant_id) as connection:
        token_id = await sessions.add_token(
            connection,
            operator.merchant_id,
            operator.id,
            name=name,
            token_hash=token_hash(secret_key, token),
        )
    emit("token.made", token=token_id, operator=operator.id)
    return token


async def api_tokens(database: Database, email: str) -> list[dict[str, Any]]:
    """The API tokens of an operator: id, name, created_at, revoked_at.

    Raises:
        NotFoundError: no operator has this address.
    """
    operator = await _operator(database, email)
    async with database.reading(operator.merchant_id) as connection:
        return [dict(row) for row in await sessions.tokens(connection, operator.id)]


async def revoke_token(database: Database, email: str, token_id: int) -> None:
    """End an API token; the next request with it is refused.

    Raises:
        NotFoundError: no such operator, or the token is not theirs.
    """
    operator = await _operator(database, email)
    async with database.deed(operator.merchant_id) as connection:
        if not await sessions.revoke_token(connection, operator.id, token_id):
            raise NotFoundError(f"Token {token_id}.")
    emit("token.revoked", token=token_id, operator=operator.id)


async def connect_inbox(
    database: Database,
    vault: Vault,
    merchant_id: int,
    *,
    channel: str,
    name: str,
    given: Mapping[str, Any],
    assistant: str | None = None,
) -> Inbox:
    """Connect an account; the merchant's first assistant answers unless another is named.

    Raises:
        NotFoundError: no such channel or assistant.
        BadInputError: an option is missing, wrong or unknown; no value is repeated.
        AlreadyThereError: this account is connected already.
    """
    async with database.deed(merchant_id) as connection:
        known = await assistants.listed(connection, merchant_id)
        chosen = [one for one in known if assistant in (None, one.name)]
        if assistant and not chosen:
            names = ", ".join(one.name for one in known) or "none yet"
            raise NotFoundError(f"Assistant {assistant!r}. Known: {names}.")
        inbox = await connect(
            connection,
            vault,
            merchant_id=merchant_id,
            channel=channel,
            name=name,
            given=given,
            assistant_id=chosen[0].id if chosen else None,
        )
    emit("inbox.connected", inbox=inbox.id, channel=channel)
    return inbox


async def add_assistant(
    database: Database,
    merchant_id: int,
    *,
    name: str,
    responder: str,
    instructions: str,
    second_responder: str | None = None,
) -> int:
    """Make an assistant and return its id; its second responder answers when the first cannot.

    Raises:
        NotFoundError: no such responder.
        BadInputError: it is none of an assistant: an inbox's own URL is set on the inbox.
        AlreadyThereError: the merchant has one with this name.
    """
    for kind in filter(None, (responder, second_responder)):
        registry.adapter("responders", kind)
        if kind not in RESPONDERS:
            raise BadInputError(f"{kind} is set on an inbox, not on an assistant.")
    async with database.deed(merchant_id) as connection:
        return await assistants.add(
            connection,
            merchant_id,
            name=name,
            responder=responder,
            instructions=instructions,
            second_responder=second_responder,
        )


async def point_inbox(database: Database, inbox: Inbox, **options: str) -> None:
    """Change options of an inbox that are not secret."""
    async with database.deed(inbox.merchant_id) as connection:
        stored = await inboxes.by_id(connection, inbox.id)
        if stored is not None:
            await inboxes.set_options(connection, inbox.id, {**stored.options, **options})


async def seed(
    database: Database,
    vault: Vault,
    *,
    key: str,
    name: str,
    language: str,
    currency: str,
    email: str,
    products: Sequence[Product],
    faqs: Sequence[Faq],
    personas: Sequence[Assistant],
    accounts: Sequence[tuple[str, str, Mapping[str, Any]]],
    hours: Plan | None = None,
    desk: Mapping[str, str] | None = None,
) -> list[Inbox]:
    """Make a whole sample merchant, all or nothing, so that a start that was cut off starts over.

    Args:
        database: an empty installation.
        vault: seals the inbox's secrets.
        key: of the merchant.
        name: of the merchant and its first operator.
        language: `ar` or `en`.
        currency: ISO 4217.
        email: of the first operator.
        products: what it sells.
        faqs: what it answered once for all.
        personas: assistants; the first one answers every inbox.
        accounts: its inboxes: channel, name and options.
        hours: when it is open; None: it never said.
        desk: code and names of its one desk, where its operator sits.
    """
    async with database.deed() as connection:
        merchant_id = await merchants.add(
            connection, key=key, name=name, language=language, currency=currency
        )
        await merchants.act_for(connection, merchant_id)
        owner_id = await operators.add(
            connection, merchant_id, email=email, name=name, language=language
        )
        await _staffed(connection, merchant_id, owner_id, hours, desk)
        await catalogue.add_products(connection, merchant_id, products)
        await catalogue.add_faqs(connection, merchant_id, faqs)
        made = [
            await assistants.add(
                connection,
                merchant_id,
                name=one.name,
                responder=one.responder,
                instructions=one.instructions,
                options=one.options,
                fields=one.fields,
                second_responder=one.second_responder,
                second_options=one.second_options,
            )
            for one in personas
        ]
        return [
            await connect(
                connection,
                vault,
                merchant_id=merchant_id,
                channel=channel,
                name=called,
                given=given,
                assistant_id=made[0] if made else None,
            )
            for channel, called, given in accounts
        ]


async def _staffed(
    connection: Connection,
    merchant_id: int,
    owner_id: int,
    hours: Plan | None,
    desk: Mapping[str, str] | None,
) -> None:
    if hours is not None:
        await opening_hours.write(connection, merchant_id, None, hours)
    if desk is not None:
        await teams.make(connection, merchant_id, {**desk, "members": (owner_id,)})


async def _operator(database: Database, email: str) -> Operator:
    async with database.reading() as connection:
        found = await operators.by_email(connection, email)
    if found is None:
        raise NotFoundError(f"Operator {email!r}.")
    return found[0]

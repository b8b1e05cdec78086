"""To which account of its provider an inbox belongs: its templates are that account's."""

from __future__ import annotations

import msgspec

from hudhud import registry
from hudhud.core.adapters import spoken
from hudhud.core.breaker import Policy
from hudhud.core.inboxes import SCOPE
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import inbox_service
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.model import Inbox
from hudhud.store import inboxes
from hudhud.store.pool import Database
from hudhud.store.templates import syncs

TIMEOUT_S = 10.0


async def name_scope(database: Database, merchant_id: int, inbox_id: int, scope: str) -> None:
    """Say to which account of the provider an inbox belongs, and ask for its templates.

    Raises:
        NotFoundError: this merchant has no such inbox, or its channel has no templates.
        BadInputError: this is no such id.
    """
    async with database.deed(merchant_id) as connection:
        stored = await inboxes.by_id(connection, inbox_id)
        if stored is None:
            raise NotFoundError(f"Inbox {inbox_id}.")
        wanted = registry.adapter("channels", stored.channel).Options
        kinds = {field.name: field.type for field in msgspec.structs.fields(wanted)}
        if SCOPE not in kinds:
            raise NotFoundError(f"{stored.channel} has no templates.")
        if not scope:
            raise BadInputError(f"{SCOPE}: is missing")
        try:
            msgspec.convert(scope, kinds[SCOPE])
        except msgspec.ValidationError as error:
            raise BadInputError(f"{SCOPE}: {error}") from None
        await inboxes.set_options(connection, inbox_id, {**stored.options, SCOPE: scope})
        await syncs.ask(connection, merchant_id, stored.channel, scope)
    emit("inbox.set", inbox=inbox_id, changed=[SCOPE])


async def find_scope(inbox: Inbox) -> str:
    """Ask the provider for the account, live.

    Raises:
        NotFoundError: its channel has no templates, or the provider does not tell.
        SendNotMadeError, SendUnknownError, SendRejectedError: what went wrong.
    """
    # Pages are drawn without an HTTP client; most never need one.
    from hudhud.core.outside.session import http_session  # noqa: PLC0415 - see above

    channel, options = spoken(inbox)
    if not hasattr(channel, "account_above"):
        raise NotFoundError(f"{inbox.channel} has no templates.")
    # A breaker of its own: a person asks now, and wants to know now.
    guard = Breakers(Policy()).calling(inbox_service(inbox.id), deadline_s=TIMEOUT_S)
    async with guard, http_session() as http:
        found: str = await channel.account_above(http, options, timeout_s=TIMEOUT_S)
    if not found:
        raise NotFoundError(f"The provider does not tell the account of {inbox.key}; name it.")
    return found

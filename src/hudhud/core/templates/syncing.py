"""Reads an account's templates from its provider, and keeps them (S8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hudhud import registry
from hudhud.core.adapters import spoken
from hudhud.core.inboxes import SCOPE
from hudhud.core.outside.breakers import Breakers
from hudhud.errors import HudhudError, NotFoundError
from hudhud.events import emit
from hudhud.model import Inbox, TemplateSeen
from hudhud.settings import Settings
from hudhud.store import inboxes
from hudhud.store.pool import Database
from hudhud.store.templates import syncs
from hudhud.store.templates.syncs import DueSync, Kept

if TYPE_CHECKING:
    import aiohttp  # a page that only asks for a sync must not load it

PAGES_MAX = 200
# A list that could not be read is asked for again after so long.
AGAIN_S = 60.0


async def sync(
    database: Database,
    breakers: Breakers,
    http: aiohttp.ClientSession,
    inbox: Inbox,
    settings: Settings,
    *,
    due: DueSync | None = None,
) -> Kept:
    """Read the whole list through one inbox, and write it in one deed.

    Args:
        database: any pool as the runtime role.
        breakers: of this process; each page is a call behind one of its own, so that a list that
            cannot be read holds up no message.
        http: the session that asks providers.
        inbox: through which; its options name the account.
        settings: timeouts, and how often this is done.
        due: as it was claimed; None: it begins here.

    Raises:
        NotFoundError: the channel has no templates, or the inbox names no account.
        SendNotMadeError, SendUnknownError, SendRejectedError, BreakerOpenError: what went wrong;
            it is kept for pages, and what was known stays.
        StoreUnavailableError: PostgreSQL is away.
    """
    scope = scope_of(inbox)
    if due is not None and due.scope != scope:
        raise NotFoundError(f"Inbox {inbox.key} belongs to another account by now.")
    if due is None:
        async with database.deed(inbox.merchant_id) as connection:
            began = await syncs.begin(connection, inbox.merchant_id, inbox.channel, scope)
        due = DueSync(
            merchant_id=inbox.merchant_id,
            inbox_id=inbox.id,
            channel=inbox.channel,
            scope=scope,
            began_at=began,
        )
    every_s = settings.template_sync_s
    try:
        seen = await _all(breakers, http, inbox, settings.send_timeout_s)
    except HudhudError as error:
        async with database.deed(inbox.merchant_id) as connection:
            again_s = min(every_s, AGAIN_S)
            await syncs.failed(connection, due, _why(error), again_s=again_s)
        emit("templates.not_synced", "warning", inbox=inbox.id, error=type(error).__name__)
        raise
    async with database.deed(inbox.merchant_id) as connection:
        kept = await syncs.keep(connection, due, seen, again_s=every_s)
    emit("templates.synced", inbox=inbox.id, count=kept.count, new=kept.new, gone=kept.gone)
    return kept


async def ask(database: Database, merchant_id: int) -> int:
    """Ask for a sync of every account of a merchant; a worker does it within seconds.

    Returns: how many accounts it has.
    """
    async with database.deed(merchant_id) as connection:
        rows = await inboxes.of_merchant(connection, merchant_id)
        scopes = {(row.channel, row.options[SCOPE]) for row in rows if row.options.get(SCOPE)}
        for channel, scope in sorted(scopes):
            await syncs.ask(connection, merchant_id, channel, scope)
    return len(scopes)


def scope_of(inbox: Inbox) -> str:
    """The account whose templates this inbox may send.

    Raises:
        NotFoundError: its channel has none, or nobody named the account.
    """
    if not hasattr(registry.adapter("channels", inbox.channel), "templates"):
        raise NotFoundError(f"{inbox.channel} has no templates.")
    scope = str(inbox.options.get(SCOPE) or "")
    if not scope:
        raise NotFoundError(
            f"Inbox {inbox.key} names no {SCOPE}: hudhud template sync {inbox.key}."
        )
    return scope


def _why(error: HudhudError) -> str:
    """What went wrong as pages tell it: a provider's code first, by which they know its words."""
    told = " ".join(filter(None, (getattr(error, "code", ""), error.detail)))
    return told or error.sentence


async def _all(
    breakers: Breakers, http: aiohttp.ClientSession, inbox: Inbox, limit_s: float
) -> list[TemplateSeen]:
    channel, options = spoken(inbox)
    found: dict[tuple[str, str], TemplateSeen] = {}
    after, asked = "", {""}
    for _ in range(PAGES_MAX):
        async with breakers.calling(f"templates/{inbox.id}", deadline_s=limit_s):
            page = await channel.templates(http, options, after=after, timeout_s=limit_s)
        found |= {(each.name, each.language): each for each in page.templates}
        after = page.after
        # A cursor that comes again would lead in a circle.
        if not after or after in asked:
            return list(found.values())
        asked.add(after)
    raise HudhudError(f"There are more than {PAGES_MAX} pages of templates.")

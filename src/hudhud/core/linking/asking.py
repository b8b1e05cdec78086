"""Asks the account of an inbox, live, whether its phone is linked and what links it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from hudhud import registry
from hudhud.core.adapters import spoken
from hudhud.core.breaker import Policy
from hudhud.core.inboxes import Inboxes
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import inbox_service
from hudhud.errors import HudhudError, NotFoundError
from hudhud.model import Inbox

if TYPE_CHECKING:  # it knows the HTTP client, which pages are drawn without
    from hudhud.channels.contract import Link

TIMEOUT_S = 6.0


class Looked(msgspec.Struct, frozen=True):
    """What the account said, or why nobody could be asked."""

    link: Link | None
    problem: str = ""


def needs_linking(channel: str) -> bool:
    """Whether the accounts of this channel are phones that have to be linked."""
    return hasattr(registry.adapter("channels", channel), "link_of")


async def look(inboxes: Inboxes, place: tuple[int, int]) -> Looked:
    """Ask about one inbox, named by its merchant and its id; a refusal is a `problem`.

    Raises:
        NotFoundError: there is no such inbox, or it needs no linking.
    """
    inbox = await inboxes.by_id(*place)
    if inbox is None or not needs_linking(inbox.channel):
        raise NotFoundError(f"Inbox {place[1]}.")
    try:
        return Looked(await link_of(inbox))
    except HudhudError as error:
        return Looked(None, error.detail or error.sentence)


async def link_of(inbox: Inbox) -> Link:
    """Ask now.

    Raises:
        SendNotMadeError, SendUnknownError, SendRejectedError: as the channel says.
    """
    channel, options = spoken(inbox)
    async with _asking(inbox) as http:
        link: Link = await channel.link_of(http, options, timeout_s=TIMEOUT_S)
    return link


async def point_webhook(inbox: Inbox, url: str) -> None:
    """Tell the account where its webhooks go; errors as `link_of`."""
    channel, options = spoken(inbox)
    async with _asking(inbox) as http:
        await channel.point_webhook(http, options, url)


@asynccontextmanager
async def _asking(inbox: Inbox) -> AsyncIterator[Any]:
    # Pages are drawn without an HTTP client; most never need one.
    from hudhud.core.outside.session import http_session  # noqa: PLC0415 - see above

    # A breaker of its own: a person asks, and a phone that is not linked has opened the other one.
    guard = Breakers(Policy()).calling(inbox_service(inbox.id), deadline_s=TIMEOUT_S * 2)
    async with guard, http_session() as http:
        yield http

"""Messenger of a Facebook page, through Meta's Graph API.

Source: PLATFORM_FACTS part 8; Meta's Messenger Platform reference.
"""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.graph import limits, signature, thread_sending
from hudhud.channels.graph.access import MADE, SECRETS, GraphAccess, PathPart
from hudhud.channels.graph.limits import MESSENGER
from hudhud.channels.graph.messaging import read_threads
from hudhud.channels.graph.thread_checking import check_thread
from hudhud.model import Alias, Content, Outgoing, Parsed
from hudhud.text import split_text

__all__ = ["FILES", "MADE", "SECRETS", "Options"]

FILES = limits.FILES_OF_MESSENGER
challenge = signature.challenge
verify = signature.verify
window_s = thread_sending.window_s
show_typing = thread_sending.show_typing
locate = thread_sending.locate


class Options(GraphAccess, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One page: the way to it, and `page_id`, as its webhooks name it."""

    page_id: PathPart


def account(options: Options) -> str:
    """Meta's id of the page."""
    return options.page_id


def parse(body: bytes) -> Parsed:
    """Every event of every entry; see `channels/graph/messaging.py`."""
    return read_threads(body, MESSENGER.alias_kind)


def parts(text: str) -> tuple[str, ...]:
    """Cut a reply into texts of at most 2000 characters, where a reader would pause."""
    return tuple(split_text(text, MESSENGER.text_max))


def checked(content: Content) -> str:
    """What pages show of this content; BadInputError when it cannot be sent."""
    return limits.shown(MESSENGER, content)


def addressee(aliases: Sequence[Alias]) -> Alias | None:
    """The newest scoped id of the person."""
    return thread_sending.newest(aliases, MESSENGER.alias_kind)


async def send(
    http: aiohttp.ClientSession, options: Options, outgoing: Outgoing, *, timeout_s: float
) -> str:
    """Send one part once and return Meta's id of it; see `channels/graph/thread_sending.py`."""
    return await thread_sending.send_into(
        http, options, account(options), outgoing, MESSENGER, timeout_s=timeout_s
    )


async def check(
    http: aiohttp.ClientSession, options: Options, *, webhook_url: str = ""
) -> list[Step]:
    """Try the account live, step by step; Meta does not tell where it sends its webhooks to."""
    del webhook_url
    return await check_thread(http, options, account(options), "id,name")

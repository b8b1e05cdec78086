"""Instagram's direct messages, through Meta's Graph API.

Source: PLATFORM_FACTS part 8; Meta's Instagram messaging reference.
"""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.graph import limits, signature, thread_sending
from hudhud.channels.graph.access import MADE, SECRETS, GraphAccess, PathPart
from hudhud.channels.graph.limits import INSTAGRAM
from hudhud.channels.graph.messaging import read_threads
from hudhud.channels.graph.thread_checking import check_thread
from hudhud.model import Alias, Content, Outgoing, Parsed
from hudhud.text import split_text
from hudhud.text.splitting import utf8_bytes

__all__ = ["FILES", "MADE", "SECRETS", "Options"]

FILES = limits.FILES_OF_INSTAGRAM
challenge = signature.challenge
verify = signature.verify
window_s = thread_sending.window_s
show_typing = thread_sending.show_typing
locate = thread_sending.locate
_OF_A_PAGE = "id,name,instagram_business_account{id,username}"


class Options(GraphAccess, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One professional account: the way to it, and `instagram_id`, as its webhooks name it.

    `api_url` is `https://graph.instagram.com` for an account without a Facebook page.
    """

    instagram_id: PathPart


def account(options: Options) -> str:
    """Meta's id of the professional account."""
    return options.instagram_id


def parse(body: bytes) -> Parsed:
    """Every event of every entry; see `channels/graph/messaging.py`."""
    return read_threads(body, INSTAGRAM.alias_kind)


def parts(text: str) -> tuple[str, ...]:
    """Cut a reply into texts of at most 1000 UTF-8 bytes (500 Arabic letters)."""
    return tuple(split_text(text, INSTAGRAM.text_max, measure=utf8_bytes))


def checked(content: Content) -> str:
    """What pages show of this content; BadInputError when it cannot be sent."""
    return limits.shown(INSTAGRAM, content)


def addressee(aliases: Sequence[Alias]) -> Alias | None:
    """The newest scoped id of the person."""
    return thread_sending.newest(aliases, INSTAGRAM.alias_kind)


async def send(
    http: aiohttp.ClientSession, options: Options, outgoing: Outgoing, *, timeout_s: float
) -> str:
    """Send one part once and return Meta's id of it; see `channels/graph/thread_sending.py`."""
    return await thread_sending.send_into(
        http, options, account(options), outgoing, INSTAGRAM, timeout_s=timeout_s
    )


async def check(
    http: aiohttp.ClientSession, options: Options, *, webhook_url: str = ""
) -> list[Step]:
    """Try the account live, step by step; Meta does not tell where it sends its webhooks to."""
    del webhook_url
    own = "user_id,username" if "graph.instagram.com" in options.api_url else _OF_A_PAGE
    return await check_thread(http, options, account(options), own)

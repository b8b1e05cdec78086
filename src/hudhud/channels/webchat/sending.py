"""Sending is storing: what the outbox calls accepted is what the visitor's browser reads."""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from hudhud.channels import storable
from hudhud.channels.contract import Located
from hudhud.channels.webchat.content import TEXT_CHARS_MAX
from hudhud.channels.webchat.options import Options
from hudhud.channels.webchat.reading import SITE_USER, VISITOR
from hudhud.model import Alias, Attachment, Files, Outgoing, Takes
from hudhud.text import split_text

FILE_BYTES_MAX = 25 * 1024 * 1024
FILES = Files(
    by="link",
    takes={kind: Takes(FILE_BYTES_MAX) for kind in ("image", "audio", "video", "document")},
)


def parts(text: str) -> tuple[str, ...]:
    """Cut a reply into texts of at most 4000 characters: longer ones nobody reads in a bubble."""
    return tuple(split_text(text, TEXT_CHARS_MAX))


def window_s(*, free_entry: bool, by_person: bool) -> float | None:  # noqa: ARG001 - the contract
    """Nobody closes our own door: there is no window."""
    return None


def addressee(aliases: Sequence[Alias]) -> Alias | None:
    """The newest name of the site's, else of the browser."""
    newest = {alias.kind: alias for alias in aliases}
    return newest.get(SITE_USER) or newest.get(VISITOR)


async def send(
    _http: aiohttp.ClientSession,
    _options: Options,
    outgoing: Outgoing,
    *,
    timeout_s: float,  # noqa: ARG001 - nothing is asked, so nothing can be late
) -> str:
    """Nothing leaves: the row itself is what the visitor reads. Its tag is the provider's id."""
    return storable.external_id(outgoing.tag)


async def show_typing(
    _http: aiohttp.ClientSession,
    _options: Options,
    _provider_message_id: str,
    *,
    timeout_s: float,
) -> None:
    """Nothing to do: the widget sees in the conversation's row that an answer is being made."""


async def locate(
    _http: aiohttp.ClientSession,
    _options: Options,
    attachment: Attachment,
    *,
    timeout_s: float,  # noqa: ARG001 - the contract
) -> Located:
    """What a visitor gave us lies in our own storage, under the key that its message names."""
    return Located(kept=attachment.source)

"""What every channel can do. A channel is one module or package here; the registry finds it.

A channel knows one provider and nothing of the rest: no database, no queue, no clock. Reading is
pure (`challenge`, `verify`, `parse`, `parts`); only `send`, `show_typing` and `check` touch the
network. `tests/contracts/test_channel_contract.py` runs on everything that the registry finds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import aiohttp
import msgspec

from hudhud.model import (
    Alias,
    Attachment,
    Content,
    Files,
    Outgoing,
    Parsed,
    TemplateForm,
    TemplatePage,
)


class Step(NamedTuple):
    """One step of a live check: whether it holds; None where that could not be found out.

    `why` names its sentence, `step.NAME.WHY` in the console's texts (Arabic and English, `values`
    filled in), which says what is and what to do next; `said` is the provider's own words.
    """

    name: str
    holds: bool | None
    why: str = "ok"
    values: Mapping[str, str] = {}
    said: str = ""


class Located(NamedTuple):
    """Where a file lies: at an address, asked with these headers, or already here.

    That is as `data`, or as `kept`, under a key of our own storage.
    """

    url: str = ""
    headers: Mapping[str, str] = {}
    data: bytes | None = None
    kept: str = ""
    mime: str = ""
    sha256: str = ""
    bytes: int | None = None


class Channel(Protocol):
    """A module that speaks one medium. `options` is always an instance of its own `Options`."""

    @property
    def Options(self) -> type[msgspec.Struct]:  # noqa: N802 - it is a class: each adapter's own
        """Everything that one account of this channel needs; unknown names are refused."""

    @property
    def SECRETS(self) -> frozenset[str]:  # noqa: N802 - it is a constant of the module
        """Names of the options that are stored encrypted and never shown."""

    @property
    def FILES(self) -> Files:  # noqa: N802 - the same
        """How a file that we keep leaves, and which are taken, by kind."""

    def account(self, options: Any) -> str:
        """The provider's own id of the account, as it stands in its webhooks."""

    def challenge(self, options: Any, query: Mapping[str, str]) -> str | None:
        """What to answer to the provider's proof-of-address request; None refuses it."""

    def verify(self, options: Any, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the provider sent these raw bytes. Constant time, never raises.

        Args:
            options: this channel's own.
            body: the raw body, exactly as it arrived.
            headers: of the request, their names in lower case.
        """

    def parse(self, body: bytes) -> Parsed:
        """Every message and status of one webhook, in its own order; pure.

        Raises:
            UnreadableWebhookError: nothing at all could be understood. Everything smaller is an
                `Unread` beside its siblings.
        """

    def parts(self, text: str) -> tuple[str, ...]:
        """Cut one reply into texts that the provider takes; () for an empty one."""

    def checked(self, content: Content) -> str:
        """What pages show of this content as words, when this channel takes it; pure.

        Raises:
            BadInputError: it does not, or a limit of the provider is broken; which one, and what
                to do.
        """

    def window_s(self, *, free_entry: bool, by_person: bool) -> float | None:
        """Seconds after the contact's last message in which free text may leave; None: always.

        Args:
            free_entry: an ad opened the conversation.
            by_person: an operator writes, not the assistant.
        """

    def addressee(self, aliases: Sequence[Alias]) -> Alias | None:
        """Under which of a contact's aliases (oldest first) to write to them; None: under none."""

    async def send(
        self, http: aiohttp.ClientSession, options: Any, outgoing: Outgoing, *, timeout_s: float
    ) -> str:
        """Send one part once and return the provider's id of it (law 5).

        Raises:
            SendNotMadeError: it did not leave.
            SendRejectedError: the provider refused it.
            SendUnknownError: it may or may not have left.
        """

    async def show_typing(
        self,
        http: aiohttp.ClientSession,
        options: Any,
        provider_message_id: str,
        *,
        timeout_s: float,
    ) -> str | None:
        """Mark a message as read and show that an answer is coming; best effort, never raises.

        Returns: who wrote it, where the provider tells that on the way; None elsewhere.
        """

    async def locate(
        self,
        http: aiohttp.ClientSession,
        options: Any,
        attachment: Attachment,
        *,
        timeout_s: float,
    ) -> Located:
        """Find out where a file that a contact sent lies; it is fetched by who asks.

        Raises:
            SendNotMadeError, SendUnknownError: not now; `retry_after_s` says when.
            SendRejectedError: the provider has no such file (any more).
        """

    async def check(
        self, http: aiohttp.ClientSession, options: Any, *, webhook_url: str
    ) -> list[Step]:
        """Try the account live, step by step; sends nothing to anybody, and never raises.

        Args:
            http: the shared session.
            options: this channel's own.
            webhook_url: where the provider should send its webhooks to.
        """


class Uploading(Protocol):
    """What a channel also defines whose files leave by `upload`."""

    async def upload(
        self,
        http: aiohttp.ClientSession,
        options: Any,
        data: bytes,
        *,
        mime: str,
        file_name: str,
        timeout_s: float,
    ) -> str:
        """Give the provider a file and return its id of it (`Media.uploaded`).

        Nobody sees an upload, so it may be repeated after any error.

        Raises:
            SendNotMadeError, SendUnknownError, SendRejectedError: as of a send.
        """


class Templating(Protocol):
    """What a channel also defines when its provider approves texts before they are sent."""

    async def templates(
        self, http: aiohttp.ClientSession, options: Any, *, after: str, timeout_s: float
    ) -> TemplatePage:
        """One page of the account's templates; `after` is empty for the first.

        Raises:
            SendNotMadeError, SendUnknownError, SendRejectedError: as of any call.
        """

    async def account_above(
        self, http: aiohttp.ClientSession, options: Any, *, timeout_s: float
    ) -> str:
        """The provider's id of what the templates of this account belong to; empty: not told.

        Raises:
            SendNotMadeError, SendUnknownError, SendRejectedError: as of any call.
        """

    def form_of(self, components: list[dict[str, Any]]) -> TemplateForm:
        """What is read and what is filled in one of them; pure, never raises."""


class Making(Protocol):
    """What a channel also defines when one of its options is ours to make."""

    @property
    def MADE(self) -> frozenset[str]:  # noqa: N802 - it is a constant of the module
        """Names of those options; the provider copies what we made."""


class Redacting(Protocol):
    """What a channel also defines when its provider writes secrets into webhooks."""

    def redacted(self, body: bytes) -> bytes | None:
        """The body without them, which parses as before; it alone is logged and stored. Pure.

        None when it carries nothing for us: it is counted, and answered 200 without being stored.
        """


class Link(NamedTuple):
    """Whether the phone behind an account is linked, and what links it while it is not.

    `qr_code` is the text of the code to scan, `pairing_code` the letters to type instead.
    """

    linked: bool
    qr_code: str = ""
    pairing_code: str = ""


class Linking(Protocol):
    """What a channel also defines when its accounts are phones that have to be linked."""

    async def link_of(self, http: aiohttp.ClientSession, options: Any, *, timeout_s: float) -> Link:
        """Ask the account; errors as `send`."""

    async def point_webhook(self, http: aiohttp.ClientSession, options: Any, url: str) -> None:
        """Tell the account to send its webhooks to `url`, with our proof; errors as `send`."""


class Pacing(Protocol):
    """What a channel also defines when its accounts bear less than the installation's pace."""

    @property
    def SENDS_PER_S(self) -> float:  # noqa: N802 - it is a constant of the module
        """Messages a second of a new inbox; a merchant may change it."""

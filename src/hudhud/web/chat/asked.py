"""One request of a widget, after inbox, origin, pace and visitor were looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec
from starlette.requests import Request

from hudhud.core.intake.accept import Intake
from hudhud.model import Inbox
from hudhud.web.body import read_body
from hudhud.web.chat.pace import Seats
from hudhud.web.chat.refusing import Refused
from hudhud.web.chat.visitors import Visitor
from hudhud.web.console import Context

if TYPE_CHECKING:  # the adapter brings an HTTP client, which no start of the web needs
    from hudhud.channels.webchat import Options

BODY_BYTES_MAX = 128 * 1024
Told = TypeVar("Told", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks, of which inbox; `known` is nobody only where no token is needed."""

    context: Context
    intake: Intake
    seats: Seats
    request: Request
    inbox: Inbox
    options: Options
    known: Visitor | None

    @property
    def visitor(self) -> Visitor:
        """The visitor.

        Raises:
            Refused: there is no token that holds.
        """
        if self.known is None:
            raise Refused(401, "ended")
        return self.known

    async def told(self, wanted: type[Told]) -> Told:
        """What the body says.

        Raises:
            Refused: too large, or something else than wanted.
        """
        body = await read_body(self.request.scope, self.request.receive, BODY_BYTES_MAX)
        if body is None:
            raise Refused(413, "large")
        try:
            return msgspec.json.decode(body, type=wanted)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Refused(422, "misread") from None

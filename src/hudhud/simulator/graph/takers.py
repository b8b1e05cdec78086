"""Who takes what the product sends to the Graph API: one module per provider that lives there."""

from __future__ import annotations

from typing import Any, Protocol

from starlette.responses import Response

from hudhud.simulator.graph import taking, thread_taking
from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.records import Called
from hudhud.simulator.state import World


class Taker(Protocol):
    """One provider's side of `POST /{version}/{account}/messages`."""

    def describe(self, asked: dict[str, Any], called: Called, /) -> None:
        """Write into the record what this call asks; `asked` may be anything."""

    def check_send(self, body: Any, /) -> Refusal | None:
        """The first thing that this provider would refuse in a call."""

    def concerned(self, world: World, called: Called, /) -> str | None:
        """The phone that a call is about; None when it is nobody's."""

    def take(
        self,
        world: World,
        postman: Postman,
        number: Number,
        body: dict[str, Any],
        called: Called,
        /,
    ) -> Response:
        """Do what an acceptable call asks, and say what the provider says."""


TAKERS: dict[str, Taker] = {
    "whatsapp": taking,
    "instagram": thread_taking.OF_INSTAGRAM,
    "messenger": thread_taking.OF_MESSENGER,
}

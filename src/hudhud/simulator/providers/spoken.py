"""Which provider an account belongs to, and what a provider has to know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from hudhud.errors import BadInputError
from hudhud.simulator.customers.saying import Say
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers import whatsapp
from hudhud.simulator.state import Message, Phone


class Provider(Protocol):
    """One module of this folder. Pure: what it makes is carried by the postman."""

    def new_wamid(self, wa_id: str, /) -> str:
        """A message id as this provider makes them."""

    def content(self, say: Say, /) -> dict[str, Any]:
        """What a customer says or does, in the provider's shape.

        Raises:
            BadInputError: this provider has no such thing.
        """

    def message_webhook(
        self, number: Number, said: Sequence[tuple[Phone, Message]], /
    ) -> dict[str, Any]:
        """One webhook with these messages, in this order."""

    def letter(self, number: Number, raw: bytes, /) -> tuple[str, dict[str, str]]:
        """The address and the headers with which these very bytes are posted."""


PROVIDERS: dict[str, Provider] = {"whatsapp": whatsapp}


def provider_of(number: Number) -> Provider:
    """The provider of this account.

    Raises:
        BadInputError: nobody speaks it here.
    """
    try:
        return PROVIDERS[number.provider]
    except KeyError:
        raise BadInputError(f"Nobody here speaks {number.provider}.") from None

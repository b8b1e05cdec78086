"""Which provider an account belongs to, and what a provider has to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from hudhud.errors import BadInputError
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers import evolution, instagram, messenger, whatsapp
from hudhud.simulator.providers.declared import Field, Kind, form
from hudhud.simulator.providers.face import Part
from hudhud.simulator.state import Message, Phone
from hudhud.simulator.statuses import Telling


class Provider(Protocol):
    """One package of this folder. Pure: what it makes is carried by the postman.

    What the product sends is taken where the provider's own addresses are: `takers.py`.
    """

    @property
    def KINDS(self) -> Mapping[str, Kind]:  # noqa: N802 - a constant of the package
        """All that a customer, or the provider itself, can do; the page's menu in its order."""

    @property
    def MANNERS(self) -> tuple[Field, ...]:  # noqa: N802 - the same
        """What any message may carry besides: how it was forwarded, which ad it came from."""

    def new_wamid(self, wa_id: str, /) -> str:
        """A message id as this provider makes them."""

    def face(self, content: dict[str, Any], /) -> tuple[Part, ...]:
        """How a message looks on the phone, from what was said or sent."""

    def message_webhook(
        self, number: Number, said: Sequence[tuple[Phone, Message]], /
    ) -> dict[str, Any]:
        """One webhook with these things, in this order."""

    def status_webhook(
        self, number: Number, phone: Phone, sent: Message, told: Telling, /
    ) -> dict[str, Any] | None:
        """One webhook with one status of a sent message; None when this provider tells none."""

    def letter(self, number: Number, raw: bytes, /) -> tuple[str, dict[str, str]]:
        """The address and the headers with which these very bytes are posted."""


PROVIDERS: dict[str, Provider] = {
    "whatsapp": whatsapp,
    "instagram": instagram,
    "messenger": messenger,
    "evolution": evolution,
}

# Answers after which a webhook never comes again; the others' providers come again after any.
FINAL: dict[str, frozenset[int]] = {"evolution": frozenset({400, 401, 403, 404, 422})}


def provider_of(number: Number) -> Provider:
    """The provider of this account.

    Raises:
        BadInputError: nobody speaks it here.
    """
    try:
        return PROVIDERS[number.provider]
    except KeyError:
        raise BadInputError(f"Nobody here speaks {number.provider}.") from None


def kind_of(number: Number, kind: str) -> Kind:
    """What the provider of this account knows by that name.

    Raises:
        BadInputError: it has no such thing.
    """
    kinds = provider_of(number).KINDS
    if kind not in kinds:
        known = ", ".join(kinds)
        raise BadInputError(f"{number.provider} has no {kind!r}; there are: {known}.")
    return kinds[kind]


def face_of(number: Number, content: dict[str, Any]) -> tuple[Part, ...]:
    """How a message looks; one that was broken on purpose is a note with its type."""
    try:
        return provider_of(number).face(content)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return (Part(what="note", text=str(content.get("type", ""))),)


def forms() -> dict[str, Any]:
    """Every provider's kinds and manners, as the page draws its menu from them."""
    return {
        name: {
            "kinds": {key: form(kind) for key, kind in provider.KINDS.items()},
            "manners": provider.MANNERS,
        }
        for name, provider in PROVIDERS.items()
    }

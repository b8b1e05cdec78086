"""What one WhatsApp number needs to be an inbox."""

from __future__ import annotations

from hudhud.channels.graph.access import MADE, SECRETS, GraphAccess, PathPart, ScopeId

__all__ = ["MADE", "SECRETS", "Options", "account"]


class Options(GraphAccess, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One WhatsApp number: the way to it, and `phone_number_id`, Meta's id of it.

    `waba_id` is Meta's id of the WhatsApp Business Account that the number belongs to; without it
    everything works but the account's message templates.
    """

    phone_number_id: PathPart
    waba_id: ScopeId = ""


def account(options: Options) -> str:
    """Meta's id of the number, as `metadata.phone_number_id` names it in webhooks."""
    return options.phone_number_id

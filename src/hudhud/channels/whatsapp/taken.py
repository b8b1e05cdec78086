"""What WhatsApp takes beside words."""

from __future__ import annotations

from hudhud.errors import BadInputError
from hudhud.model import Content


def checked(content: Content) -> str:
    """What pages show of a content that can be sent.

    Raises:
        BadInputError: it cannot be sent yet.
    """
    raise BadInputError(f"WhatsApp takes no {content.tag} yet.")

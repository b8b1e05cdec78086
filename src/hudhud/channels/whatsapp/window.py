"""How long after the contact's last message WhatsApp takes free text (PLATFORM_FACTS part 7)."""

from __future__ import annotations

WINDOW_S = 24 * 3600.0
FREE_ENTRY_WINDOW_S = 72 * 3600.0


def window_s(*, free_entry: bool, by_person: bool) -> float | None:  # noqa: ARG001 - for both
    """24 hours, by Meta's stamps; 72 when an ad or a page's button opened the conversation.

    Args:
        free_entry: an ad or a page's button opened it.
        by_person: makes no difference here.
    """
    return FREE_ENTRY_WINDOW_S if free_entry else WINDOW_S

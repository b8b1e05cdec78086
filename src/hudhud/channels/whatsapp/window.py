"""How long after the contact's last message WhatsApp takes free text (PLATFORM_FACTS part 7)."""

from __future__ import annotations

DAY_S = 86_400.0


def window_s(*, free_entry: bool, by_person: bool) -> float | None:  # noqa: ARG001 - one for both
    """A day; three after an ad or a page's button. Templates need no window.

    Args:
        free_entry: an ad opened the conversation.
        by_person: makes no difference here.
    """
    return 3 * DAY_S if free_entry else DAY_S

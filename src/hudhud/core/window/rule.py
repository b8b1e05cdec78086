"""The window in which a channel takes free text: open until when, closed, or none at all. Pure.

It runs on the provider's stamp of the contact's last message, never on ours: a webhook that came
twenty hours late leaves four (S8, PLATFORM_FACTS parts 7 and 8). Our own messages do not extend it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

# What a send is called that was not made because its window had closed.
CLOSED = "window_closed"
# This long before its end a page warns.
WARN_S = 3600.0

State = Literal["always", "open", "late", "closed"]


class Keeps(Protocol):
    """A channel, as far as windows go (`channels.contract`)."""

    def window_s(self, *, free_entry: bool, by_person: bool) -> float | None:
        """Seconds after the contact's last message; None: always."""


class Window(NamedTuple):
    """How free text stands: `late` is a second window, in which only a person writes.

    `until` is when this state ends; None for `always`, and for `closed` when nobody ever wrote.
    """

    state: State
    until: datetime | None = None

    def takes(self, *, by_person: bool) -> bool:
        """Whether free text of this author may leave now."""
        return self.state in ("always", "open") or (self.state == "late" and by_person)

    def ends_soon(self, now: datetime) -> bool:
        """Whether it is open and closes within WARN_S."""
        if self.until is None or self.state not in ("open", "late"):
            return False
        return (self.until - now).total_seconds() <= WARN_S


def window_of(
    channel: Keeps,
    *,
    last_in_at: datetime | None,
    free_entry_at: datetime | None,
    now: datetime,
) -> Window:
    """How the window of one conversation stands.

    Args:
        channel: whose rule it is.
        last_in_at: the provider's stamp of the contact's last message; None: never wrote.
        free_entry_at: the provider's stamp of the message that an ad opened; None: none did.
        now: the moment that is asked about.
    """
    if channel.window_s(free_entry=False, by_person=False) is None:
        return Window("always")
    first = _until(channel, last_in_at, free_entry_at, by_person=False)
    if first is not None and now < first:
        return Window("open", first)
    second = _until(channel, last_in_at, free_entry_at, by_person=True)
    if second is not None and now < second:
        return Window("late", second)
    return Window("closed", second)


class Ended(NamedTuple):
    """How long the window was that ended last, in seconds, and whether an ad had opened it."""

    span_s: float
    by_ad: bool


def ended(
    channel: Keeps, *, last_in_at: datetime | None, free_entry_at: datetime | None
) -> Ended | None:
    """Which window it was that closed last for a person; None when nobody ever wrote.

    Args:
        channel: whose rule it is.
        last_in_at: the provider's stamp of the contact's last message; None: never wrote.
        free_entry_at: the provider's stamp of the message that an ad opened; None: none did.
    """
    spans = [
        (at, channel.window_s(free_entry=by_ad, by_person=True) or 0.0, by_ad)
        for at, by_ad in ((last_in_at, False), (free_entry_at, True))
        if at is not None
    ]
    if not spans:
        return None
    _, span_s, by_ad = max(spans, key=lambda span: span[0] + timedelta(seconds=span[1]))
    return Ended(span_s, by_ad)


def _until(
    channel: Keeps, last_in_at: datetime | None, free_entry_at: datetime | None, *, by_person: bool
) -> datetime | None:
    ends = [
        at + timedelta(seconds=channel.window_s(free_entry=free_entry, by_person=by_person) or 0.0)
        for at, free_entry in ((last_in_at, False), (free_entry_at, True))
        if at is not None
    ]
    return max(ends, default=None)

"""The time zone of a merchant, by its name in the world's table."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from hudhud.errors import BadInputError

_UTC = ZoneInfo("UTC")


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC where a stored name is not known any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _UTC


def checked_zone(name: str) -> str:
    """A name that somebody typed.

    Raises:
        BadInputError: there is no such zone.
    """
    if name not in available_timezones():
        raise BadInputError("Name a time zone as Asia/Baghdad or Africa/Cairo.")
    return name

"""A place that somebody shared, in words and numbers: what a responder reads of it."""

from __future__ import annotations

from typing import Any

_LATITUDE_MAX, _LONGITUDE_MAX = 90, 180


def place(latitude: Any, longitude: Any, *named: str) -> str:
    """Its name and address where it has them, then its coordinates: `Home, 33.312800,44.361500`.

    Args:
        latitude: as the provider tells it; what is no number on the globe is left out.
        longitude: the same.
        named: what the place is called.
    """
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError):
        north = east = float("nan")
    on_globe = abs(north) <= _LATITUDE_MAX and abs(east) <= _LONGITUDE_MAX
    told = [*named, f"{north:.6f},{east:.6f}" if on_globe else ""]
    return ", ".join(filter(None, told))

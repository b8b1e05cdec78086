"""Which site may ask: exact origins, never a star; and the headers that say so."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

PREFLIGHT_S = 600


def admitted(headers: Mapping[str, str], allowed: tuple[str, ...]) -> bool:
    """Whether a browser asks from an allowed site or from our own page.

    A request without an Origin comes from our own page (a browser says so by Sec-Fetch-Site) or
    from no browser at all, which has no visitor's token that it was not given.
    """
    origin = headers.get("origin")
    if origin is not None:
        return origin in allowed
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def own_origins(url: str, public_url: str) -> tuple[str, ...]:
    """Under which origins our own page is served: as it was asked, and as it is public."""
    found = (urlsplit(address) for address in (url, public_url) if address)
    return tuple(f"{part.scheme}://{part.netloc}" for part in found)


def shared(origin: str | None) -> dict[str, str]:
    """The headers of an answer for this origin, which was admitted; no cookie is ever involved."""
    if not origin:
        return {"vary": "Origin"}
    return {
        "vary": "Origin",
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "retry-after",
    }


def preflight() -> dict[str, str]:
    """The headers of an answer to the browser's question before it asks."""
    return {
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-max-age": str(PREFLIGHT_S),
    }

"""Streams a file from an address that somebody else named; every step of it is checked (S8)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL

from hudhud.addresses import PASSAGE, Passage
from hudhud.errors import MediaRefusedError, MediaUnavailableError

REDIRECTS_MAX = 3
READ_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429})


@asynccontextmanager
async def downloading(
    http: aiohttp.ClientSession,
    url: str,
    headers: Mapping[str, str],
    *,
    trusted: frozenset[str],
    timeout_s: float,
) -> AsyncIterator[AsyncIterator[bytes]]:
    """Open a file; what is yielded are its bytes, as they come.

    Args:
        http: a `download_session`, inside of `Breakers.calling`.
        url: where it lies.
        headers: of the provider; they may hold a token, and leave with no redirect to elsewhere.
        trusted: origins (scheme, host and port) that may lie in a private network.
        timeout_s: seconds for all of it.

    Raises:
        MediaRefusedError: the address is none that we ask, or there is no such file.
        MediaUnavailableError: not now.
    """
    limit = aiohttp.ClientTimeout(total=timeout_s)
    place, told = _taken(url), dict(headers)
    for _ in range(REDIRECTS_MAX + 1):
        passage = Passage(private=str(place.origin()) in trusted)
        leave = PASSAGE.set(passage)
        try:
            async with http.get(
                place, headers=told, allow_redirects=False, timeout=limit
            ) as answer:
                if answer.status not in _REDIRECTS:
                    _refuse_wrong(answer)
                    yield _bytes(answer)
                    return
                following = _taken(answer.headers.get("location", ""), base=place)
        except aiohttp.ClientConnectorError as error:
            if passage.refused:
                raise MediaRefusedError("Its address is not a public one.") from error
            raise MediaUnavailableError(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise MediaUnavailableError(type(error).__name__) from error
        finally:
            PASSAGE.reset(leave)
        if following.origin() != place.origin():
            told = {}
        place = following
    raise MediaRefusedError(f"It is redirected more than {REDIRECTS_MAX} times.")


def _taken(url: str, *, base: URL | None = None) -> URL:
    try:
        place = base.join(URL(url)) if base is not None else URL(url)
    except ValueError:
        raise MediaRefusedError("Its address cannot be read.") from None
    if place.scheme not in {"http", "https"} or not place.host or place.user:
        raise MediaRefusedError("Its address is none of the web.")
    return place


def _refuse_wrong(answer: aiohttp.ClientResponse) -> None:
    if answer.status >= 500 or answer.status in _BUSY:  # noqa: PLR2004 - all of a class
        raise MediaUnavailableError(f"HTTP {answer.status}.")
    if answer.status != 200:  # noqa: PLR2004 - 206 and 204 are no whole files either
        raise MediaRefusedError(f"HTTP {answer.status}.")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise MediaRefusedError("It is packed in transit.")


async def _bytes(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    async for chunk in answer.content.iter_chunked(READ_BYTES):
        yield chunk

"""Posts once to an address that a merchant named, and takes back text within limits (S8, S10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from hudhud.addresses import PASSAGE, Passage, guarded_socket
from hudhud.errors import ResponderFailedError

ANSWER_BYTES_MAX = 256 * 1024
CONNECT_S = 3.0
READ_BYTES = 16 * 1024
_SERVER, _TOO_MANY, _SILENT = 500, 429, 204
_LATE = frozenset({408, 425})
_SUCCESS = range(200, 300)


class Posted(NamedTuple):
    """What came back; `silent`: the receiver says that no answer is needed."""

    text: str
    silent: bool


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    trusted: Collection[str],
    deadline_s: float,
) -> Posted:
    """Post once; no redirect is followed, and no private address is asked that nobody trusted.

    Args:
        url: whole, of the web.
        body: raw.
        headers: that prove it.
        trusted: origins that may lie in a private network.
        deadline_s: seconds for all of it.

    Raises:
        ResponderFailedError: no text came; `service` says how its server is.
    """
    import aiohttp  # noqa: PLC0415 - pages list responders, and need no HTTP client for it
    from yarl import URL  # noqa: PLC0415 - the same

    try:
        place = URL(url)
        origin = str(place.origin())
    except ValueError:
        raise ResponderFailedError("Its address cannot be read.", service="well") from None
    if place.scheme not in {"http", "https"}:
        raise ResponderFailedError("Its address is none of the web.", service="well")
    passage = Passage(private=origin in trusted)
    leave = PASSAGE.set(passage)
    limit = aiohttp.ClientTimeout(total=deadline_s, sock_connect=CONNECT_S)
    connector = aiohttp.TCPConnector(
        force_close=True, use_dns_cache=False, socket_factory=guarded_socket
    )
    try:
        async with (
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
            ) as http,
            http.post(
                place,
                data=body,
                headers={**headers, "content-type": "application/json", "accept-encoding": ""},
                allow_redirects=False,
                timeout=limit,
            ) as answered,
        ):
            _refuse_wrong(answered.status, answered.headers.get("retry-after", ""))
            return Posted(await _text(answered), answered.status == _SILENT)
    except aiohttp.ClientConnectorError as error:
        if passage.refused:
            raise ResponderFailedError(
                "Its address is not a public one; HUDHUD_WEBHOOK_TRUSTED may name it.",
                service="well",
            ) from error
        raise ResponderFailedError(type(error).__name__) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ResponderFailedError(type(error).__name__) from error
    finally:
        PASSAGE.reset(leave)


def _refuse_wrong(status: int, retry_after: str) -> None:
    if status in _SUCCESS:
        return
    detail = f"HTTP {status}."
    if status == _TOO_MANY:
        after_s = float(retry_after) if retry_after.isdecimal() else None
        raise ResponderFailedError(detail, service="busy", again=False, retry_after_s=after_s)
    down = status >= _SERVER or status in _LATE
    raise ResponderFailedError(detail, service="down" if down else "well", again=down)


async def _text(answered: object) -> str:
    import aiohttp  # noqa: PLC0415 - as above

    assert isinstance(answered, aiohttp.ClientResponse)  # noqa: S101 - its type, late
    if answered.headers.get("content-encoding", "identity") != "identity":
        raise ResponderFailedError("It is packed in transit.", service="well")
    found = bytearray()
    async for chunk in answered.content.iter_chunked(READ_BYTES):
        found += chunk
        if len(found) > ANSWER_BYTES_MAX:
            raise ResponderFailedError(
                f"Its answer has more than {ANSWER_BYTES_MAX} bytes.", service="well"
            )
    return found.decode("utf-8", "replace")

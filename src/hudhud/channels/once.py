"""One request to a provider, and the honest name of what became of it (law 5, trap 16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import aiohttp
import msgspec

from hudhud.channels.connector import WAY, Way
from hudhud.channels.patience import within
from hudhud.errors import SendNotMadeError, SendRejectedError, SendUnknownError

STATUS_SUCCESS = range(200, 300)
# There is one deadline, ours. A second one for connecting would be a timer of aiohttp's, which a
# pause of this process lets fire before the connection that came meanwhile is seen (`within`).
_UNTIMED = aiohttp.ClientTimeout()


class Answered(NamedTuple):
    """What came back: `read` is the JSON of the body, None when it is none, or too long."""

    status: int
    read: Any
    retry_after: str


async def once(
    http: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    timeout_s: float,
    bytes_max: int,
    json: dict[str, Any] | None = None,
    form: aiohttp.FormData | None = None,
    params: Mapping[str, str] | None = None,
) -> Answered:
    """Ask once; whatever was answered is the caller's to judge.

    Args:
        http: the shared session; without our `Connector` a time-out before there is a connection
            is `unknown` too.
        method: of HTTP.
        url: whole.
        headers: with what proves who asks.
        timeout_s: for everything together.
        bytes_max: of the answer.
        json: the body.
        form: the body of an upload, instead of `json`.
        params: the query.

    Raises:
        SendNotMadeError: name, connection or TLS failed, so the request did not leave.
        SendRejectedError: the address is none.
        SendUnknownError: cut or timed out after it may have left.
    """
    way = Way()
    asking = WAY.set(way)
    try:
        async with (
            within(timeout_s),
            http.request(
                method,
                url,
                headers=headers,
                json=json,
                data=form,
                params=params,
                timeout=_UNTIMED,
                # A redirect would carry the key, and the message, to another place.
                allow_redirects=False,
            ) as response,
        ):
            read = await _read(response, bytes_max)
            return Answered(response.status, read, response.headers.get("Retry-After", ""))
    except aiohttp.ClientConnectorError as error:
        raise SendNotMadeError(type(error).__name__) from error
    except aiohttp.InvalidURL as error:
        raise SendRejectedError("api_url is not an address.", code="api_url") from error
    except TimeoutError as error:
        ended = SendNotMadeError if way.connecting else SendUnknownError
        raise ended(type(error).__name__) from error
    except (aiohttp.ClientError, OSError) as error:
        raise SendUnknownError(type(error).__name__) from error
    finally:
        WAY.reset(asking)


async def _read(response: aiohttp.ClientResponse, bytes_max: int) -> Any:
    read = bytearray()
    async for chunk in response.content.iter_any():
        read += chunk
        if len(read) > bytes_max:
            return None
    try:
        return msgspec.json.decode(read)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None

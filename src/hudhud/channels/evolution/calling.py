"""One call to Evolution API, and the honest name of what became of it (law 5, trap 16)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec

from hudhud.channels import storable
from hudhud.channels.evolution.options import Options
from hudhud.channels.loose import record, words
from hudhud.channels.once import STATUS_SUCCESS, once
from hudhud.errors import (
    HudhudError,
    SendRejectedError,
    SendUnknownError,
)

RESPONSE_BYTES_MAX = 256 * 1024
DETAIL_CHARS_MAX = 300
BUSY_S = 60.0
BUSY_S_MAX = 3600
# Said before anything is sent: the phone is not linked, or its line is closed.
_NOT_CONNECTED = ("connection closed", "not connected", "instance is not open")
# Said of the request itself, before anything is sent.
_NOT_SENT = ('"exists":false', "not registered", "does not exist", "not found", "requires property")
_NOT_SENT_STATUS = frozenset({401, 403, 404, 405, 413, 415, 422})


async def call(
    http: aiohttp.ClientSession,
    options: Options,
    method: str,
    deed: str,
    *,
    timeout_s: float,
    json: dict[str, Any] | None = None,
    bytes_max: int = RESPONSE_BYTES_MAX,
) -> Any:
    """Call once and return the JSON of a success.

    Args:
        http: the shared session.
        options: of the inbox; its apikey is sent.
        method: `GET` or `POST`.
        deed: as `message/sendText`; the name of the instance is put behind it.
        timeout_s: for everything together; half of it for connecting.
        json: the body.
        bytes_max: of the answer; a longer one counts as unreadable.

    Raises:
        SendNotMadeError: name, connection or TLS failed, so the request did not leave.
        SendRejectedError: Evolution refused it before anything was sent.
        SendUnknownError: cut, timed out, or an error that may have come after the sending.
    """
    status, read, _ = await once(
        http,
        method,
        f"{options.api_url.rstrip('/')}/{deed}/{quote(options.instance_name, safe='')}",
        headers={"apikey": options.apikey},
        timeout_s=timeout_s,
        bytes_max=bytes_max,
        json=json,
    )
    if status in STATUS_SUCCESS and not _is_error(read):
        if read is None:
            raise SendUnknownError("The answer could not be read.")
        return read
    raise refusal(status, read, options.apikey)


def refusal(status: int, read: Any, apikey: str) -> HudhudError:
    """What an error means, by what it says first and by its status then.

    Evolution answers 400 also when the message left and something after it failed (its own
    database, a file store), so a 400 that says nothing known is unknown.
    """
    told = msgspec.json.encode(storable.content(read)).decode() if read is not None else ""
    told = told.replace(apikey, "…")
    low, detail = told.lower(), f"HTTP {status} {told}"[:DETAIL_CHARS_MAX].strip()
    code = f"http_{status}"
    if any(sign in low for sign in _NOT_CONNECTED):
        return SendRejectedError(detail, code="not_connected", retry=True, service="down")
    if status == 429:  # noqa: PLR2004 - too many requests
        after_s = record(read).get("retryAfter")
        wait_s = BUSY_S
        if isinstance(after_s, int) and 0 < after_s <= BUSY_S_MAX:
            wait_s = float(after_s)
        return SendRejectedError(
            detail, code=code, retry=True, retry_after_s=wait_s, scope="number", service="busy"
        )
    if status in _NOT_SENT_STATUS or any(sign in low for sign in _NOT_SENT):
        return SendRejectedError(detail, code=code)
    if status in STATUS_SUCCESS:
        return SendRejectedError(detail, code="error_in_success")
    return SendUnknownError(detail)


def _is_error(read: Any) -> bool:
    """Whether a success carries an error in its body; a message that was made has a key."""
    answer = record(read)
    failed = words(answer.get("status")).upper() == "ERROR"
    if record(answer.get("key")).get("id"):
        return failed
    code = answer.get("statusCode", answer.get("status"))
    return (
        failed
        or bool(answer.get("error"))
        or (isinstance(code, int) and code not in STATUS_SUCCESS)
    )

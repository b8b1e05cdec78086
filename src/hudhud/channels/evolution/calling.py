"""One call to Evolution API, and the honest name of what became of it (law 5, trap 16)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec

from hudhud.channels import storable
from hudhud.channels.evolution.options import Options
from hudhud.channels.loose import items, record, words
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
ACCESS_AGAIN_S = 300.0  # long enough not to hammer a wrong key, short enough after its renewal
# Said by what stands before the sending: the guards of the key and of the instance, the router, a
# proxy that takes no such body.
_NOT_SENT_STATUS = frozenset({404, 405, 413, 415, 422})
_KEY_REFUSED = frozenset({401, 403})
# How the check of a body begins its complaint.
_MALFORMED = "instance requires property"


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
    """What an error means.

    Evolution sends, stores and answers within one attempt, and answers 400 for whatever failed in
    it: a message that left, and then a database that was away, a table that "does not exist", a
    row that was "not found". "Connection Closed" is said before the sending and around it. So a
    400 or a 5xx is unknown, unless it complains of the body, or of a number without WhatsApp:
    both are looked at first.

    Source: Evolution API's sending service; its issues 978, 1247, 1772 and 2229.
    """
    told = msgspec.json.encode(storable.content(read)).decode() if read is not None else ""
    told = told.replace(apikey, "…")
    detail = f"HTTP {status} {told}"[:DETAIL_CHARS_MAX].strip()
    code = f"http_{status}"
    if status in _KEY_REFUSED:
        # The queue is kept until the key is right again.
        return SendRejectedError(
            detail, code=code, retry=True, retry_after_s=ACCESS_AGAIN_S, scope="number"
        )
    if status == 429:  # noqa: PLR2004 - too many requests
        after_s = record(read).get("retryAfter")
        wait_s = BUSY_S
        if isinstance(after_s, int) and 0 < after_s <= BUSY_S_MAX:
            wait_s = float(after_s)
        return SendRejectedError(
            detail, code=code, retry=True, retry_after_s=wait_s, scope="number", service="busy"
        )
    if status in _NOT_SENT_STATUS:
        return SendRejectedError(detail, code=code)
    if reason := _never_left(read):
        return SendRejectedError(detail, code=reason)
    if status in STATUS_SUCCESS:
        return SendRejectedError(detail, code="error_in_success")
    return SendUnknownError(detail)


def _never_left(read: Any) -> str:
    """Why it surely did not leave, as a code; "" when that is not sure."""
    complaints = items(record(record(read).get("response")).get("message"))
    for complaint in [each for part in complaints for each in (items(part) or [part])]:
        if record(complaint).get("exists") is False:
            return "no_whatsapp"
        if words(complaint).startswith(_MALFORMED):
            return "malformed"
    return ""


def _is_error(read: Any) -> bool:
    """Whether a success carries an error in its body; a message that was made has a key."""
    answer = record(read)
    failed = words(answer.get("status")).upper() == "ERROR"
    if record(answer.get("key")).get("id"):
        return failed
    code = answer.get("statusCode", answer.get("status"))
    return (
        failed
        # What Meta refused, of an instance that stands on its Cloud API, comes without `error`.
        or bool(answer.get("error") or answer.get("error_data") or answer.get("fbtrace_id"))
        or (isinstance(code, int) and code not in STATUS_SUCCESS)
    )

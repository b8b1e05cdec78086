"""One call to the Graph API, and the honest name of what became of it (law 5, CORRECTNESS 16)."""

from __future__ import annotations

from typing import Any

import aiohttp

from hudhud.channels import storable
from hudhud.channels.graph.access import GraphAccess
from hudhud.channels.graph.errors_table import UNKNOWN, Meaning, meaning
from hudhud.channels.loose import record, words
from hudhud.channels.once import STATUS_SUCCESS, once
from hudhud.errors import (
    HudhudError,
    SendRejectedError,
    SendUnknownError,
    Service,
)

RESPONSE_BYTES_MAX = 65_536
DETAIL_CHARS_MAX = 500
RETRY_AFTER_S_MAX = 3600.0
# Shorter ones mean other things than the codes of the same digits.
SUBCODE_DIGITS_MIN = 7
_STATUS_SERVER = 500
# Refused by something before Meta read it, and only for now.
_STATUS_TOO_MANY = 429
_STATUS_AGAIN = frozenset({425, _STATUS_TOO_MANY})
# The request may have been read: by 408's own definition, or because a server broke on it.
_STATUS_UNSURE = frozenset({408})


async def call(
    http: aiohttp.ClientSession,
    options: GraphAccess,
    method: str,
    path: str,
    *,
    timeout_s: float,
    json: dict[str, Any] | None = None,
    form: aiohttp.FormData | None = None,
    params: dict[str, str] | None = None,
    bytes_max: int = RESPONSE_BYTES_MAX,
) -> dict[str, Any]:
    """Call once and return the answer of a success.

    Args:
        http: the shared session.
        options: of the inbox; its token is sent.
        method: `GET` or `POST`.
        path: after `{api_url}/{api_version}/`.
        timeout_s: for everything together; half of it for connecting.
        json: the body.
        form: the body of an upload, instead of `json`.
        params: the query.
        bytes_max: of the answer; a longer one cannot be read.

    Raises:
        SendNotMadeError: name, connection or TLS failed, so the request did not leave.
        SendRejectedError: Meta answered with an error, or something before it refused.
        SendUnknownError: cut, timed out, a bare 5xx or an unreadable success after it was sent.
    """
    answered = await once(
        http,
        method,
        f"{options.api_url.rstrip('/')}/{options.api_version}/{path}",
        headers={"Authorization": f"Bearer {options.token}"},
        timeout_s=timeout_s,
        bytes_max=bytes_max,
        json=json,
        form=form,
        params=params,
    )
    body = answered.read if isinstance(answered.read, dict) else None
    return _settled(answered.status, body, _retry_after_s(answered.retry_after))


def _settled(status: int, body: dict[str, Any] | None, after_s: float | None) -> dict[str, Any]:
    """Decide from status and body; a Graph error body counts more than the status around it."""
    if body is not None and isinstance(body.get("error"), dict):
        raise _refusal(status, body["error"], after_s)
    if status >= _STATUS_SERVER or status in _STATUS_UNSURE:
        raise SendUnknownError(f"HTTP {status}")
    if status not in STATUS_SUCCESS:
        again = status in _STATUS_AGAIN
        raise SendRejectedError(
            f"HTTP {status}",
            code=f"http_{status}",
            retry=again,
            retry_after_s=after_s,
            scope="number" if status == _STATUS_TOO_MANY else "message",
            service="busy" if status == _STATUS_TOO_MANY else "well",
        )
    if body is None:
        raise SendUnknownError("The answer could not be read.")
    return body


def _refusal(status: int, error: dict[str, Any], after_s: float | None) -> HudhudError:
    code, known = _known(error)
    details = words(record(error.get("error_data")).get("details")) or words(error.get("message"))
    detail = storable.text(f"{known.sentence} {details}".strip(), DETAIL_CHARS_MAX)
    if known is UNKNOWN and status >= _STATUS_SERVER:
        # Meta's own "an unknown error occurred": the message may have left before it broke.
        return SendUnknownError(f"{code} {detail}")
    return SendRejectedError(
        detail,
        code=code,
        retry=known.retry or (known is UNKNOWN and error.get("is_transient") is True),
        retry_after_s=after_s if after_s is not None else known.retry_after_s,
        scope=known.scope,
        service=_service(known, after_s),
    )


def _known(error: dict[str, Any]) -> tuple[str, Meaning]:
    """The code that says most: on Instagram and Messenger that is the one below (10: 2018278)."""
    below = words(error.get("error_subcode"))
    if (told := meaning(below)) is not UNKNOWN and len(below) >= SUBCODE_DIGITS_MIN:
        return below, told
    code = storable.external_id(words(error.get("code")))
    return code, meaning(code)


def _service(known: Meaning, after_s: float | None) -> Service:
    """How Meta is, as the breaker counts it: a refusal is an answer, an outage told is an outage.

    A rate without a named moment is the number's pace alone, and not the breaker's business.
    """
    if known.blame == "outage":
        return "down"
    return "busy" if known.blame == "pace" and after_s is not None else "well"


def _retry_after_s(header: str) -> float | None:
    """Seconds of a Retry-After header; its date form is not used by Meta."""
    if not (header.isascii() and header.isdigit()):
        return None
    return min(float(header), RETRY_AFTER_S_MAX)

"""What went wrong, as RFC 9457 writes it: a type, a sentence, and what was wrong this time."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud.errors import (
    AlreadyThereError,
    BadInputError,
    ChangedMeanwhileError,
    DocumentRefusedError,
    HudhudError,
    NotFoundError,
    OrderStaysError,
    ProductUnfitError,
    RegressedError,
    StoreUnavailableError,
    TemplateUnfitError,
    TokenRefusedError,
    WindowClosedError,
)
from hudhud.events import emit

RETRY_AFTER_S = 5
STATUSES: dict[type[HudhudError], int] = {
    AlreadyThereError: 409,
    BadInputError: 422,
    ChangedMeanwhileError: 409,
    DocumentRefusedError: 422,
    NotFoundError: 404,
    OrderStaysError: 409,
    ProductUnfitError: 422,
    RegressedError: 409,
    StoreUnavailableError: 503,
    TemplateUnfitError: 422,
    TokenRefusedError: 401,
    WindowClosedError: 409,
}
_SENTENCES = {
    404: "There is no such address here.",
    405: "This address does not take this method.",
    413: "The body is too large.",
    429: "Too many requests; come again later.",
}


def problem(
    status: int,
    name: str,
    title: str,
    detail: str = "",
    *,
    retry_after_s: float | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """One problem as an answer.

    Args:
        status: of HTTP.
        name: stable, for programs: `not-found`.
        title: the sentence that is always true of it.
        detail: what was wrong this time.
        retry_after_s: seconds after which it may work.
        more: what a program wants to know besides.
    """
    body = {"type": f"urn:hudhud:{name}", "title": title, "status": status}
    headers = {} if retry_after_s is None else {"retry-after": str(math.ceil(retry_after_s))}
    if status == 401:  # noqa: PLR2004 - unauthorised
        headers["www-authenticate"] = "Bearer"
    return Response(
        msgspec.json.encode(body | ({"detail": detail} if detail else {}) | dict(more or {})),
        status,
        headers,
        media_type="application/problem+json",
    )


async def known(_request: Request, error: Exception) -> Response:
    """An error of Hudhud: its own sentence."""
    if not isinstance(error, HudhudError):
        raise error
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 500)
    wait_s = error.retry_after_s
    if status == 401 and wait_s is not None:  # noqa: PLR2004 - too many guesses
        status = 429
    if status == 503:  # noqa: PLR2004 - unavailable
        wait_s = RETRY_AFTER_S
    title = (type(error).__doc__ or "").strip().splitlines()[0]
    # What PostgreSQL said is for the log.
    detail = "" if status == 503 else error.detail  # noqa: PLR2004 - the same
    return problem(status, _name(type(error)), title, detail, retry_after_s=wait_s)


async def refused(_request: Request, error: Exception) -> Response:
    """What the framework refused: 404, 405, 413, 429."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(status, f"http-{status}", _SENTENCES.get(status, "This request was refused."))


async def broken(request: Request, error: Exception) -> Response:
    """A mistake of ours; recorded, and said plainly."""
    emit("page.failed", "error", path=request.url.path, error=repr(error)[:200])
    return problem(500, "fault", "This is a fault of Hudhud itself; the log shows where.")


HANDLERS = {HudhudError: known, HTTPException: refused, Exception: broken}


def _name(kind: type[HudhudError]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__.removesuffix("Error")).lower()

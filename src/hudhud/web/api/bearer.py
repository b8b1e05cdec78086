"""Who asks: `Authorization: Bearer TOKEN`, so many requests a minute; what they ask, as JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud.errors import BadInputError
from hudhud.model import Operator
from hudhud.web.api.problem import problem
from hudhud.web.asked import in_any_digits
from hudhud.web.body import read_body
from hudhud.web.console.context import Context

# Of one operator in one web process; a program that needs more asks for more at once.
REQUESTS_PER_MINUTE = 600
BODY_BYTES_MAX = 64 * 1024
ID_MAX = 2**63 - 1

Handler = Callable[[Request], Awaitable[Response]]
Asked = TypeVar("Asked")


def for_bearers(page: Handler) -> Handler:
    """Let only a valid token in; cookies count for nothing here, so no other site can ask."""

    async def guarded(request: Request) -> Response:
        doors, context = request.app.state.doors, context_of(request)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        address = request.client.host if request.client else ""
        now = context.clock()
        operator = await doors.access.bearer(
            token.strip() if kind.lower() == "bearer" else "", address=address, now=now
        )
        wait_s = doors.requests.wait_s(str(operator.id), now)
        if wait_s > 0:
            title = f"At most {REQUESTS_PER_MINUTE} requests a minute."
            return problem(429, "too-many-requests", title, retry_after_s=wait_s)
        request.state.operator = operator
        return await page(request)

    return guarded


def context_of(request: Request) -> Context:
    """What a page may use."""
    context: Context = request.app.state.context
    return context


def operator_of(request: Request) -> Operator:
    """Whose token came."""
    operator: Operator = request.state.operator
    return operator


def id_of(request: Request) -> int:
    """The id in the address.

    Raises:
        HTTPException: 404 when no row can have it.
    """
    found: int = request.path_params["id"]
    if not 0 < found <= ID_MAX:
        raise HTTPException(404)
    return found


async def body_of(request: Request, kind: type[Asked]) -> Asked:
    """The body as this type; an empty body is one without any field.

    Raises:
        BadInputError: it is not such JSON; no value of it is repeated.
        HTTPException: 413 when it is too large.
    """
    body = await read_body(request.scope, request.receive, BODY_BYTES_MAX)
    if body is None:
        raise HTTPException(413)
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise BadInputError(str(error)) from None


def query_of(request: Request, kind: type[Asked]) -> Asked:
    """The query of the address as this type.

    Raises:
        BadInputError: a name or a value that this address does not take.
    """
    try:
        return in_any_digits(dict(request.query_params), kind)
    except msgspec.ValidationError as error:
        raise BadInputError(str(error)) from None


def json(body: Any, status: int = 200) -> Response:
    """An answer as JSON, which no cache keeps."""
    return Response(
        msgspec.json.encode(body),
        status,
        {"cache-control": "no-store", "x-content-type-options": "nosniff"},
        media_type="application/json",
    )

"""How the Graph API says no."""

from __future__ import annotations

import secrets

from starlette.responses import JSONResponse, Response

from hudhud.simulator.graph.meta import Refusal, by_code, error_body
from hudhud.simulator.records import Called


def refusal_of(refusal: Refusal, provider: str = "whatsapp") -> Response:
    """The answer that a refusal gets from this provider."""
    status, body = error_body(refusal, "A" + secrets.token_urlsafe(16), provider)
    return JSONResponse(body, status_code=status)


def refused(called: Called, refusal: Refusal | None, provider: str = "whatsapp") -> Response:
    """Refuse this call, and write it into its record; None: no reason is given (code 1)."""
    called.outcome = "refused"
    called.code = refusal.code if refusal else None
    return refusal_of(refusal or by_code(1), provider)

"""Meta's error shapes: a code, and what the Graph API answers for it."""

from __future__ import annotations

from typing import Any

import msgspec

ERRORS_URL = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

# code: (HTTP status, title). Meta's documentation asks clients to decide by the code alone.
CODES: dict[int, tuple[int, str]] = {
    1: (500, "API Unknown"),
    4: (429, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    32: (400, "Page request limit reached"),
    368: (403, "Temporarily blocked for policies violations"),
    551: (400, "This person isn't available right now"),
    613: (400, "Calls to this api have exceeded the rate limit"),
    1200: (400, "Temporary send message failure. Please try again later"),
    2500: (400, "Unknown path components"),
    80007: (429, "Rate limit issues"),
    130429: (429, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (503, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131031: (403, "Account has been locked"),
    131047: (400, "Re-engagement message"),
    131048: (429, "Spam rate limit hit"),
    131049: (400, "Meta chose not to deliver"),
    131050: (400, "User's marketing messages stopped"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (429, "Pair rate limit hit"),
    131057: (503, "Account in maintenance mode"),
    132000: (400, "Template param count mismatch"),
    132001: (404, "Template does not exist"),
    132005: (400, "Template hydrated text too long"),
    132012: (400, "Template parameter format mismatch"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
}

DETAILS: dict[int, str] = {
    131026: "This phone cannot receive the message.",
    131047: "The customer last wrote more than 24 hours ago; only a template may open the window.",
    131056: "Too many messages went from this number to this one customer in a short time.",
    130429: "This number sent more messages than its throughput allows.",
    190: "The access token is not valid for this number, or has expired.",
}


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why Meta refuses a call: `code` as in `CODES`, `details` for the developer."""

    code: int
    details: str = ""
    subcode: int | None = None


def by_code(code: int) -> Refusal:
    """The refusal that a code stands for, in our own words."""
    return Refusal(code=code, details=DETAILS.get(code, CODES[code][1] + "."))


def error_body(
    refusal: Refusal, trace_id: str, provider: str = "whatsapp"
) -> tuple[int, dict[str, Any]]:
    """Build what the Graph API answers.

    Args:
        refusal: what is wrong.
        trace_id: the id that Meta's support would ask for.
        provider: only WhatsApp has its details apart from the message.

    Returns:
        The HTTP status and the JSON body, as in Meta's "Error codes" page.
    """
    status, title = CODES[refusal.code]
    error: dict[str, Any] = {
        "message": f"(#{refusal.code}) {title}",
        "type": "OAuthException",
        "code": refusal.code,
    }
    if refusal.subcode is not None:
        error["error_subcode"] = refusal.subcode
    if provider == "whatsapp":
        error["error_data"] = {"messaging_product": provider, "details": refusal.details}
    elif refusal.details:
        error["message"] = f"(#{refusal.code}) {refusal.details}"
    error["fbtrace_id"] = trace_id
    return status, {"error": error}


def webhook_error(code: int) -> dict[str, Any]:
    """Build the error object of a `failed` status or of an `unsupported` message."""
    title = CODES[code][1]
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": by_code(code).details},
        "href": ERRORS_URL,
    }

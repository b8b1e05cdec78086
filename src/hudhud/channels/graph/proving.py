"""Whether an app secret belongs to a token's app: whether we can verify its webhooks."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable

from hudhud.channels.contract import Step
from hudhud.channels.graph.access import GraphAccess
from hudhud.errors import HudhudError, SendRejectedError


def proof_of(options: GraphAccess) -> dict[str, str]:
    """What Meta checks whenever it is given: HMAC-SHA256 of the token under the secret."""
    proof = hmac.digest(options.app_secret.encode(), options.token.encode(), "sha256").hex()
    return {"appsecret_proof": proof}


async def secret_step(asked: Awaitable[object]) -> Step:
    """Judge a question that carried `proof_of`, and that was answered without it."""
    try:
        await asked
    except SendRejectedError as error:
        return Step("app_secret", False, "another", said=error.detail)
    except HudhudError as error:
        return Step("app_secret", None, "unread", said=error.detail)
    return Step("app_secret", True)

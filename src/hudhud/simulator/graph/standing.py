"""How a number stands with the simulated Meta: its name, its limits, which app hears of it.

Source: Meta's references of the phone number, of `subscribed_apps` and of `appsecret_proof`.
"""

from __future__ import annotations

import hmac
from typing import Any

from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.numbers import Number
from hudhud.simulator.state import Behaviour

APP_ID = "7000000000000001"
WRONG_PROOF = Refusal(code=100, details="Invalid appsecret_proof provided in the API argument.")


def proved(number: Number, token: str, proof: str | None) -> bool:
    """Whether a proof, when one is given, is the app secret's over this token."""
    wanted = hmac.digest(number.app_secret.encode(), token.encode(), "sha256").hex()
    return proof is None or hmac.compare_digest(wanted.encode(), proof.encode())


def standing(number: Number, behaviour: Behaviour) -> dict[str, Any]:
    """Everything that can be asked of a number."""
    health = {"can_send_message": behaviour.can_send}
    account: dict[str, Any] = {"entity_type": "WABA", "id": number.waba_id, **health}
    if behaviour.can_send != "AVAILABLE":
        account["errors"] = [
            {
                "error_code": 141006,
                "error_description": "There is an error with the payment method.",
                "possible_solution": "Add a valid payment method to the account.",
            }
        ]
    return {
        "id": number.phone_number_id,
        "display_phone_number": number.display_phone_number,
        "verified_name": number.name,
        "name_status": behaviour.name_status,
        "status": "CONNECTED",
        "quality_rating": behaviour.quality,
        "messaging_limit_tier": "TIER_1K",
        "throughput": {"level": "STANDARD"},
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "health_status": {**health, "entities": [account]},
        "webhook_configuration": {"application": number.webhook_url},
    }


def subscribed(behaviour: Behaviour) -> dict[str, Any]:
    """The apps that hear of a WhatsApp Business Account."""
    app = {"id": APP_ID, "name": "Hudhud"}
    return {"data": [{"whatsapp_business_api_data": app}] if behaviour.subscribed else []}

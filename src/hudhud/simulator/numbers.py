"""Business numbers: their registration, kept in one file, and Meta's challenge of their webhook."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any, Literal

import aiohttp
import msgspec

from hudhud.errors import BadInputError

NUMBERS_MAX = 100
TOKENS_MAX = 4
CHALLENGE_TIMEOUT_S = 10.0
CHALLENGE_BYTES_MAX = 1024
VERIFIED = ""
ACCOUNT = re.compile(r"[A-Za-z0-9._-]{1,64}")

ProviderName = Literal["whatsapp", "instagram", "messenger", "evolution"]


class Registration(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `POST /simulator/numbers` takes. `challenge` False takes the webhook on trust.

    `phone_number_id` is the provider's id of the account, whatever it calls it (`provider`);
    `more` is what only that provider asks for.
    """

    phone_number_id: str
    display_phone_number: str
    name: str
    token: str
    app_secret: str
    verify_token: str
    webhook_url: str
    waba_id: str = ""
    challenge: bool = True
    provider: ProviderName = "whatsapp"
    more: dict[str, Any] = {}


class Number(msgspec.Struct, kw_only=True):
    """One registered number. Every token of the last `TOKENS_MAX` registrations opens it.

    `reached_at` is the simulator's own address, as whoever registered it knows it.
    """

    phone_number_id: str
    display_phone_number: str
    name: str
    tokens: list[str]
    app_secret: str
    verify_token: str
    webhook_url: str
    waba_id: str
    verified: bool = False
    reason: str = ""
    provider: ProviderName = "whatsapp"
    reached_at: str = ""
    more: dict[str, Any] = {}

    def public(self) -> dict[str, str | bool]:
        """What pages and scripts may see: no secret."""
        seen = (
            "phone_number_id",
            "display_phone_number",
            "name",
            "waba_id",
            "webhook_url",
            "provider",
        )
        return {name: getattr(self, name) for name in seen} | {
            "verified": self.verified,
            "reason": self.reason,
            "provider": self.provider,
        }


def numbers_path(data_dir: Path) -> Path:
    """Where the registrations are kept."""
    return data_dir / "simulator" / "numbers.json"


def load(path: Path) -> dict[str, Number]:
    """Read the registrations; an unreadable file is an empty one (they are made anew by `up`)."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=list[Number])
    except (FileNotFoundError, msgspec.MsgspecError):
        return {}
    return {number.phone_number_id: number for number in kept}


def save(path: Path, numbers: dict[str, Number]) -> None:
    """Replace the file in one move, readable by its owner alone: it holds tokens."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = msgspec.json.format(msgspec.json.encode(list(numbers.values())))
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)


def registered(known: dict[str, Number], asked: Registration) -> Number:
    """Make the number that a registration asks for; earlier tokens stay good.

    Raises:
        BadInputError: a member is empty, the address is not http(s), or there are too many.
    """
    for name in ("phone_number_id", "token", "app_secret", "verify_token"):
        if not getattr(asked, name).strip():
            raise BadInputError(f"{name} must not be empty.")
    if not ACCOUNT.fullmatch(asked.phone_number_id):
        raise BadInputError("phone_number_id must be digits or letters.")
    if not asked.webhook_url.startswith(("http://", "https://")):
        raise BadInputError("webhook_url must begin with http:// or https://.")
    before = known.get(asked.phone_number_id)
    if before is None and len(known) >= NUMBERS_MAX:
        raise BadInputError(f"There are {NUMBERS_MAX} numbers already.")
    earlier = [token for token in (before.tokens if before else []) if token != asked.token]
    return Number(
        phone_number_id=asked.phone_number_id,
        display_phone_number=asked.display_phone_number or asked.phone_number_id,
        name=asked.name or asked.display_phone_number,
        tokens=[asked.token, *earlier][:TOKENS_MAX],
        app_secret=asked.app_secret,
        verify_token=asked.verify_token,
        webhook_url=asked.webhook_url,
        waba_id=asked.waba_id or f"9{asked.phone_number_id}",
        provider=asked.provider,
        more=asked.more,
    )


async def challenge(http: aiohttp.ClientSession, number: Number) -> str:
    """Ask the webhook to prove itself, as Meta does before it sends anything.

    Returns:
        `VERIFIED`, or the reason why it is not.

    Source: Meta, "Create a webhook endpoint": the answer is 200 with the bare challenge.
    """
    asked = secrets.token_hex(8)
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": asked,
        "hub.verify_token": number.verify_token,
    }
    limit = aiohttp.ClientTimeout(total=CHALLENGE_TIMEOUT_S)
    try:
        async with http.get(
            number.webhook_url, params=query, timeout=limit, allow_redirects=False
        ) as answer:
            body = await answer.content.read(CHALLENGE_BYTES_MAX)
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return f"The webhook cannot be reached: {type(error).__name__}."
    if status != 200:  # noqa: PLR2004 - HTTP OK
        return f"The webhook answered the challenge with {status}."
    if body.decode("utf-8", "replace").strip() != asked:
        return "The webhook did not answer with the challenge."
    return VERIFIED

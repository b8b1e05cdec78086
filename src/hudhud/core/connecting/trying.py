"""An inbox is tried live: what the provider says of it, our address, and what arrived so far."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp

from hudhud.addresses import is_public
from hudhud.channels.contract import Step
from hudhud.core.adapters import spoken
from hudhud.core.connecting.probing import PROBE, probe_answer
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import inbox_service
from hudhud.errors import BreakerOpenError
from hudhud.model import Inbox
from hudhud.settings import Settings
from hudhud.store import report
from hudhud.store.pool import Database

# A person waits for it; one question of a check has at most 10 s of these.
PROVIDER_S_MAX = 20.0
PROBE_S_MAX = 5.0
PROBE_BYTES_MAX = 256
NONCE_BYTES = 16
OWN_ADDRESS = "webhook/public"
_LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain"})


async def tried(
    database: Database,
    http: aiohttp.ClientSession,
    breakers: Breakers,
    settings: Settings,
    inbox: Inbox,
) -> list[Step]:
    """Every step, in the order in which they are worth mending; nothing is sent to anybody.

    Provider and address are asked side by side, each within its limit and only while its breaker
    is closed; what they answer is not counted there, because a wrong token is no outage.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    url = webhook_url(settings, inbox)
    theirs, ours = await asyncio.gather(
        _provider(http, breakers, inbox, url), _address(http, breakers, settings, inbox, url)
    )
    return [*theirs, *ours, _arrived(await _last_at(database, inbox))]


def webhook_url(settings: Settings, inbox: Inbox) -> str:
    """Where the provider sends this inbox's webhooks to."""
    return f"{settings.webhook_base_url}/{inbox.channel}/{inbox.key}"


async def _provider(
    http: aiohttp.ClientSession, breakers: Breakers, inbox: Inbox, url: str
) -> list[Step]:
    channel, options = spoken(inbox)
    service = inbox_service(inbox.id)
    try:
        async with breakers.courtesy(service), asyncio.timeout(PROVIDER_S_MAX):
            steps: list[Step] = await channel.check(http, options, webhook_url=url)
            return steps
    except BreakerOpenError:
        left_s = breakers.standing([service])[0].left_s
        return [Step("reachable", None, "resting", {"seconds": f"{left_s:.0f}"})]
    except TimeoutError:
        return [Step("reachable", None, "late", {"seconds": f"{PROVIDER_S_MAX:.0f}"})]


async def _address(
    http: aiohttp.ClientSession, breakers: Breakers, settings: Settings, inbox: Inbox, url: str
) -> list[Step]:
    """Ask our own public address for what only this installation can answer."""
    options = spoken(inbox).options
    provider = urlsplit(getattr(options, "api_url", ""))
    if not provider.hostname:
        return []  # nobody outside sends to it
    told = {"address": url}
    if problem := unfit(url, near=_near(provider.hostname)):
        return [Step("webhook", False, problem, told)]
    nonce = secrets.token_hex(NONCE_BYTES)
    try:
        async with breakers.courtesy(OWN_ADDRESS), asyncio.timeout(PROBE_S_MAX):
            answer = await http.get(url, params={PROBE: nonce}, allow_redirects=False)
            async with answer:
                found = await answer.content.read(PROBE_BYTES_MAX)
    except (aiohttp.ClientError, TimeoutError, OSError, BreakerOpenError) as error:
        return [Step("webhook", False, "silent", told, type(error).__name__)]
    wanted = probe_answer(settings.secret_key, nonce).encode()
    if answer.status == 200 and hmac.compare_digest(found, wanted):  # noqa: PLR2004 - HTTP OK
        return [Step("webhook", True, values=told)]
    return [Step("webhook", False, "another", told, f"HTTP {answer.status}")]


def unfit(url: str, *, near: bool) -> str:
    """Why a provider could not even try our address; empty when it could. Pure.

    Args:
        url: our public address.
        near: the provider stands on this machine or in this network, as the simulator does.
    """
    parts = urlsplit(url)
    if near:
        return ""
    if _near(parts.hostname or ""):
        return "private"
    return "" if parts.scheme == "https" else "insecure"


def _near(host: str) -> bool:
    if host in _LOCAL_NAMES or host.endswith((".local", ".internal", ".localhost")):
        return True
    numeric = ":" in host or host.replace(".", "").isdigit()
    return numeric and not is_public(host)


async def _last_at(database: Database, inbox: Inbox) -> datetime | None:
    async with database.reading(inbox.merchant_id) as connection:
        counted = await report.counts(connection, inbox.merchant_id)
    return next((one.last_at for one in counted if one.inbox_id == inbox.id), None)


def _arrived(at: datetime | None) -> Step:
    if at is None:
        return Step("arrived", None, "none")
    return Step("arrived", True, values={"at": at.isoformat()})

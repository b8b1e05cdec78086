"""What waits for one endpoint leaves in order; the cursor moves only behind what was taken.

A worker that dies between the post and the cursor leaves the event to the next one, which posts it
again under the same id: at least once, and a receiver knows what it has.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec

from hudhud.core.hooks.posting import POST_S, body_of, name_of, send
from hudhud.core.outside.breakers import Breakers
from hudhud.core.retry import Again, decide
from hudhud.core.secrets import vault_of
from hudhud.errors import BreakerOpenError, HudhudError, StoreUnavailableError
from hudhud.events import emit
from hudhud.settings import Settings
from hudhud.store.hooks import endpoints
from hudhud.store.hooks.endpoints import Endpoint, Event, Taken
from hudhud.store.pool import Database, Deadlock

EVENTS_MAX: Final = 20  # of one endpoint in one go; then others have their turn
LEASE_S: Final = POST_S * 3
# Nothing is ever given up: who is away for a week hears of that week.
ATTEMPTS_MAX: Final = 10**9
WAIT_S_MAX: Final = 300.0
ERROR_CHARS_MAX: Final = 300


async def deliver(database: Database, breakers: Breakers, settings: Settings, taken: Taken) -> int:
    """Post what waits for a held endpoint, until something fails or EVENTS_MAX were looked at.

    Returns: how many it took.

    Raises:
        StoreUnavailableError: PostgreSQL is away; the lease ends, and the event comes again.
    """
    async with database.reading(taken.merchant_id) as connection:
        endpoint = await endpoints.held(connection, taken)
        if endpoint is None:
            return 0
        waiting = await endpoints.following(
            connection, taken.merchant_id, endpoint.last_event, limit=EVENTS_MAX
        )
    count = 0
    for event in waiting:
        wanted = endpoint.events is None or event.kind in endpoint.events
        try:
            if wanted:
                await _post(breakers, settings, endpoint, event)
        except (StoreUnavailableError, Deadlock):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the cursor stays, and it is told
            failures = 0 if count else endpoint.failures
            await _failed(database, taken, failures, error)
            return count
        async with database.deed(taken.merchant_id) as connection:
            if not await endpoints.moved_on(
                connection, taken, event.id, posted=wanted, lease_s=LEASE_S
            ):
                return count  # somebody else holds it, or it was paused or replayed meanwhile
        count += wanted
    async with database.deed(taken.merchant_id) as connection:
        await endpoints.release(connection, taken)
    return count


def secrets_of(settings: Settings, endpoint: Endpoint) -> list[str]:
    """What signs for an endpoint.

    Raises:
        SecretUnreadableError: it was sealed with another key.
    """
    plain = vault_of(settings).open(endpoint.place, endpoint.secrets)
    return msgspec.json.decode(plain, type=list[str])


async def _post(breakers: Breakers, settings: Settings, endpoint: Endpoint, event: Event) -> None:
    secrets = secrets_of(settings, endpoint)
    await send(breakers, settings, endpoint.url, secrets, body_of(event), id_=name_of(event))
    emit("hook.taken", endpoint=endpoint.id, event=event.id, kind=event.kind)


async def _failed(database: Database, taken: Taken, failures: int, error: Exception) -> None:
    now = datetime.now(UTC)
    decided = decide(error, failures + 1, now, attempts_max=ATTEMPTS_MAX)
    wait_s = (decided.at - now).total_seconds() if isinstance(decided, Again) else WAIT_S_MAX
    why = str(error) if isinstance(error, HudhudError) else type(error).__name__
    async with database.deed(taken.merchant_id) as connection:
        await endpoints.failed(
            *(connection, taken, why[:ERROR_CHARS_MAX]),
            wait_s=wait_s,
            counted=not isinstance(error, BreakerOpenError),
        )
    emit("hook.failed", "warning", endpoint=taken.id, error=type(error).__name__)

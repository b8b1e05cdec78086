"""An operator holds a breaker open or closed, or lets it go (R1); every process follows in 2 s."""

from __future__ import annotations

from hudhud.core.breaker import Position
from hudhud.core.outside.services import inbox_service
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import inboxes, switches
from hudhud.store.pool import Database

SERVICE_CHARS_MAX = 300


async def force(database: Database, service: str, position: Position, *, actor: str) -> None:
    """Hold the breaker of any service, and write down who did; the installation's own deed.

    Raises:
        BadInputError: no service can have this name.
        StoreUnavailableError: PostgreSQL is away.
    """
    if not 0 < len(service) <= SERVICE_CHARS_MAX or not service.isprintable():
        raise BadInputError("A service is named as `hudhud breaker show` names it.")
    async with database.deed() as connection:
        await switches.force(connection, service, position, actor=actor, merchant_id=None)


async def release(database: Database, service: str, *, actor: str) -> None:
    """Let go of a breaker: it stands again as its calls say.

    Raises:
        NotFoundError: nobody holds it.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed() as connection:
        if not await switches.release(connection, service, actor=actor, merchant_id=None):
            raise NotFoundError(f"Nobody holds the breaker of {service!r}.")


async def hold_inbox(
    database: Database,
    merchant_id: int,
    inbox_id: int,
    operator_id: int,
    position: Position | None,
) -> None:
    """Hold the breaker of a merchant's own inbox, or with None let it go; twice is once.

    Raises:
        NotFoundError: the merchant has no such inbox.
        StoreUnavailableError: PostgreSQL is away.
    """
    actor = f"operator:{operator_id}"
    async with database.deed(merchant_id) as connection:
        if await inboxes.by_id(connection, inbox_id) is None:
            raise NotFoundError(f"Inbox {inbox_id}.")
        service = inbox_service(inbox_id)
        if position is None:
            await switches.release(connection, service, actor=actor, merchant_id=merchant_id)
        else:
            await switches.force(
                connection, service, position, actor=actor, merchant_id=merchant_id
            )

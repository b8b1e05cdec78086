"""Endpoints of a merchant's own programs: kept, held by one worker at a time, moved on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from hudhud.errors import AlreadyThereError
from hudhud.store.pool import Connection, Database


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint; `events` None is every kind, `waiting` how many events it has still to take."""

    id: int
    merchant_id: int
    url: str
    secrets: bytes
    events: tuple[str, ...] | None
    active: bool
    last_event: int
    next_at: datetime
    failures: int
    failing_since: datetime | None
    last_error: str
    taken_at: datetime | None
    waiting: int = 0

    @property
    def place(self) -> str:
        """What its secrets are bound to (S9)."""
        return f"webhook_endpoint|secrets|{self.id}|{self.merchant_id}"


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that this worker holds, under the fence of its lease."""

    id: int
    merchant_id: int
    fence: int


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an order, and the order as it was then."""

    id: int
    kind: str
    at: datetime
    payload: dict[str, Any]


_COLUMNS = """e.id, e.merchant_id, e.url, e.secrets, e.events, e.active, e.last_event, e.next_at,
    e.failures, e.failing_since, e.last_error, e.taken_at"""


async def claim(database: Database, *, lease_s: float, limit: int) -> list[Taken]:
    """Take endpoints for which something waits; nobody else takes them before the lease is over."""
    rows = await database.call("select * from claim_webhooks($1, $2)", lease_s, limit)
    return [Taken(**row) for row in rows]


async def held(connection: Connection, taken: Taken) -> Endpoint | None:
    """The endpoint, while the lease holds and nobody paused or changed it."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from webhook_endpoint e where id = $1 and fence = $2 and active",
        *(taken.id, taken.fence),
    )
    return None if row is None else _endpoint(row)


async def following(
    connection: Connection, merchant_id: int, after: int, *, limit: int
) -> list[Event]:
    """A merchant's events behind one, in the order of their commits."""
    rows = await connection.fetch(
        """select id, kind, at, payload from order_event
           where merchant_id = $1 and id > $2 order by id limit $3""",
        *(merchant_id, after, limit),
    )
    return [Event(**row) for row in rows]


async def moved_on(
    connection: Connection, taken: Taken, event_id: int, *, posted: bool, lease_s: float
) -> bool:
    """Put the cursor behind an event that was taken, or not wanted, and lengthen the lease.

    Returns: whether the lease still holds; what was posted without it comes again, as it is.
    """
    done = await connection.execute(
        """update webhook_endpoint set last_event = $3, failures = 0, failing_since = null,
               last_error = '', taken_at = case when $4 then now() else taken_at end,
               held_until = clock_timestamp() + make_interval(secs => $5)
           where id = $1 and fence = $2""",
        *(taken.id, taken.fence, event_id, posted, lease_s),
    )
    return bool(done == "UPDATE 1")


async def failed(
    connection: Connection, taken: Taken, why: str, *, wait_s: float, counted: bool
) -> None:
    """Give it back until later, its cursor where it was."""
    await connection.execute(
        """update webhook_endpoint set held_until = null, last_error = $3,
               next_at = clock_timestamp() + make_interval(secs => $4),
               failures = failures + $5::integer, failing_since = coalesce(failing_since, now())
           where id = $1 and fence = $2""",
        *(taken.id, taken.fence, why, wait_s, int(counted)),
    )


async def release(connection: Connection, taken: Taken) -> None:
    """Give it back; what waits may be taken at once."""
    await connection.execute(
        "update webhook_endpoint set held_until = null where id = $1 and fence = $2",
        *(taken.id, taken.fence),
    )


async def listed(connection: Connection, merchant_id: int) -> list[Endpoint]:
    """A merchant's endpoints, the oldest first, with what waits for each."""
    rows = await connection.fetch(
        f"""select {_COLUMNS}, (select count(*) from order_event v
                where v.merchant_id = e.merchant_id and v.id > e.last_event
                  and (e.events is null or v.kind = any (e.events)))::integer as waiting
            from webhook_endpoint e where e.merchant_id = $1 order by e.id""",
        merchant_id,
    )
    return [_endpoint(row) for row in rows]


async def add(
    connection: Connection, merchant_id: int, url: str, events: list[str] | None
) -> Endpoint:
    """Insert one that hears of what comes from now on; `keep_secrets` follows at once.

    Raises:
        AlreadyThereError: the merchant has this address already.
    """
    try:
        row = await connection.fetchrow(
            f"""insert into webhook_endpoint as e (merchant_id, url, events, last_event)
                select $1, $2, $3, coalesce(max(v.id), 0) from order_event v
                where v.merchant_id = $1
                returning {_COLUMNS}""",
            *(merchant_id, url, events),
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"A webhook to {url}.") from None
    assert row is not None  # noqa: S101 - an insert returns its row
    return _endpoint(row)


async def locked(connection: Connection, endpoint_id: int) -> Endpoint | None:
    """One endpoint, held until the transaction ends: two who change its secret take turns."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from webhook_endpoint e where id = $1 for no key update", endpoint_id
    )
    return None if row is None else _endpoint(row)


async def keep_secrets(connection: Connection, endpoint_id: int, sealed: bytes) -> None:
    """Store what signs, sealed."""
    await connection.execute(
        "update webhook_endpoint set secrets = $2 where id = $1", endpoint_id, sealed
    )


async def remove(connection: Connection, endpoint_id: int) -> bool:
    """Take one away; whether there was one."""
    done = await connection.execute("delete from webhook_endpoint where id = $1", endpoint_id)
    return bool(done == "DELETE 1")


async def set_active(connection: Connection, endpoint_id: int, *, active: bool) -> bool:
    """Pause it, or let it go on where it was; whether there was one."""
    done = await connection.execute(
        """update webhook_endpoint set active = $2, fence = fence + 1, held_until = null,
               next_at = now() where id = $1""",
        *(endpoint_id, active),
    )
    return bool(done == "UPDATE 1")


async def replay(connection: Connection, endpoint_id: int, event_id: int) -> bool:
    """Begin again with this event; whether there was such an endpoint."""
    done = await connection.execute(
        """update webhook_endpoint set last_event = $2 - 1, fence = fence + 1, held_until = null,
               next_at = now(), failures = 0 where id = $1""",
        *(endpoint_id, event_id),
    )
    return bool(done == "UPDATE 1")


def _endpoint(row: Any) -> Endpoint:
    told = dict(row)
    events = told.pop("events")
    return Endpoint(events=None if events is None else tuple(events), **told)

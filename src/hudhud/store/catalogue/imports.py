"""Lists of products that come in, as rows: what a file says, and what would become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from hudhud.errors import NotFoundError
from hudhud.store.pool import Connection

# Of one merchant; older ones are forgotten with their rows.
KEPT_MAX = 20
# So many rows go in with one statement.
STEP = 500
# Whoever works on one says so this often; after so long without a word it is somebody else's.
QUIET_S = 20.0

_QUIET = f"(state in ('reading', 'applying') and beat_at < now() - interval '{QUIET_S} s') as quiet"


async def add(connection: Connection, merchant_id: int, *, actor: str, file_name: str) -> int:
    """Begin one; returns its id."""
    import_id: int = await connection.fetchval(
        """insert into product_import (merchant_id, actor, file_name) values ($1, $2, $3)
           returning id""",
        merchant_id,
        actor,
        file_name,
    )
    await connection.execute(
        """delete from product_import where merchant_id = $1 and state <> 'applying' and id <= (
               select id from product_import where merchant_id = $1 order by id desc
               offset $2 limit 1)""",
        merchant_id,
        KEPT_MAX,
    )
    return import_id


async def one(connection: Connection, import_id: int) -> asyncpg.Record | None:
    """One import of this merchant without its cells; `quiet`: whoever worked on it has died."""
    return await connection.fetchrow(
        f"""select id, merchant_id, actor, file_name, state, why, told, columns, total, step,
                missing, off_sale, created_at, done_at, {_QUIET}
            from product_import where id = $1""",
        import_id,
    )


async def newest(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """The imports of a merchant, the newest first."""
    return await connection.fetch(
        f"""select id, actor, file_name, state, why, total, step, created_at, done_at, {_QUIET}
            from product_import where merchant_id = $1 order by id desc""",
        merchant_id,
    )


async def cells(connection: Connection, import_id: int) -> bytes | None:
    """The cells of one, as they were kept; None when they are gone."""
    found: bytes | None = await connection.fetchval(
        "select rows from product_import where id = $1", import_id
    )
    return found


async def keep_cells(
    connection: Connection, import_id: int, rows: bytes, told: Mapping[str, Any]
) -> None:
    """Keep what a file holds, and how it was written."""
    await connection.execute(
        "update product_import set rows = $2, told = $3 where id = $1", import_id, rows, dict(told)
    )


async def unfit(connection: Connection, import_id: int, why: str) -> None:
    """End one whose file cannot be read."""
    await connection.execute(
        "update product_import set state = 'unfit', why = $2 where id = $1", import_id, why
    )


async def reread(connection: Connection, import_id: int) -> bool:
    """Begin to judge one again; False when it is being worked on, or its cells are gone."""
    done = await connection.execute(
        f"""update product_import set state = 'reading', why = '', step = 0, beat_at = now()
            where id = $1 and rows is not null and (state = 'ready' or (state = 'reading'
                and beat_at < now() - interval '{QUIET_S} s'))""",
        import_id,
    )
    return bool(done == "UPDATE 1")


async def beat(connection: Connection, import_id: int, *, step: int, total: int) -> None:
    """Say how far one is, and that somebody works on it."""
    await connection.execute(
        "update product_import set step = $2, total = $3, beat_at = now() where id = $1",
        import_id,
        step,
        total,
    )


async def judged(
    connection: Connection,
    import_id: int,
    merchant_id: int,
    rows: Sequence[Mapping[str, Any]],
    *,
    columns: Mapping[str, str],
    missing: Sequence[str],
) -> bool:
    """Replace what would become of one; False when it is being applied, or was.

    Args:
        connection: a deed of its merchant.
        import_id: which.
        merchant_id: whose.
        rows: row, sku, name, verdict, careful, was, entry, changes, problems.
        columns: what each heading holds.
        missing: article numbers on sale that the file does not name.
    """
    fresh = await connection.execute(
        """update product_import set state = 'ready', columns = $2, missing = $3, total = $4,
               step = 0 where id = $1 and state in ('reading', 'ready')""",
        import_id,
        dict(columns),
        missing,
        len(rows),
    )
    if fresh != "UPDATE 1":
        return False
    await connection.execute("delete from product_import_row where import_id = $1", import_id)
    for start in range(0, len(rows), STEP):
        await connection.execute(
            """insert into product_import_row (import_id, merchant_id, row, sku, name, verdict,
                   careful, was, entry, changes, problems)
               select $1, $2, r.* from jsonb_to_recordset($3) r(row integer, sku text, name text,
                   verdict text, careful boolean, was text, entry jsonb, changes jsonb,
                   problems jsonb)""",
            import_id,
            merchant_id,
            rows[start : start + STEP],
        )
    return True


async def counts(connection: Connection, import_id: int) -> dict[str, int]:
    """How many products have each verdict, and how many prices are to be looked at twice."""
    rows = await connection.fetch(
        """select verdict, count(*) as count, count(*) filter (where careful) as careful
           from product_import_row where import_id = $1 group by verdict""",
        import_id,
    )
    found = {row["verdict"]: row["count"] for row in rows}
    return found | {"careful": sum(row["careful"] for row in rows)}


async def rows(
    connection: Connection, import_id: int, verdict: str, *, limit: int, offset: int = 0
) -> list[asyncpg.Record]:
    """Products of one verdict; of those that change, prices to be looked at twice come first."""
    return await connection.fetch(
        """select row, sku, name, verdict, careful, was, entry, changes, problems
           from product_import_row where import_id = $1 and verdict = $2
           order by careful desc, row limit $3 offset $4""",
        import_id,
        verdict,
        limit,
        offset,
    )


async def claim(connection: Connection, import_id: int, *, off_sale: bool, total: int) -> bool:
    """Take one to apply it; False when somebody does, or it is not ready.

    What a process that died left is taken again, and gone on with.
    """
    done = await connection.execute(
        """update product_import set state = 'applying', off_sale = $2, total = $4, beat_at = now()
           where id = $1 and (state = 'ready' or (state = 'applying'
               and beat_at < now() - make_interval(secs => $3)))""",
        import_id,
        off_sale,
        QUIET_S,
        total,
    )
    return bool(done == "UPDATE 1")


async def go_on(connection: Connection, import_id: int) -> None:
    """Hold one that is being applied until the transaction ends, and say that somebody works on it.

    Raises:
        NotFoundError: it was ended, or given back.
    """
    done = await connection.execute(
        "update product_import set beat_at = now() where id = $1 and state = 'applying'", import_id
    )
    if done != "UPDATE 1":
        raise NotFoundError(f"Import {import_id} was taken over.")


async def unwritten(
    connection: Connection, import_id: int, *, after: int = 0, limit: int
) -> list[asyncpg.Record]:
    """The first products behind a row of the sheet that are still to be written."""
    return await connection.fetch(
        """select row, sku, was, entry, changes from product_import_row
           where import_id = $1 and row > $2 and verdict in ('new', 'changed') and not written
           order by row limit $3""",
        import_id,
        after,
        limit,
    )


async def note_written(connection: Connection, import_id: int, rows: Sequence[int]) -> None:
    """Say that these are in, in the transaction that writes them."""
    await connection.execute(
        "update product_import_row set written = true where import_id = $1 and row = any ($2)",
        import_id,
        rows,
    )
    await connection.execute(
        "update product_import set step = step + $2 where id = $1", import_id, len(rows)
    )


async def written(connection: Connection, import_id: int) -> dict[str, int]:
    """How many `new` and `changed` products of one are in, whoever wrote them."""
    row = await connection.fetchrow(
        """select count(*) filter (where verdict = 'new') as new,
               count(*) filter (where verdict = 'changed') as changed
           from product_import_row where import_id = $1 and written""",
        import_id,
    )
    return dict(row) if row else {}


async def given_back(connection: Connection, import_id: int, why: str = "") -> None:
    """Make one ready again that was not written to its end; `why`, for its page."""
    await connection.execute(
        "update product_import set state = 'ready', why = $2 where id = $1 and state = 'applying'",
        import_id,
        why,
    )


async def done(connection: Connection, import_id: int) -> None:
    """End one of which all is in.

    Raises:
        NotFoundError: it was ended, or given back.
    """
    await go_on(connection, import_id)
    await connection.execute(
        """update product_import set state = 'done', why = '', rows = null, step = total,
               done_at = now() where id = $1""",
        import_id,
    )

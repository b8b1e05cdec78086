"""What passages mean, as a model outside says it, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.store.pool import Connection, Database

# Each is compared with each question: so many cost PostgreSQL some tens of milliseconds.
COMPARED_MAX = 1000


async def owed(database: Database, model: str, *, limit: int) -> list[int]:
    """Merchants of whom some passages have no vector of this model."""
    rows = await database.call(
        "select merchants_without_vectors($1, $2) as merchant_id", model, limit
    )
    return [row["merchant_id"] for row in rows]


async def lacking(
    connection: Connection, merchant_id: int, model: str, *, limit: int
) -> list[tuple[int, str]]:
    """Passages without one: their ids, and all that is said in and above them."""
    rows = await connection.fetch(
        """select p.id, concat_ws(E'\\n', d.name, p.heading, p.body) as told
           from passage p join document d on d.id = p.document_id
           where p.merchant_id = $1 and not exists
               (select from passage_vector v where v.passage_id = p.id and v.model = $2)
           order by p.id limit $3""",
        *(merchant_id, model, limit),
    )
    return [(row["id"], row["told"]) for row in rows]


async def put(
    connection: Connection,
    merchant_id: int,
    model: str,
    vectors: Sequence[tuple[int, Sequence[float]]],
) -> None:
    """Keep them; a passage that was replaced meanwhile has none."""
    await connection.executemany(
        """insert into passage_vector (passage_id, merchant_id, model, vector)
           select p.id, $2, $3, $4 from passage p where p.id = $1
           on conflict (passage_id) do update
               set model = excluded.model, vector = excluded.vector""",
        [(passage_id, merchant_id, model, list(vector)) for passage_id, vector in vectors],
    )


async def some(connection: Connection, merchant_id: int, model: str) -> bool:
    """Whether a merchant has any: else no question needs one."""
    return bool(
        await connection.fetchval(
            "select exists (select from passage_vector where merchant_id = $1 and model = $2)",
            *(merchant_id, model),
        )
    )


async def nearest(
    connection: Connection, merchant_id: int, model: str, vector: Sequence[float], *, limit: int
) -> list[int]:
    """The passages whose vectors are nearest to this one, nearest first."""
    rows = await connection.fetch(
        """select v.passage_id from (
               select passage_id, vector from passage_vector
               where merchant_id = $1 and model = $2
                   and cardinality(vector) = cardinality($3::real[])
               order by passage_id limit $5) v
           cross join lateral (
               select sum(u.a * u.b) / nullif(sqrt(sum(u.a * u.a)), 0) as near
               from unnest(v.vector, $3::real[]) u(a, b)) n
           order by n.near desc nulls last, v.passage_id limit $4""",
        *(merchant_id, model, list(vector), limit, COMPARED_MAX),
    )
    return [row["passage_id"] for row in rows]

"""What contacts said about themselves, by the name of its field."""

from __future__ import annotations

from collections.abc import Mapping

from hudhud.store.pool import Connection


async def keep(
    connection: Connection, merchant_id: int, contact_id: int, values: Mapping[str, str]
) -> None:
    """Keep these values; what was said before under the same name is corrected."""
    await connection.execute(
        """insert into collected_field (merchant_id, contact_id, name, value)
           select $1, $2, u.name, u.value from unnest($3::text[], $4::text[]) u(name, value)
           on conflict (contact_id, name) do update
               set value = excluded.value, collected_at = now()""",
        *(merchant_id, contact_id, list(values), list(values.values())),
    )

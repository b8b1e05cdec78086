"""`hudhud contact`: who is who, from the command line."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest


@pytest.fixture
def contacts(served, database_url):
    """Two contacts of one merchant, by their numbers."""
    assert served("merchant", "add", "shop", "متجر").code == 0

    async def made() -> list[int]:
        owner = await asyncpg.connect(database_url.owner_url)
        rows = await owner.fetch(
            "with made as (insert into contact (merchant_id, name)"
            " select id, n from merchant, unnest(array['ريم', 'سارة']) n returning *)"
            " insert into contact_alias (merchant_id, kind, value, contact_id)"
            " select merchant_id, 'phone', '96477' || row_number() over (order by id), id from made"
            " returning contact_id"
        )
        await owner.close()
        return sorted(row["contact_id"] for row in rows)

    return asyncio.run(made())


def test_two_contacts_are_found_and_become_one(served, contacts):
    one, two = contacts
    (found,) = served("contact", "find", "+964 772", "--json").json()
    assert (found["id"], found["addresses"], found["perhaps"]) == (two, ["964772"], [])
    done = served("contact", "merge", str(two), str(one))
    assert (done.code, str(one) in done.out) == (0, True)
    (found,) = served("contact", "find", "964772", "--json").json()
    assert (found["id"], found["addresses"]) == (one, ["964771", "964772"])
    assert served("contact", "merge", str(two), str(one)).code == 1
    assert "Nobody" in served("contact", "find", "0").out


def test_what_nobody_asked_cannot_be_answered(served, contacts):
    one, two = contacts
    assert served("contact", "apart", str(one), str(two)).code == 1
    assert served("contact", "merge", str(one), str(one)).code != 0

"""What nobody should send, through the real door into the real tables, for every channel.

Whatever comes is answered 200, no good message beside it is lost, and what cannot be understood
is in the journal with its reason. `make fuzz` sends every prefix and far more of everything.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from doors import BODY_BYTES_MAX, POSTINGS, Door, encoded, opened
from mutilations import captured, cut, flipped, paths, put, retyped, without

LONG = "FUZZ_EXAMPLES" in os.environ
MOST = 40 if LONG else 1
PREFIXES = 10**9 if LONG else 2
OK = 200
# Reasons that are mistakes of ours: a parser that raised, a row that PostgreSQL refused.
BROKEN = "select reason from journal where reason ~ '^(the parser broke|[0-9A-Z]{5}: )'"
ODD_TEXTS = ("\x00", "\ud800", "a\udfffb\x00", "asdf", "")


@pytest.fixture(params=POSTINGS)
async def door(request: Any, database_url: Any, tmp_path: Path) -> AsyncIterator[Door]:
    async with opened(POSTINGS[request.param], database_url, tmp_path) as door:
        yield door


def beside(door: Door, items: Any) -> bytes:
    """A webhook in which these stand between two good messages."""
    odd = items if isinstance(items, list) else [items]
    return encoded(door.posting.around([door.good(), *odd, door.good()]))


async def test_whatever_was_captured_is_borne_whole_cut_flipped_and_with_parts_gone_or_retyped(
    door: Door,
):
    files = [file for folder in door.posting.folders for file in captured(folder)]
    if not files:
        pytest.skip("the payloads of others are not beside the repository")
    for at, file in enumerate(files):
        raw = file.read_bytes()
        items = door.posting.items(json.loads(raw))
        bodies = [raw, beside(door, items), *cut(raw, PREFIXES), *flipped(raw, MOST, at)]
        changed = (*without(items, MOST, at), *retyped(items, MOST, at))
        bodies += [beside(door, odd) for odd in changed]
        assert set(await door.post_all(bodies)) == {OK}, file.name
    assert await door.lost() == set()
    assert await door.rows(BROKEN) == []


@pytest.mark.clause("1.history")
async def test_what_is_no_webhook_at_all_is_kept_with_its_reason(door: Door):
    bodies = [b"not json", b"[1, 2]", b"\xff\xfe", b"", b"null", b"{}", b"[" * 100_000]
    assert await door.post_all(bodies) == {OK: len(bodies)}
    rows = await door.rows("select body, set_aside, reason from journal order by id")
    assert sorted(row["body"] for row in rows) == sorted(bodies)
    assert all(row["set_aside"] and row["reason"] for row in rows)


async def test_odd_letters_and_stamps_at_every_place_cost_no_sibling(door: Door):
    message = door.posting.good("odd", "مرحبا")
    places = paths(message)
    bodies = [
        beside(door, put(json.loads(json.dumps(message)), place, odd))
        for place in places
        for odd in ODD_TEXTS
    ]
    assert await door.post_all(bodies) == {OK: len(bodies)}
    assert await door.lost() == set()
    assert await door.rows(BROKEN) == []


@pytest.mark.clause("1.batching")
async def test_a_thousand_updates_in_three_megabytes_are_stored_once_each(door: Door):
    long = "س" * 1200
    items = [door.good(long) for _ in range(1000)]
    body = json.dumps(door.posting.around(items), ensure_ascii=False).encode()
    assert 2_400_000 < len(body) < BODY_BYTES_MAX
    assert await door.post(body) == OK
    assert await door.lost() == set()
    assert len(await door.rows("select id from message")) == 1000


@pytest.mark.clause("1.duplicates")
async def test_an_id_twice_in_one_webhook_is_one_message(door: Door):
    twice = door.good()
    body = encoded(door.posting.around([twice, door.good(), twice]))
    assert await door.post_all([body] * 3) == {OK: 3}
    assert len(await door.rows("select id from message")) == 2


@pytest.mark.clause("1.size")
async def test_a_body_over_the_limit_is_refused_unread(door: Door):
    assert await door.post(b"x" * (BODY_BYTES_MAX + 1)) == 413
    assert await door.rows("select id from journal") == []

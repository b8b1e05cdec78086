"""The page of one inbox: what may be set, its limits, and whose it is."""

from __future__ import annotations

from typing import Any

import pytest


async def inbox_of(console: Any, shop: Any) -> Any:
    async with console.database.reading(shop.merchant_id) as connection:
        return await connection.fetchrow("select * from inbox order by id limit 1")


async def test_a_person_sets_an_inbox_and_the_audit_knows_who(console: Any) -> None:
    browser = await console.signed_in()
    path = f"/inboxes/{(await inbox_of(console, console.shop))['id']}"
    assert path in (await browser.get("/services")).text
    assert "checked" not in (await browser.get(path)).text
    form = {"window_s": "٢٫٥", "batch_max": "٣", "absorb": "on", "sends_per_s": ""}
    answer = await browser.post(path, form)
    assert (answer.status, answer.headers["location"]) == (303, f"{path}?saved")
    row = await inbox_of(console, console.shop)
    assert (row["window_ms"], row["batch_max"], row["absorb"]) == (2500, 3, True)
    assert row["sends_per_s"] is None
    page = (await browser.get(f"{path}?saved")).text
    assert "checked" in page
    assert 'value="2.5"' in page
    assert "حُفظت" in page
    assert (await browser.post(path, form | {"sends_per_s": "20"})).status == 303
    async with console.database.reading(console.shop.merchant_id) as connection:
        actors = await connection.fetch("select actor from audit where action = 'inbox.set'")
    assert [a["actor"] for a in actors] == [f"operator:{console.shop.operator_id}"] * 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [("window_s", "-1"), ("window_s", "nan"), ("batch_max", "2.5"), ("sends_per_s", "1e9")],
)
async def test_a_figure_beyond_its_limits_changes_nothing_and_keeps_what_was_typed(
    console: Any, field: str, typed: str
) -> None:
    browser = await console.signed_in()
    before = await inbox_of(console, console.shop)
    form = {"window_s": "8", "batch_max": "5", "sends_per_s": "", field: typed}
    answer = await browser.post(f"/inboxes/{before['id']}", form)
    assert answer.status == 422
    assert f'value="{typed}"' in answer.text
    assert "لم يُحفظ شيء" in answer.text
    assert await inbox_of(console, console.shop) == before


async def test_another_merchants_inbox_is_not_there(console: Any) -> None:
    path = f"/inboxes/{(await inbox_of(console, console.other))['id']}"
    browser = await console.signed_in()
    assert (await browser.get(path)).status == 404
    form = {"window_s": "8", "batch_max": "5", "absorb": "on"}
    assert (await browser.post(path, form)).status == 404
    assert not (await inbox_of(console, console.other))["absorb"]

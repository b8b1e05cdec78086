"""Desks, hours, appointments and an inbox's people: their pages and their addresses of the API."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from console_seed import fill

from hudhud.core import setting_up
from hudhud.core.desks import booking, teams
from hudhud.core.hours import planning
from hudhud.model import Refused

WEEK = {f"day_{place}": "9-13، ١٦-٢٢" for place in range(7)}


async def of(console: Any, sql: str, *values: object) -> Any:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await connection.fetchval(sql, *values)


async def write(console: Any, sql: str, *values: object) -> None:
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute(sql, *values)


async def asked(console: Any, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    email = "sara@one.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="t")
    answer = await console.browser().ask(
        *(method, f"/api/v1{path}"),
        headers={"authorization": f"Bearer {token}"},
        body=b"" if body is None else json.dumps(body).encode(),
    )
    return answer.status, json.loads(answer.body)


async def desk(console: Any, code: str = "front", **more: Any) -> None:
    chosen = {"name_ar": "الاستقبال", "name_en": "Front", **more}
    shop = console.shop
    await teams.add(console.database, shop.merchant_id, code, chosen, actor="test")


async def test_a_desk_is_made_and_given_its_members(console: Any) -> None:
    browser = await console.signed_in()
    member = f"member_{console.shop.operator_id}"
    form = {"code": "Sales", "name_ar": "المبيعات", "slot_minutes": "٣٠", member: "on"}
    assert (await browser.post("/desks", form)).headers["location"] == "/desks?saved"
    page = (await browser.get("/desks?saved")).text
    assert "المبيعات" in page
    assert "حُفظ المكتب" in page
    assert "مواعيد ٣٠ دقيقة" in page
    assert await of(console, "select operator_id from desk_member") == console.shop.operator_id
    changed = {"name_ar": "البيع", "active": "on", "usual": "on"}
    assert (await browser.post("/desks/sales", changed)).status == 303
    assert await of(console, "select count(*) from desk_member") == 0
    assert await of(console, "select slot_minutes from desk") is None
    assert (await browser.post("/desks/nowhere", changed)).status == 404


@pytest.mark.parametrize(
    "form",
    [
        {"code": "bad code", "name_ar": "x"},
        {"code": "ok", "name_ar": ""},
        {"code": "ok", "name_ar": "x", "slot_minutes": "1"},
        {"code": "ok", "name_ar": "x", "slot_minutes": "soon"},
        {"code": "front", "name_ar": "x"},
    ],
)
async def test_a_desk_that_cannot_be_keeps_what_was_typed(console: Any, form: Any) -> None:
    await desk(console)
    browser = await console.signed_in()
    answer = await browser.post("/desks", form)
    assert answer.status == 422
    assert "لم يُحفظ شيء" in answer.text
    assert await of(console, "select count(*) from desk") == 1


async def test_hours_are_set_as_they_are_typed_and_the_coming_days_show_it(console: Any) -> None:
    browser = await console.signed_in()
    assert "هذا اقتراح" in (await browser.get("/hours")).text
    assert (await browser.post("/hours", WEEK)).headers["location"] == "/hours?saved"
    page = (await browser.get("/hours")).text
    assert 'value="9:00-13:00, 16:00-22:00"' in page
    assert "٩ صباحاً – ١ ظهراً، ٤ عصراً – ١٠ مساءً" in page
    tomorrow = str((datetime.now(UTC) + timedelta(days=2)).date())
    holiday = {"first": tomorrow, "last": "", "name_ar": "جرد"}
    assert (await browser.post("/hours/holidays", holiday)).status == 303
    assert "جرد" in (await browser.get("/hours")).text
    gone = {"first": tomorrow, "last": tomorrow}
    assert (await browser.post("/hours/holidays/remove", gone)).status == 303
    plan, _ = await planning.read(console.database, console.shop.merchant_id)
    assert plan is not None
    assert plan.holidays == ()
    wrong = await browser.post("/hours", WEEK | {"day_3": "noon-ish"})
    assert wrong.status == 422
    assert "noon-ish" in wrong.text


async def test_a_desk_has_hours_of_its_own_until_they_are_taken_away(console: Any) -> None:
    await desk(console)
    browser = await console.signed_in()
    form = WEEK | {f"day_{place}": "10-12" for place in range(7)}
    assert (await browser.post("/hours?desk=front", form)).status == 303
    assert await of(console, "select count(*) from opening_hours") == 1
    assert (await browser.post("/hours?desk=front", form | {"as_merchant": "yes"})).status == 303
    assert await of(console, "select count(*) from opening_hours") == 0
    assert (await browser.get("/hours?desk=nowhere")).status == 404


async def test_dates_of_the_console_are_said_in_the_calendar_of_the_merchant(console: Any) -> None:
    seeded = await fill(console.database, console.shop)
    browser = await console.signed_in()
    form = {"timezone": "Asia/Riyadh", "dates": "hijri", "hijri_days": "1"}
    assert (await browser.post("/hours/calendar", form)).status == 303
    await write(console, "update contact set created_at = '2026-03-20T10:00Z'")
    # Umm al-Qura has the first of Shawwal; where the moon is seen a day later it is Ramadan yet.
    assert "٣٠ رمضان" in (await browser.get(f"/conversations/{seeded['answered']}")).text
    wrong = form | {"timezone": "Mars/Base"}
    assert (await browser.post("/hours/calendar", wrong)).status == 422


async def test_what_went_to_my_desk_is_in_my_list_with_its_brief_above_the_thread(
    console: Any,
) -> None:
    seeded = await fill(console.database, console.shop)
    await desk(console, members=(console.shop.operator_id,))
    await desk(console, "other", name_ar="غيره")
    mine, theirs = seeded["answered"], seeded["english"]
    give = (
        "update conversation set state = 'human', hand_over_reason = 'complaint',"
        " desk_id = (select id from desk where code = $2) where id = $1"
    )
    await write(console, give, mine, "front")
    await write(console, give, theirs, "other")
    told = {"asked": ["أين <b>طلبي</b>؟"], "cart": [{"name_ar": "قميص", "count": 2}]}
    await write(console, "update hand_over set summary = $2 where conversation_id = $1", mine, told)
    browser = await console.signed_in()
    page = (await browser.get("/?tab=desks")).text
    assert f'id="row-{mine}"' in page
    assert f'id="row-{theirs}"' not in page
    assert "الاستقبال" in page
    thread = (await browser.get(f"/conversations/{mine}")).text
    assert "أين &lt;b&gt;طلبي&lt;/b&gt;؟" in thread
    assert "قميص" in thread


async def test_done_leaves_nothing_waiting_and_gives_it_back(console: Any) -> None:
    seeded = await fill(console.database, console.shop)
    browser = await console.signed_in()
    path = f"/conversations/{seeded['handed']}"
    await browser.post(f"{path}/take-over")
    assert f"{path}/done" in (await browser.get(path)).text
    assert (await browser.post(f"{path}/done")).status == 303
    assert await of(console, "select state from conversation where id = $1", seeded["handed"]) == (
        "bot"
    )
    assert ("reply", console.shop.merchant_id, seeded["handed"]) not in console.hints.told


async def test_an_inboxs_people_are_set_from_its_page(console: Any) -> None:
    await desk(console)
    inbox = await of(console, "select id from inbox order by id limit 1")
    browser = await console.signed_in()
    path = f"/inboxes/{inbox}/people"
    assert path in (await browser.get(f"/inboxes/{inbox}")).text
    form = {
        "escalation_enabled": "on",
        "threshold_percent": "٤٠",
        "escalation_keywords": "مدير\nboss",
        "hand_back_minutes": "٣٠",
        "desk_complaint": "front",
        "away_ar": "نعود صباحاً",
        "away_answers": "no",
    }
    assert (await browser.post(path, form)).headers["location"] == f"{path}?saved"
    status, now = await asked(console, "GET", f"/inboxes/{inbox}/escalation")
    assert (status, now["escalation_threshold"], now["hand_back_minutes"]) == (200, 0.4, 30)
    assert now["escalation_keywords"] == ["مدير", "boss"]
    assert now["escalation_desks"] == {"complaint": "front"}
    assert now["welcome"] == {"away_ar": "نعود صباحاً", "away_answers": False}
    wrong = await browser.post(path, form | {"threshold_percent": "101"})
    assert wrong.status == 422
    assert 'value="101"' in wrong.text
    assert (await browser.post("/inboxes/999999/people", form)).status == 404


async def test_appointments_are_listed_and_cancelled(console: Any) -> None:
    seeded = await fill(console.database, console.shop)
    merchant_id, now = console.shop.merchant_id, datetime.now(UTC)
    await desk(console, "clinic", slot_minutes=30)
    await planning.set_calendar(console.database, merchant_id, {"timezone": "UTC"}, actor="t")
    status, _ = await asked(
        console,
        "POST",
        "/hours",
        {"plan": {"week": [[{"opens": 0, "closes": 1440}]] * 7}},
    )
    assert status == 200
    at = (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    async with console.database.deed(merchant_id) as connection:
        place = await booking.place_of(connection, merchant_id, "clinic")
        assert not isinstance(place, Refused)
        made = await booking.book(
            *(connection, merchant_id, place, at, now),
            contact_id=None,
            conversation_id=seeded["answered"],
            name="زينب <i>",
        )
    assert not isinstance(made, Refused)
    browser = await console.signed_in()
    page = (await browser.get("/bookings")).text
    assert "زينب &lt;i&gt;" in page
    assert "٠٩:٠٠" in page
    _, told = await asked(console, "GET", "/bookings?desk=clinic")
    assert [one["id"] for one in told["bookings"]] == [made.id]
    assert (await browser.post(f"/bookings/{made.id}/cancel")).status == 303
    status, _ = await asked(console, "POST", f"/bookings/{made.id}/cancel", {})
    assert status == 404
    assert "زينب" not in (await browser.get("/bookings")).text


async def test_desks_are_made_and_changed_over_the_api(console: Any) -> None:
    status, made = await asked(
        console,
        "POST",
        "/desks",
        {"code": "sales", "name_ar": "المبيعات", "members": ["sara@one.example"]},
    )
    assert (status, made["usual"], made["members"]) == (201, True, ["sara@one.example"])
    status, made = await asked(console, "POST", "/desks/sales", {"slot_minutes": 20})
    assert (made["slot_minutes"], made["members"]) == (20, ["sara@one.example"])
    status, _ = await asked(console, "POST", "/desks/sales", {"members": ["nobody@x"]})
    assert status == 422
    _, told = await asked(console, "GET", "/desks")
    assert [one["code"] for one in told["desks"]] == ["sales"]
    status, told = await asked(console, "POST", "/hours", {"plan": {"week": [[]] * 6}})
    assert status == 422
    status, told = await asked(console, "POST", "/hours", {"dates": "both", "hijri_days": -1})
    assert (told["dates"], told["hijri_days"], told["plan"]) == ("both", -1, None)


async def test_another_merchants_desks_are_not_there(console: Any) -> None:
    await desk(console)
    browser = await console.signed_in(console.other)
    assert "الاستقبال" not in (await browser.get("/desks")).text
    assert (await browser.post("/desks/front", {"name_ar": "x", "active": "on"})).status == 404
    assert await of(console, "select name_ar from desk") == "الاستقبال"

"""An assistant's calls about people and their time: a desk, the hours, an appointment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from hudhud.core.desks import booking, teams
from hudhud.core.hours import planning
from hudhud.core.hours.typed import spans_of
from hudhud.core.tools import Memory, Toolbox
from hudhud.errors import NotFoundError
from hudhud.model import BookSlot, BusinessHours, HandOver, Plan, Refused
from shop import Shop
from turns import claimed, claimed_again, turn_of

PLAN = Plan(week=((spans_of("9-11"),) * 4) + ((),) + (spans_of("9-11"),) * 2)
# A Saturday, eight in the morning in Baghdad.
NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
WANTED = "أريد موعداً الساعة تسعة"
NINE = "2026-11-21T09:00"


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    await planning.change(shop.database, shop.merchant, None, PLAN, actor="test")
    room = {"name_ar": "العيادة", "name_en": "Clinic", "slot_minutes": 30, "slot_places": 2}
    await teams.add(shop.database, shop.merchant, "clinic", room, actor="test")
    return shop


async def tools(shop: Shop, who: str = "964770", words: str = WANTED, **more: Any) -> Toolbox:
    claim = await claimed(shop, words, who=who)
    turn = msgspec.structs.replace(turn_of(claim), now=NOW)
    return Toolbox(shop.database, claim, turn, **more)


async def test_a_desk_that_is_there_is_named_and_another_is_not(shop: Shop) -> None:
    box = await tools(shop)
    assert await box.call(HandOver(reason="طلب خاص")) == "clinic"
    assert await box.call(HandOver(reason="x", desk="clinic")) == "clinic"
    refused = await box.call(HandOver(reason="x", desk="nowhere"))
    assert refused == Refused(why="unknown_desk", told={"desks": {"clinic": "Clinic"}})


async def test_hours_are_told_for_now_and_for_a_day(shop: Shop) -> None:
    box = await tools(shop)
    told = await box.call(BusinessHours(day="2026-11-27"))
    assert not isinstance(told, Refused)
    assert (told["open"], told["now"]["en"]) == (False, "Closed now; opens at 9 am")
    assert (told["day"]["hijri"], told["day"]["en"]) == ("1448-06-17", "closed")
    assert isinstance(await box.call(BusinessHours(day="tomorrow")), Refused)
    await planning.change(shop.database, shop.merchant, None, None, actor="test")
    assert await box.call(BusinessHours()) == {"known": False}


async def test_an_appointment_is_booked_once_however_often_the_answer_is_made(shop: Shop) -> None:
    wanted = BookSlot(at=NINE, note="فحص")
    first = await (await tools(shop)).call(wanted)
    assert not isinstance(first, Refused)
    assert (first["at"], first["until"]) == (NINE, "2026-11-21T09:30")
    claim = await claimed_again(shop)
    again = Toolbox(shop.database, claim, msgspec.structs.replace(turn_of(claim), now=NOW))
    assert await again.call(wanted) == first
    assert await shop.one("select count(*) from booking") == 1
    assert await shop.one("select note from booking") == "فحص"


async def test_what_is_full_is_refused_with_the_nearest_free_times(shop: Shop) -> None:
    for who in ("9641", "9642"):
        assert not isinstance(await (await tools(shop, who)).call(BookSlot(at=NINE)), Refused)
    refused = await (await tools(shop, "9643")).call(BookSlot(at=NINE))
    free = ["2026-11-21T09:30", "2026-11-21T10:00", "2026-11-21T10:30"]
    assert refused == Refused(why="not_free", told={"desk": "clinic", "free": free})


@pytest.mark.parametrize(
    "at", ["2026-11-20T09:00", "2026-11-21T09:10", "2026-11-21T11:00", "2026-11-27T09:00"]
)
async def test_no_time_beside_the_hours_can_be_booked(shop: Shop, at: str) -> None:
    refused = await (await tools(shop)).call(BookSlot(at=at))
    assert isinstance(refused, Refused)
    assert refused.why == "not_free"
    assert await shop.rows("select 1 from booking") == []


async def test_what_is_no_time_or_no_desk_is_refused(shop: Shop) -> None:
    box = await tools(shop)
    for wanted, why in (
        (BookSlot(at="tomorrow"), "unfit_value"),
        (BookSlot(at=NINE, desk="nowhere"), "unknown_desk"),
    ):
        refused = await box.call(wanted)
        assert isinstance(refused, Refused)
        assert refused.why == why


async def test_twenty_at_once_get_no_more_places_than_there_are(shop: Shop) -> None:
    boxes = [await tools(shop, f"9647{place:02}") for place in range(20)]
    told = await asyncio.gather(*(box.call(BookSlot(at=NINE)) for box in boxes))
    assert sum(not isinstance(one, Refused) for one in told) == 2
    assert await shop.rows("select place from booking order by 1") == [(1,), (2,)]


async def test_whoever_books_at_a_desk_waits_for_who_books_there(shop: Shop) -> None:
    box, at = await tools(shop), datetime(2026, 11, 21, 6, tzinfo=UTC)
    async with shop.database.deed(shop.merchant) as connection:
        place = await booking.place_of(connection, shop.merchant, "clinic")
        assert not isinstance(place, Refused)
        await booking.book(connection, shop.merchant, place, at, NOW, contact_id=None)
        asking = asyncio.create_task(box.call(BookSlot(at=NINE)))
        while not await shop.rows("select 1 from pg_locks where not granted"):
            await asyncio.sleep(0.01)
    assert not isinstance(await asking, Refused)
    assert await shop.rows("select place from booking order by 1") == [(1,), (2,)]


async def test_longer_appointments_than_before_do_not_overlap_those_that_are_booked(
    shop: Shop,
) -> None:
    for who in ("9641", "9642"):
        await (await tools(shop, who)).call(BookSlot(at="2026-11-21T09:30"))
    await teams.change(
        *(shop.database, shop.merchant, "clinic", {"slot_minutes": 60}), actor="test"
    )
    assert isinstance(await (await tools(shop, "9643")).call(BookSlot(at=NINE)), Refused)


async def test_a_cancelled_time_is_free_again(shop: Shop) -> None:
    made = await (await tools(shop)).call(BookSlot(at=NINE))
    assert not isinstance(made, Refused)
    (coming,) = await booking.coming(shop.database, shop.merchant, NOW)
    assert (coming.id, coming.desk) == (made["number"], "clinic")
    await booking.cancel(shop.database, shop.merchant, coming.id, actor="test")
    assert await booking.coming(shop.database, shop.merchant, NOW) == []
    with pytest.raises(NotFoundError):
        await booking.cancel(shop.database, shop.merchant, coming.id, actor="test")


async def test_a_rehearsal_books_nothing(shop: Shop) -> None:
    told = await (await tools(shop, memory=Memory())).call(BookSlot(at=NINE))
    assert not isinstance(told, Refused)
    assert (told["number"], told["at"]) == (0, NINE)
    assert await shop.rows("select 1 from booking") == []


async def test_a_turn_sees_no_appointment_of_another_contact(shop: Shop) -> None:
    await (await tools(shop)).call(BookSlot(at=NINE))
    contact = await shop.one("select contact_id from booking")
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("select set_config('hudhud.contact', $1, true)", str(contact + 1))
        assert await connection.fetch("select 1 from booking") == []
        assert await connection.fetchval(
            "select count(*) from desk d, taken_places(d.id, 'epoch', 'infinity')"
        )

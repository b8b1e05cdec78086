"""Statuses come as Meta sends them, and as Meta sends them on a bad day."""

from __future__ import annotations

import pytest
from simulated import CUSTOMER, NUMBER, Simulated, Sink, Wait

from hudhud.errors import BadInputError
from hudhud.simulator.statuses import SCRIPTS, STEPS_MAX, Step, plan, script

TAG = "outbox-7-attempt-1"
DAY_S = 24 * 3600


def _steps(*steps: tuple[str, int]) -> list[dict[str, object]]:
    return [{"status": status, "after_ms": after_ms} for status, after_ms in steps]


async def test_statuses_come_in_order_and_echo_the_tag(shop: Simulated, sink: Sink):
    await shop.behave(statuses=_steps(("sent", 0), ("delivered", 10), ("read", 20)))
    await shop.say(text="مرحبا")
    wamid = await shop.text(biz_opaque_callback_data=TAG)
    await sink.until(lambda: len(sink.statuses) == 3)
    assert sink.told(wamid) == ["sent", "delivered", "read"]
    assert {s["biz_opaque_callback_data"] for s in sink.statuses} == {TAG}
    assert {s["recipient_id"] for s in sink.statuses} == {CUSTOMER}
    assert sink.statuses[0]["conversation"]["expiration_timestamp"].isdecimal()
    assert sink.unsigned == 0


async def test_a_send_without_a_tag_has_statuses_without_one(shop: Simulated, sink: Sink):
    await shop.behave(statuses=_steps(("sent", 0)))
    await shop.say(text="مرحبا")
    await shop.text()
    await sink.until(lambda: len(sink.statuses) == 1)
    assert "biz_opaque_callback_data" not in sink.statuses[0]


@pytest.mark.parametrize(
    "order", [("read", "sent"), ("delivered", "read", "sent"), ("sent", "sent", "read"), ("read",)]
)
async def test_statuses_come_out_of_order_twice_or_not_at_all(
    shop: Simulated, sink: Sink, order: tuple[str, ...]
):
    await shop.behave(statuses=_steps(*((status, n * 10) for n, status in enumerate(order))))
    await shop.say(text="مرحبا")
    wamid = await shop.text()
    await sink.until(lambda: len(sink.statuses) == len(order))
    assert sink.told(wamid) == list(order)


async def test_a_phone_never_shows_a_tick_that_went_backwards(
    shop: Simulated, sink: Sink, eventually: Wait
):
    await shop.behave(statuses=_steps(("read", 0), ("sent", 10)))
    await shop.say(text="مرحبا")
    await shop.text()
    await sink.until(lambda: len(sink.statuses) == 2)

    async def is_read() -> bool:
        return (await shop.phone())["messages"][-1]["tick"] == "read"

    await eventually(is_read)


async def test_a_status_can_overtake_the_answer_to_its_send(shop: Simulated, sink: Sink):
    await shop.say(text="مرحبا")
    await shop.behave(statuses=_steps(("sent", 0)), answer_delay_ms=300)
    wamid = await shop.text()
    assert sink.told(wamid) == ["sent"]


async def test_outside_24_hours_a_text_is_accepted_and_then_fails(shop: Simulated, sink: Sink):
    await shop.say(text="قبل أمس", age_s=DAY_S + 60)
    wamid = await shop.text(biz_opaque_callback_data=TAG)
    await sink.until(lambda: len(sink.statuses) == 1)
    (status,) = sink.statuses
    assert (status["id"], status["status"]) == (wamid, "failed")
    assert status["errors"][0]["code"] == 131047
    assert status["biz_opaque_callback_data"] == TAG
    assert len((await shop.phone())["messages"]) == 1
    assert [s["outcome"] for s in (await shop.history())["sends"]] == ["undeliverable"]


async def test_outside_24_hours_a_text_can_be_refused_at_once(shop: Simulated):
    await shop.behave(window="answer")
    status, answer = await shop.send(type="text", text={"body": "نص"})
    assert (status, answer["error"]["code"]) == (400, 131047)


async def test_a_template_reaches_a_phone_that_never_wrote(shop: Simulated):
    template = {"name": "back_to_you", "language": {"code": "ar"}}
    status, _ = await shop.send(type="template", template=template)
    assert status == 200
    assert len((await shop.phone())["messages"]) == 1


async def test_a_late_webhook_shortens_the_window_by_its_own_stamp(shop: Simulated, sink: Sink):
    await shop.behave(statuses=[])
    await shop.say(text="متأخرة", age_s=20 * 3600)
    await sink.until(lambda: len(sink.messages) == 1)
    await shop.text()
    assert (await shop.history())["sends"][0]["outcome"] == "accepted"


async def test_the_window_is_per_number(shop: Simulated, sink: Sink):
    await shop.register(sink, phone_number_id="999", token="of-999")
    await shop.say(text="إلى رقم آخر", phone_number_id="999")
    await shop.text()
    assert (await shop.history())["sends"][0]["outcome"] == "undeliverable"


async def test_a_behaviour_may_be_one_numbers_own(shop: Simulated):
    await shop.behave(statuses="none", phone_number_id=NUMBER)
    _, general = await shop.ask("GET", "/simulator/behaviour")
    _, own = await shop.ask("GET", f"/simulator/behaviour?phone_number_id={NUMBER}")
    assert (general["script"], own["script"]) == ("normal", "none")


def test_what_is_told_out_of_order_did_not_happen_out_of_order():
    told = plan((Step("read", 100), Step("sent", 5_000), Step("delivered", 2_500)), 1_000_000)
    assert [t.status for t in told] == ["read", "delivered", "sent"]
    stamps = {t.status: t.stamp_s for t in told}
    assert stamps["sent"] <= stamps["delivered"] <= stamps["read"]


def test_an_unknown_script_or_an_endless_one_is_refused():
    with pytest.raises(BadInputError, match="normal"):
        script("surprise")
    with pytest.raises(BadInputError):
        script([Step("sent", 0)] * (STEPS_MAX + 1))
    assert script("normal") == SCRIPTS["normal"]

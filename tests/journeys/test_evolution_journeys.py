"""Evolution API, whole: from a linked phone to the answer, and all that goes wrong between."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from instances import Instance, opened_instances

from homes import Home
from shops import until


@pytest.fixture
async def shop(home: Home) -> AsyncIterator[Instance]:
    async with opened_instances(home) as instance:
        yield instance


async def outbox(shop: Instance) -> list[str]:
    rows = await shop.rows(
        "select state from outbox where merchant_id = $1 and inbox_id = $2 order by id",
        shop.inbox.id,
    )
    return [row["state"] for row in rows]


async def settled(shop: Instance, *states: str) -> None:
    async def true() -> bool:
        return await outbox(shop) == list(states)

    await until(true, f"{states}")


async def messages(shop: Instance, direction: str = "in") -> list[Any]:
    return await shop.rows(
        "select m.* from message m where m.merchant_id = $1 and m.inbox_id = $2"
        " and m.direction = $3 order by m.id",
        shop.inbox.id,
        direction,
    )


@pytest.mark.parametrize(
    "manner",
    [
        {},
        {"version": "v1", "upper": True},
        {"by_events": True, "upper": True, "base64": True},
        {"takes_ids": False, "by_events": True},
    ],
)
async def test_a_burst_gets_one_answer_from_every_release(home: Home, manner: dict[str, Any]):
    async with opened_instances(home, **manner) as shop:
        asked = await shop.say("السلام عليكم", "عندكم قميص كتان؟", "كم سعره؟")
        await shop.answered(1)
        await shop.quiet()
        (sent,) = await shop.sends()
        assert "٢٨٬٠٠٠" in sent["text"]
        assert await shop.batches() == [asked]
        # `send.message` told us of our own send: it paused nobody, and made no second bubble.
        (conversation,) = await shop.mine()
        assert conversation["state"] == "bot"
        assert len(await messages(shop, "out")) == 1

        async def read() -> bool:
            (row,) = await shop.rows("select read_at from outbox where merchant_id = $1")
            return row["read_at"] is not None

        await until(read, "the status read")


@pytest.mark.clause("10.9")
@pytest.mark.clause("9.identity")
async def test_one_person_on_two_instances_is_two_conversations(home: Home):
    async with opened_instances(home, 2) as (one, other):
        person = one.customer()
        for instance in (one, other):
            body = {
                "phone_number_id": instance.number,
                "messages": [{"text": "كم سعر قميص الكتان؟"}],
            }
            instance.said += (await instance.ask("POST", f"/phones/{person}/say", body))["wamids"]
        for instance in (one, other):
            await until(instance.sends, "an answer")
            assert [send["to"] for send in await instance.sends()] == [person]
        rows = await one.rows(
            "select inbox_id, contact_id from conversation where merchant_id = $1 order by 1"
        )
        assert [row["inbox_id"] for row in rows] == [one.inbox.id, other.inbox.id]


@pytest.mark.clause("6.evolution")
async def test_a_linked_phone_writes_no_faster_than_twice_a_second(shop: Instance):
    for person in (1, 2, 3, 4, 5):
        await shop.say("كم سعر قميص الكتان؟", by=person)
    await shop.answered(5)
    moments = sorted(send["at_ms"] for send in await shop.sends())
    assert len(moments) == 5
    assert moments[-1] - moments[0] >= 1000


@pytest.mark.clause("10.9")
@pytest.mark.clause("9.from_me")
async def test_what_the_owner_writes_pauses_the_assistant_and_our_own_echo_does_not(shop: Instance):
    await shop.say("كم سعر قميص الكتان؟")
    await shop.answered(1)
    (conversation,), (sent,) = await shop.mine(), await shop.sends()
    assert conversation["state"] == "bot"
    # Some releases tell our own send in `messages.upsert` too.
    echo = {"id": sent["wamid"], "fromMe": True, "remoteJid": f"{sent['to']}@s.whatsapp.net"}
    data = {"key": echo, "message": {"conversation": sent["text"]}, "messageTimestamp": 1763700000}
    body = {"event": "messages.upsert", "instance": shop.number, "data": data}
    assert await shop.post(json.dumps(body).encode()) == 200
    assert (await shop.mine())[0]["state"] == "bot"
    await shop.ask(
        "POST", f"/phones/{shop.customer()}/say",
        {"phone_number_id": shop.number, "kind": "owner", "text": "أنا معك"},
    )  # fmt: skip

    async def paused() -> bool:
        return (await shop.mine())[0]["state"] == "human"

    await until(paused, "the owner's word pauses")
    assert (await shop.mine())[0]["hand_over_reason"] == "owner_wrote"


async def test_one_person_under_two_ids_is_one_contact(shop: Instance):
    await shop.say("السلام عليكم", ids="lid_and_phone")
    await shop.say("عندكم قميص كتان؟", ids="lid")
    await shop.say("كم سعره؟")
    await shop.answered()
    assert len(await shop.mine()) == 1
    rows = await shop.rows("select distinct contact_id from contact_alias where merchant_id = $1")
    assert len(rows) == 1
    assert {send["to"] for send in await shop.sends()} == {shop.customer()}


async def test_two_strangers_who_prove_to_be_one_become_one_conversation(shop: Instance):
    await shop.say("السلام عليكم", ids="lid")
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(2)
    assert len(await shop.mine()) == 2
    await shop.say("كم سعره؟", ids="phone_and_lid")
    await shop.answered(3)

    async def one() -> bool:
        rows = await shop.rows("select distinct contact_id from contact_alias where merchant_id=$1")
        return len(rows) == 1

    await until(one, "one contact")
    rows = await shop.rows(
        "select distinct conversation_id from message where merchant_id = $1 and direction = 'in'"
    )
    assert len(rows) == 1
    assert len(await shop.sends()) == 3


async def test_who_shows_only_a_hidden_id_is_answered_under_it(shop: Instance):
    await shop.say("كم سعر قميص الكتان؟", ids="lid")
    await shop.answered(1)
    assert [send["to"] for send in await shop.sends()] == [shop.customer()]


async def test_groups_status_posts_and_storms_wake_nobody_and_cost_little(shop: Instance):
    async def tell(kind: str, **more: Any) -> None:
        body = {"phone_number_id": shop.number, "kind": kind, **more}
        await shop.ask("POST", f"/phones/{shop.customer()}/say", body)

    await tell("text", text="في المجموعة", group="1203-456")
    await tell("story")
    for _ in range(5):
        await tell("contacts_storm", count="200")
        await tell("qr_code")
    await shop.quiet()
    assert await shop.mine() == []
    rows = await shop.rows(
        "select reason, set_aside, length(body) as bytes from journal where merchant_id = $1"
    )
    assert sorted(row["reason"] for row in rows) == ["data: field:broadcast", "data: field:group"]
    assert not any(row["set_aside"] for row in rows)


@pytest.mark.parametrize("takes_ids", [True, False])
async def test_400_after_a_real_send_is_unknown_and_is_never_sent_twice(
    home: Home,
    takes_ids: bool,  # noqa: FBT001 - pytest gives it by its name
):
    async with opened_instances(home, takes_ids=takes_ids) as shop:
        await shop.fault("http_400_after")
        if not takes_ids:
            await shop.behave(statuses="none")
        await shop.say("كم سعر قميص الكتان؟")
        if takes_ids:
            # The statuses name the id that we chose: it is settled, and the conversation goes on.
            await settled(shop, "accepted")
            await shop.say("وهل لديكم توصيل؟")
            await shop.answered(2)
            assert len(await shop.sends()) == 2
            return
        await settled(shop, "unknown")
        (sent,) = await shop.sends()
        echo = {"id": "3EB0THEIRS", "fromMe": True, "remoteJid": f"{sent['to']}@s.whatsapp.net"}
        data = {"key": echo, "message": {"conversation": sent["text"]}}
        body = {"event": "send.message", "instance": shop.number, "data": data}
        assert await shop.post(json.dumps(body).encode()) == 200
        await settled(shop, "accepted")
        assert len(await shop.sends()) == 1


@pytest.mark.clause("9.sent")
@pytest.mark.parametrize("kind", ["timeout_after", "cut_after", "http_500_after"])
async def test_a_send_that_nobody_answered_is_settled_by_what_evolution_tells(
    home: Home, kind: str
):
    async with opened_instances(home, takes_ids=False) as shop:
        await shop.fault(kind)
        await shop.say("كم سعر قميص الكتان؟")
        await settled(shop, "accepted")
        assert len(await shop.sends()) == 1


async def test_201_around_an_error_is_a_failure_and_goes_to_a_person(shop: Instance):
    await shop.fault("http_201_before")
    await shop.say("كم سعر قميص الكتان؟")
    await settled(shop, "rejected")
    assert (await shop.mine())[0]["state"] == "human"


async def test_while_the_phone_is_not_linked_answers_wait_and_nothing_is_lost(shop: Instance):
    await shop.set(state="close")
    await shop.say("كم سعر قميص الكتان؟")

    async def waits() -> bool:
        rows = await shop.rows("select state, error_text from outbox where merchant_id = $1")
        return bool(rows) and "not linked" in (rows[0]["error_text"] or "")

    await until(waits, "the send waits")
    assert await shop.sends() == []
    await shop.set(state="open")
    await shop.answered(1)
    assert len(await shop.sends()) == 1


async def test_a_phone_that_is_lost_raises_an_alarm_and_its_storm_is_one_row(shop: Instance):
    async def link() -> Any:
        rows = await shop.rows("select * from inbox_link where merchant_id = $1")
        return rows[0] if rows else None

    async def lost() -> bool:
        row = await link()
        return row is not None and not row["linked"]

    journalled = "select count(*) from journal where merchant_id = $1"
    await shop.set(state="close")
    await until(lost, "the phone is lost")
    since = (await link())["since"]
    for _ in range(10):
        await shop.set(state="connecting")
        await shop.set(state="close")
    await shop.quiet()
    assert (await link())["since"] == since
    assert await shop.value(journalled) == 0
    waiting = "select state, count from waiting($1) where state = 'unlinked'"
    assert await shop.rows(waiting) == []
    await shop.rows(
        "update inbox_link set since = now() - interval '2 minutes'"
        " where merchant_id = $1 returning 1"
    )
    assert [row["count"] for row in await shop.rows(waiting)] == [1]
    # News that comes late does not undo what is newer.
    await shop.set(state="open")

    async def back() -> bool:
        return bool((await link())["linked"])

    await until(back, "the phone is back")
    late = {"event": "connection.update", "instance": shop.number, "data": {"state": "close"}}
    body = json.dumps({**late, "date_time": "2020-01-01T00:00:00.000Z"}).encode()
    assert await shop.post(body) == 200
    assert await back()
    log = "".join(file.read_text("utf-8", "replace") for file in shop.house.folder.glob("*.log"))
    told = [line for line in log.splitlines() if f'"inbox": {shop.inbox.id}' in line]
    assert sum("inbox.unlinked" in line for line in told) == 1
    assert sum("inbox.linked" in line for line in told) == 1


async def test_no_key_is_stored_or_logged(home: Home, shop: Instance):
    await shop.set(base64=True)
    await shop.say("كم سعر قميص الكتان؟")
    await shop.say(kind="image")
    await shop.say(kind="unknown")
    await shop.answered()
    await shop.post(b'{"event":"messages.upsert","apikey":"' + shop.apikey.encode() + b'","data":')
    assert await shop.post(b"{}", secret="wrong") == 401
    await shop.quiet()
    secrets = {"apikey": shop.apikey, "secret": shop.secret, "server": "server-password"}
    secrets |= {"media key": "a-key-that-nobody-keeps"}
    connection = await asyncpg.connect(home.owner_url)
    try:
        tables = await connection.fetch(
            "select relname from pg_class"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        for table in tables:
            whole = f'select t::text as row from "{table["relname"]}" t'
            for row in await connection.fetch(whole):
                for what, secret in secrets.items():
                    for seen in (secret, secret.encode().hex()):
                        assert seen not in row["row"], (table["relname"], what)
    finally:
        await connection.close()
    for log in shop.house.folder.rglob("*.log"):
        text = log.read_text("utf-8", "replace")
        for what, secret in secrets.items():
            assert secret not in text, (log.name, what)

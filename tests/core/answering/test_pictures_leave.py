"""Pictures are parts of an answer: after its text, in order, once, as each channel takes them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from broken_model import BrokenModel, broken_model, calls, says
from hudhud.channels import evolution, instagram, messenger, webchat, whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.goods import picturing
from hudhud.core.outside.breakers import Breakers
from hudhud.core.tools import Memory, Toolbox
from hudhud.model import Media, Product, Refused, SendPictures
from hudhud.responders import llm
from hudhud.settings import Settings
from hudhud.store import assistants, conversations
from hudhud.store.conversations import Claim, Finish, Rich
from shop import Shop
from turns import MUG, SHIRT, claimed, claimed_again, pictured, stocked, turn_of

SETTINGS = Settings(data_dir=Path("/nowhere"), responder_deadline_s=20)


@pytest.fixture
async def model() -> AsyncIterator[BrokenModel]:
    await llm.warm()
    async with broken_model() as local:
        yield local


async def answering(shop: Shop, responder: str = "catalogue", **options: Any) -> None:
    async with shop.database.deed(shop.merchant) as connection:
        made = await assistants.add(
            connection, shop.merchant, name="هدهد", responder=responder, options=options
        )
        await connection.execute("update inbox set assistant_id = $1", made)


async def made(shop: Shop, claim: Claim, channel: ModuleType = whatsapp) -> Finish:
    return await answer(
        *(shop.database, SETTINGS, claim, lambda text: (text,) if text else ()),
        checked=channel.checked,
        breakers=Breakers(Policy(failures=100)),
        ai_on=True,
    )


@pytest.mark.parametrize("channel", [whatsapp, evolution, webchat])
async def test_a_picture_follows_the_text_with_name_and_price_below_it(
    shop: Shop, tmp_path: Path, channel: ModuleType
) -> None:
    await stocked(shop)
    await answering(shop)
    first, second = await pictured(shop, tmp_path, count=2)
    ending = await made(shop, await claimed(shop, "ممكن صورة القميص؟"), channel)
    text, one, two = ending.parts
    assert isinstance(text, str)
    assert isinstance(one, Rich)
    assert isinstance(two, Rich)
    assert one.send == Media(type="image", media_id=first, caption=one.body)
    assert one.body.startswith("قميص: ٢٥")
    assert two.send == Media(type="image", media_id=second)


@pytest.mark.parametrize("channel", [instagram, messenger])
async def test_where_nothing_stands_below_a_picture_the_words_follow_it(
    shop: Shop, tmp_path: Path, channel: ModuleType
) -> None:
    await stocked(shop)
    await answering(shop)
    (media_id,) = await pictured(shop, tmp_path)
    ending = await made(shop, await claimed(shop, "ممكن صورة القميص؟"), channel)
    _, picture, words = ending.parts
    assert isinstance(picture, Rich)
    assert picture.send == Media(type="image", media_id=media_id)
    assert isinstance(words, str)
    assert words.startswith("قميص: ٢٥")


async def white(shop: Shop, folder: Path) -> tuple[int, int]:
    """The shirt's two pictures: one of the shirt, and one of it in white."""
    first, second = await pictured(shop, folder, count=2)
    row = (await shop.rows("select id, product_id from product_image order by place desc"))[0]
    which = (shop.database, shop.merchant, row["product_id"], row["id"])
    await picturing.describe(*which, "القميص الأبيض", colour="أبيض")
    return first, second


def sent(ending: Finish) -> list[int | None]:
    contents = [one.send for one in ending.parts if isinstance(one, Rich)]
    return [one.media_id for one in contents if isinstance(one, Media)]


@pytest.mark.parametrize("said", ["أبيض", "الابيض", "white"])
async def test_who_names_a_colour_is_sent_the_picture_that_the_page_gave_it(
    shop: Shop, tmp_path: Path, said: str
) -> None:
    await stocked(shop)
    both = await white(shop, tmp_path)
    await answering(shop)
    assert sent(await made(shop, await claimed(shop, f"ممكن صورة القميص {said}؟"))) == [both[1]]
    other = await claimed(shop, "ممكن صورة القميص الأسود؟", who="964775")
    assert sent(await made(shop, other)) == list(both)


async def test_a_model_shows_the_colour_that_it_names(
    shop: Shop, model: BrokenModel, tmp_path: Path
) -> None:
    await stocked(shop)
    _, second = await white(shop, tmp_path)
    await answering(shop, "llm", model="openai:m", base_url=model.url)
    shirt = ("send_pictures", {"sku": SHIRT, "colour": "بيضاء"})
    model.does = [calls(shirt, shirt), says({"response": "تفضل"})]
    assert sent(await made(shop, await claimed(shop, "ممكن صورة القميص الأبيض؟"))) == [second]
    assert "coloured" not in str(model.asked)
    assert "pictures 2, of أبيض" in str(model.asked[0])


async def test_an_answer_begun_twice_leaves_with_its_picture_once(
    shop: Shop, tmp_path: Path
) -> None:
    await stocked(shop)
    await answering(shop)
    await pictured(shop, tmp_path)
    lost = await claimed(shop, "ممكن صورة القميص؟")
    endings = [await made(shop, lost), await made(shop, await claimed_again(shop))]
    # The first worker was cut off and comes back after the second has answered.
    for ending in reversed(endings):
        await conversations.finish(shop.database, [ending])
    rows = await shop.rows(
        "select o.part, m.kind from outbox o join message m on m.id = o.message_id order by o.part"
    )
    assert [(row["part"], row["kind"]) for row in rows] == [(0, "text"), (1, "media")]


async def test_a_model_attaches_pictures_by_a_tool_and_we_write_what_stands_below(
    shop: Shop, tmp_path: Path, model: BrokenModel
) -> None:
    await stocked(shop)
    (media_id,) = await pictured(shop, tmp_path)
    await answering(shop, "llm", model="openai:m", base_url=model.url)
    wish = ("send_pictures", {"sku": SHIRT})
    model.does = [calls(wish, wish), says({"response": "تفضّل، هذه صورة القميص."})]
    ending = await made(shop, await claimed(shop, "ممكن صورة القميص؟"))
    assert ending.outcome == "answered", ending
    text, picture = ending.parts
    assert text == "تفضّل، هذه صورة القميص."
    assert isinstance(picture, Rich)
    assert picture.send == Media(type="image", media_id=media_id, caption=picture.body)
    assert picture.body.startswith("قميص: ٢٥")
    assert [call["name"] for call in ending.trace["model"]["calls"]] == ["send_pictures"] * 2


async def test_a_model_is_told_that_there_is_no_picture(shop: Shop, model: BrokenModel) -> None:
    await stocked(shop)
    await answering(shop, "llm", model="openai:m", base_url=model.url)
    model.does = [
        calls(("send_pictures", {"sku": MUG}), ("send_pictures", {"sku": "NO-1"})),
        says({"response": "لا صورة عندي للكوب الآن."}),
    ]
    ending = await made(shop, await claimed(shop, "ممكن صورة الكوب؟"))
    assert ending.parts == ("لا صورة عندي للكوب الآن.",)
    told = [m["content"] for m in model.asked[-1]["messages"] if m["role"] == "tool"]
    assert ["no_picture" in told[0], "unknown_product" in told[1]] == [True, True]


async def test_a_model_that_only_calls_for_a_picture_still_says_something(
    shop: Shop, tmp_path: Path, model: BrokenModel
) -> None:
    await stocked(shop)
    await pictured(shop, tmp_path)
    await answering(shop, "llm", model="openai:m", base_url=model.url)
    model.does = [calls(("send_pictures", {"sku": SHIRT})), says({"response": None})]
    ending = await made(shop, await claimed(shop, "ممكن صورة القميص؟"))
    assert [isinstance(part, Rich) for part in ending.parts] == [False, True]


async def test_in_a_rehearsal_the_tool_tells_the_same_and_writes_nothing(
    shop: Shop, tmp_path: Path
) -> None:
    await stocked(shop)
    (media_id,) = await pictured(shop, tmp_path)
    turn = turn_of(await claimed(shop))
    tools = Toolbox(shop.database, None, turn, memory=Memory())
    found = await tools.call(SendPictures(sku=SHIRT))
    assert isinstance(found, Product)
    assert found.images == (media_id,)
    assert await tools.call(SendPictures(sku=MUG)) == Refused(why="no_picture", told={"sku": MUG})
    assert await shop.one("select count(*) from outbox") == 0

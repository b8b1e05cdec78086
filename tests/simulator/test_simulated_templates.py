"""The simulated WhatsApp keeps message templates, and judges a send against them as Meta does."""

from __future__ import annotations

from typing import Any

import pytest
from simulated import NUMBER, TOKEN, Simulated, Sink

WABA = f"9{NUMBER}"
IMAGE = {"type": "image", "image": {"link": "https://shop.example/linen.jpg"}}


def texts(*values: str) -> list[dict[str, str]]:
    return [{"type": "text", "text": value} for value in values]


def named(**values: str) -> list[dict[str, str]]:
    return [{"type": "text", "parameter_name": n, "text": v} for n, v in values.items()]


def part(type_: str, parameters: list[Any], **more: Any) -> dict[str, Any]:
    return {"type": type_, "parameters": parameters} | more


READY = [
    part("body", texts("سعاد", "1043", "9")),
    part("button", texts("1043"), sub_type="url", index="1"),
]


async def ask(shop: Simulated, query: str, token: str = TOKEN) -> tuple[int, Any]:
    url = f"{shop.url}/v23.0/{WABA}/message_templates{query}"
    headers = {"Authorization": f"Bearer {token}"}
    async with shop.http.get(url, headers=headers) as answer:
        return answer.status, await answer.json()


async def send(
    shop: Simulated, name: str, *components: dict[str, Any], code: str = "ar"
) -> tuple[int, Any]:
    template = {"name": name, "language": {"code": code}, "components": list(components)}
    return await shop.send(type="template", template=template)


async def test_the_list_comes_in_pages_that_end(shop: Simulated) -> None:
    found, query = [], "?limit=4"
    for _ in range(10):
        status, page = await ask(shop, query)
        assert status == 200
        found += [(one["name"], one["language"]) for one in page["data"]]
        if "next" not in page["paging"]:
            break
        query = f"?limit=4&after={page['paging']['cursors']['after']}"
    assert len(found) == len(set(found)) == 9
    assert {"order_ready", "new_collection"} <= {name for name, _ in found}


async def test_only_the_accounts_own_token_reads_it(shop: Simulated) -> None:
    assert (await ask(shop, "", token="another"))[0] == 401
    assert (await ask(shop, "?after=zzz"))[0] == 400


@pytest.mark.clause("6.template")
@pytest.mark.parametrize(
    ("name", "code", "components", "refused"),
    [
        ("no_such", "ar", [], 132001),
        ("order_ready", "fr", [], 132001),
        ("visit_reminder", "ar", [part("body", texts("الأحد", "5"))], 132001),
        ("prize_for_you", "ar", [], 132001),
        ("winter_sale", "ar", [], 132015),
        ("order_ready", "ar", [part("body", texts("سعاد"))], 132000),
        ("order_ready", "ar", READY[:1], 131008),
        ("order_ready", "ar", [part("body", texts("سعاد\n", "1", "9")), READY[1]], 132012),
        ("order_ready", "ar", [part("body", texts("س" * 2000, "1", "9")), READY[1]], 132005),
        ("back_to_you", "ar", [part("header", texts("زيادة"))], 132000),
        ("new_collection", "ar", [part("body", texts("الكتان", "10%"))], 132012),
        ("delivery_today", "en_US", [part("header", texts("7"))], 132012),
    ],
)
async def test_an_unfit_template_is_refused_with_metas_code(
    shop: Simulated, name: str, code: str, components: list[Any], refused: int
) -> None:
    _, answer = await send(shop, name, *components, code=code)
    assert answer["error"]["code"] == refused, answer


async def test_a_fit_one_is_read_on_the_phone_with_its_values(shop: Simulated) -> None:
    status, answer = await send(shop, "order_ready", *READY)
    assert status == 200, answer
    (message,) = (await shop.phone())["messages"]
    assert "أهلاً سعاد، طلبك رقم 1043" in message["text"]
    assert [one["what"] for one in message["face"]] == ["header", "text", "footer", "options"]
    reply, link = message["face"][-1]["options"]
    assert reply["say"] == {"kind": "button", "text": "سأمرّ اليوم"}
    assert link["url"] == "https://shop.example/orders/1043"


async def test_named_places_and_a_picture_are_filled(shop: Simulated) -> None:
    names = named(first_name="Suad", from_hour="4", to_hour="6")
    header = part("header", named(order="1043"))
    status, answer = await send(shop, "delivery_today", header, part("body", names), code="en_US")
    assert status == 200, answer
    linen = [part("header", [IMAGE]), part("body", texts("الكتان", "10%"))]
    status, answer = await send(shop, "new_collection", *linen)
    assert status == 200, answer
    first, second = (await shop.phone())["messages"]
    assert "Suad, the driver comes between 4 and 6." in first["text"]
    assert second["face"][0]["url"] == IMAGE["image"]["link"]


async def test_what_a_script_changes_is_told_and_counts_from_then_on(
    shop: Simulated, sink: Sink
) -> None:
    order = {"phone_number_id": NUMBER, "name": "back_to_you", "language": "ar"}
    status, _ = await shop.ask(
        "PUT", "/simulator/templates", order | {"status": "DISABLED", "quality": "RED"}
    )
    assert status == 200
    await sink.until(lambda: len(sink.bodies) == 2)
    told = {b["entry"][0]["changes"][0]["field"]: b["entry"][0] for b in sink.bodies}
    status_told = told["message_template_status_update"]
    assert status_told["id"] == WABA
    assert status_told["changes"][0]["value"]["event"] == "DISABLED"
    scores = told["message_template_quality_update"]["changes"][0]["value"]
    assert scores["new_quality_score"] == "RED"
    _, answer = await send(shop, "back_to_you")
    assert answer["error"]["code"] == 132016
    query = f"?phone_number_id={NUMBER}&name=back_to_you&language=ar"
    assert (await shop.ask("DELETE", f"/simulator/templates{query}"))[0] == 204
    _, answer = await send(shop, "back_to_you")
    assert answer["error"]["code"] == 132001

"""An inbox's own URL: what it is sent, how that is proved, and what its answers become (S10)."""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from no_tools import NoTools

from broken_model import BrokenModel, broken_model, drips, hangs, replies
from hudhud.errors import ResponderFailedError
from hudhud.model import Answer, Media, Refused, Said, SendPictures, Tool, Turn
from hudhud.model.tools import Result
from hudhud.ops.sample.sample import sample
from hudhud.responders import webhook
from hudhud.responders.webhook.posting import ANSWER_BYTES_MAX
from hudhud.responders.webhook.signing import new_secret, signed

SHOP = sample()
OLD, NEW = new_secret(), new_secret()
DOC = Path(__file__).parents[2] / "docs/own-url.md"
# Made by the specification's own reference library, not by us.
VECTOR = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330)
VECTOR_BODY = b'{"test": 2432232314}'
VECTOR_PROOF = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.fixture
async def receiver() -> AsyncIterator[BrokenModel]:
    async with broken_model() as local:
        local.does = [replies({"response": "أهلًا"})]
        yield local


class Pictured:
    """Shows what the sample shop sells, under a picture of its own; `asked` are the calls."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.colours: list[str] = []

    async def call(self, wanted: Tool[Result]) -> Result | Refused:
        assert isinstance(wanted, SendPictures)
        self.asked.append(wanted.sku)
        sold = {product.sku: product for product in SHOP.products}
        if wanted.sku not in sold:
            return Refused(why="unknown_product")
        self.colours.append(wanted.colour)
        shown: Any = msgspec.structs.replace(sold[wanted.sku], images=(40 + len(self.asked),))
        return shown  # type: ignore[no-any-return] # of the one call that is asked


def turn(text: str = "بكم القميص؟", **more: Any) -> Turn:
    now = datetime.now(UTC)
    secretive = msgspec.structs.replace(
        SHOP.assistants[1], options={"api_key": "canary"}, second_options={"api_key": "canary"}
    )
    given: dict[str, Any] = {
        "merchant_id": 3,
        "merchant_name": "متجر نخلة",
        "conversation_id": 12,
        "contact_name": "علي",
        "assistant": secretive,
        "messages": (Said(id=7, author="contact", kind="text", text=text, at=now),),
        "history": (Said(id=6, author="operator", kind="text", text="أهلاً بك", at=now),),
        "products": SHOP.products[:2],
    }
    return Turn(**(given | more))


async def ask(
    receiver: BrokenModel, text: str = "بكم القميص؟", *, deadline_s: float = 5.0, **options: Any
) -> Answer:
    origin = receiver.url.removesuffix("/v1")
    given = {"url": f"{origin}/hook?key=1", "secrets": (NEW, OLD), "trusted": (origin,), **options}
    return await webhook.answer(
        turn(text), webhook.Options(**given), deadline_s=deadline_s, tools=NoTools()
    )


async def test_the_batch_is_posted_with_its_context_and_no_secret(receiver: BrokenModel) -> None:
    found = await ask(receiver, "اسمي سارة")
    assert (found.text, found.hand_over, found.collected) == ("أهلًا", None, {"name": "سارة"})
    (told,) = receiver.asked
    assert told["messages"][0]["text"] == "اسمي سارة"
    assert told["history"][0]["author"] == "operator"
    assert told["collected"] == {"name": "سارة"}
    assert "name" not in [field["name"] for field in told["missing"]]
    assert told["products"][0]["sku"] == SHOP.products[0].sku
    assert 0 < told["answer_within_s"] <= 5
    assert "canary" not in json.dumps(told)
    assert found.source.startswith("webhook:127.0.0.1")
    assert "key" not in found.source


def test_it_is_signed_as_the_specification_says() -> None:
    secret, id_, stamp = VECTOR
    head = signed([secret], VECTOR_BODY, id_=id_, now=datetime.fromtimestamp(stamp, UTC))
    assert head == {
        "webhook-id": id_,
        "webhook-timestamp": str(stamp),
        "webhook-signature": VECTOR_PROOF,
    }


async def test_both_secrets_sign_while_one_is_changed_and_a_repeat_has_the_same_id(
    receiver: BrokenModel,
) -> None:
    await ask(receiver)
    await ask(receiver)
    first, second = receiver.heads
    assert first["webhook-id"] == second["webhook-id"]
    told = f"{first['webhook-id']}.{first['webhook-timestamp']}.".encode()
    body = receiver.bodies[0]
    proofs = [
        base64.b64encode(
            hmac.digest(base64.b64decode(key.removeprefix("whsec_")), told + body, "sha256")
        ).decode()
        for key in (NEW, OLD)
    ]
    assert first["webhook-signature"] == f"v1,{proofs[0]} v1,{proofs[1]}"
    assert abs(time.time() - int(first["webhook-timestamp"])) < 60


@pytest.mark.parametrize(
    ("act", "service"),
    [
        (replies({}, status=500), "down"),
        (replies({}, status=408), "down"),
        (replies({}, status=404), "well"),
        (replies({}, status=302, headers={"Location": "http://127.0.0.1:9/"}), "well"),
        (replies({}, status=429, headers={"Retry-After": "9"}), "busy"),
        (replies({}, status=429, headers={"Retry-After": "soon"}), "busy"),
        (replies({"response": "x"}, cut=5), "down"),
        (replies(b"{}"), "well"),
        (replies({"response": "x" * ANSWER_BYTES_MAX}), "well"),
        (replies(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}), "well"),
    ],
)
async def test_what_is_no_answer_is_one_error_that_says_how_its_server_is(
    receiver: BrokenModel, act: Any, service: str
) -> None:
    receiver.does = [act]
    with pytest.raises(ResponderFailedError) as failed:
        await ask(receiver)
    assert failed.value.service == service
    assert failed.value.retry_after_s in ({9, None} if service == "busy" else {None})
    assert len(receiver.asked) == 1


@pytest.mark.parametrize(
    ("status", "again"),
    [(400, "no"), (404, "no"), (429, "no"), (408, "yes"), (425, "yes"), (503, "yes")],
)
async def test_who_refused_a_question_is_not_to_be_asked_the_same_at_once(
    receiver: BrokenModel, status: int, again: str
) -> None:
    receiver.does = [replies({}, status=status)]
    with pytest.raises(ResponderFailedError) as failed:
        await ask(receiver)
    assert failed.value.again == (again == "yes")


@pytest.mark.parametrize("act", [hangs, drips({"response": "x"}, 0.2)])
async def test_who_is_late_has_failed(receiver: BrokenModel, act: Any) -> None:
    receiver.does = [act]
    began = time.monotonic()
    with pytest.raises(ResponderFailedError):
        await ask(receiver, deadline_s=0.3)
    assert time.monotonic() - began < 3


async def test_null_asks_for_a_person_and_204_says_that_nothing_is_needed(
    receiver: BrokenModel,
) -> None:
    receiver.does = [replies({"response": None}), replies(b"", status=204)]
    assert (await ask(receiver)).hand_over == "webhook_asked"
    found = await ask(receiver)
    assert (found.text, found.noted) == ("", "webhook_silent")


async def test_prose_around_the_contract_is_read_as_from_any_model(receiver: BrokenModel) -> None:
    receiver.does = [replies('Sure:\n```json\n{"response": "تفضل"}\n```'.encode())]
    assert (await ask(receiver)).text == "تفضل"


async def pictured(receiver: BrokenModel, said: Any) -> tuple[Answer, Pictured]:
    origin, tools = receiver.url.removesuffix("/v1"), Pictured()
    options = webhook.Options(url=origin, secrets=(NEW,), trusted=(origin,))
    receiver.does = [replies(said)]
    return await webhook.answer(turn(), options, deadline_s=5, tools=tools), tools


async def test_it_names_products_whose_pictures_leave_below_its_text(
    receiver: BrokenModel,
) -> None:
    first, second = (product.sku for product in SHOP.products[:2])
    found, _ = await pictured(receiver, {"response": "تفضل", "pictures": [first, second]})
    pictures = [one for one in found.contents if isinstance(one, Media)]
    assert [one.media_id for one in pictures] == [41, 42]
    assert SHOP.products[0].name_ar in pictures[0].caption
    assert (found.text, found.trace["pictures"]) == ("تفضل", [first, second])
    told = [{"sku": first, "colour": "أسود"}, {"sku": first, "colour": 7}]
    _, tools = await pictured(receiver, {"response": "تفضل", "pictures": told})
    assert (tools.asked, tools.colours) == ([first, first], ["أسود", ""])
    found, _ = await pictured(receiver, {"response": "", "pictures": [first]})
    assert SHOP.products[0].name_ar in found.text


@pytest.mark.parametrize(
    "wanted",
    [
        ["https://evil.example/a.png"],
        [{"url": "https://evil.example/a.png"}, {"link": "x"}],
        "https://evil.example/a.png",
        ["UNKNOWN-1"],
        {"https://evil.example/a.png": 1},
        [["deep"], 7, None],
    ],
)
async def test_no_address_and_no_strangers_product_is_a_picture(
    receiver: BrokenModel, wanted: Any
) -> None:
    found, _ = await pictured(receiver, {"response": "تفضل", "pictures": wanted})
    assert (found.text, found.contents) == ("تفضل", ())


async def test_who_asks_for_a_person_shows_nothing_and_no_answer_shows_a_gallery(
    receiver: BrokenModel,
) -> None:
    skus = [product.sku for product in SHOP.products[:9]]
    found, tools = await pictured(receiver, {"response": None, "pictures": skus})
    assert (found.hand_over, found.contents, tools.asked) == ("webhook_asked", (), [])
    found, tools = await pictured(receiver, {"response": "كلها", "pictures": skus})
    assert len(found.contents) == len(tools.asked) == 3


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::ffff:10.0.0.1]/", "http://localhost:1/", "ftp://h/"]
)
async def test_no_private_address_is_asked_that_nobody_trusted(url: str) -> None:
    options = webhook.Options(url=url, secrets=(NEW,), trusted=("http://127.0.0.1:2",))
    with pytest.raises(ResponderFailedError, match=r"public|web") as failed:
        await webhook.answer(turn(), options, deadline_s=2, tools=NoTools())
    assert failed.value.service == "well"


def test_its_breaker_is_named_by_its_host_alone() -> None:
    options = webhook.Options(url="https://u:canary@flows.example:8443/hook?key=canary")
    assert webhook.service(options) == "flows.example:8443"


async def test_the_receiver_of_the_manual_answers_us_and_refuses_everybody_else() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own words, ended below
        [sys.executable, "-c", program],
        env={**os.environ, "HUDHUD_SECRET": OLD, "PORT": str(port)},
        stderr=subprocess.DEVNULL,
    )
    try:
        origin = f"http://127.0.0.1:{port}"
        known = webhook.Options(url=origin, secrets=(NEW, OLD), trusted=(origin,))
        ends = time.monotonic() + 10
        while True:
            try:
                found = await webhook.answer(turn(), known, deadline_s=2, tools=NoTools())
                break
            except ResponderFailedError:
                assert time.monotonic() < ends
        assert found.text == "You wrote: بكم القميص؟"
        stranger = msgspec.structs.replace(known, secrets=(NEW,))
        with pytest.raises(ResponderFailedError, match="401"):
            await webhook.answer(turn(), stranger, deadline_s=2, tools=NoTools())
    finally:
        process.kill()
        process.wait()

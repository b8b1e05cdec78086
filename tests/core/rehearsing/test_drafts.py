"""One draft at most answers nobody; the published version answers; keys are sealed beside both."""

from __future__ import annotations

import json
from typing import Any

import asyncpg
import msgspec
import pytest
from stages import KEY, settings, staged

from hudhud.core.assistants.asked import asked, differences, fingerprint, told
from hudhud.core.assistants.drafting import change_draft, drop_draft
from hudhud.core.assistants.publishing import publish, publish_again
from hudhud.core.outside.services import chain, options_of
from hudhud.core.secrets import Vault
from hudhud.core.secrets.rotation import rotate
from hudhud.core.setting_up import add_assistant
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model import Assistant, Field
from hudhud.store import assistants
from hudhud.store.assistants import versions
from hudhud.store.schema.migration_files import packaged
from shop import Shop

BY = "operator:1"


async def change(shop: Shop, assistant_id: int, **more: object) -> Assistant:
    return await change_draft(
        *(shop.database, settings(), shop.merchant, assistant_id),
        lambda one: msgspec.structs.replace(one, **more),
        by=BY,
    )


async def now(shop: Shop, assistant_id: int) -> Assistant:
    async with shop.database.reading(shop.merchant) as connection:
        found = await assistants.by_id(connection, assistant_id)
    assert found is not None
    return found


async def test_a_draft_answers_nobody_until_it_is_published(shop: Shop) -> None:
    assistant_id = await staged(shop)
    first = await now(shop, assistant_id)
    await change(shop, assistant_id, instructions="جديد")
    await change(shop, assistant_id, options={"digits": "latin"})
    assert await now(shop, assistant_id) == first
    assert await publish(shop.database, shop.merchant, assistant_id, by=BY) == 2
    after = await now(shop, assistant_id)
    assert (after.instructions, after.options, after.version) == ("جديد", {"digits": "latin"}, 2)
    assert [part for part, _, _ in differences(first, after)] == ["instructions", "options"]
    with pytest.raises(NotFoundError, match="no draft"):
        await publish(shop.database, shop.merchant, assistant_id, by=BY)


async def test_an_older_version_answers_again_and_the_draft_stays(shop: Shop) -> None:
    assistant_id = await staged(shop)
    first = await now(shop, assistant_id)
    await change(shop, assistant_id, instructions="ثانٍ")
    await publish(shop.database, shop.merchant, assistant_id, by=BY)
    await change(shop, assistant_id, instructions="ثالث")
    await publish_again(shop.database, shop.merchant, assistant_id, 1, by=BY)
    assert await now(shop, assistant_id) == first
    with pytest.raises(BadInputError, match="already"):
        await publish_again(shop.database, shop.merchant, assistant_id, 1, by=BY)
    with pytest.raises(NotFoundError, match="no version 9"):
        await publish_again(shop.database, shop.merchant, assistant_id, 9, by=BY)
    assert await publish(shop.database, shop.merchant, assistant_id, by=BY) == 3
    async with shop.database.reading(shop.merchant) as connection:
        found = await versions.listed(connection, first, limit=9)
    assert [one.number for one in found] == [3, 2, 1]


async def test_keys_are_sealed_to_the_assistant_and_in_no_version(shop: Shop) -> None:
    assistant_id = await staged(shop)
    options = {"model": "openai:m", "api_key": "sk-very-secret"}
    made = await change(shop, assistant_id, responder="llm", options=options)
    assert made.options == {"model": "openai:m"}
    await publish(shop.database, shop.merchant, assistant_id, by=BY)
    told = await shop.rows(
        "select to_jsonb(v)::text as v from assistant_version v union all"
        " select to_jsonb(a)::text from assistant a"
    )
    assert "sk-very-secret" not in json.dumps([row["v"] for row in told])
    assert options_of(await now(shop, assistant_id), settings()).api_key == "sk-very-secret"
    await change(shop, assistant_id, options={"model": "openai:m", "api_key": ""})
    assert options_of(await now(shop, assistant_id), settings()).api_key == ""


async def test_a_key_that_an_older_release_kept_in_sight_is_sealed_and_never_shown(
    shop: Shop,
) -> None:
    options = {"model": "openai:m", "api_key": "sk-very-secret"}
    assistant_id = await staged(shop, responder="llm", options=options)
    first = await now(shop, assistant_id)
    assert "sk-very" not in str(differences(first, msgspec.structs.replace(first, options={})))
    await change(shop, assistant_id, instructions="x")
    left = await shop.rows(
        "select options from assistant_version union all select options from assistant"
    )
    assert [row["options"] for row in left] == [{"model": "openai:m"}] * 3
    assert options_of(await now(shop, assistant_id), settings()).api_key == "sk-very-secret"


async def test_the_key_of_the_installation_goes_nowhere_else() -> None:
    one = Assistant(id=1, merchant_id=1, name="x", responder="llm", instructions="", options={})
    own = settings(llm_api_key="sk-own", llm_base_url="https://models.example/v1")
    assert options_of(one, own).api_key == "sk-own"
    away = msgspec.structs.replace(one, options={"base_url": "https://else.example/v1"})
    assert options_of(away, own).api_key == ""


async def test_sealed_keys_of_assistants_are_rotated_too(shop: Shop) -> None:
    assistant_id = await staged(shop)
    await change(shop, assistant_id, responder="llm", options={"api_key": "sk-very-secret"})
    fresh = "cd" * 32
    await rotate(shop.database, Vault(fresh, KEY), None)
    found = await now(shop, assistant_id)
    one = msgspec.structs.replace(found, responder="llm", options={})
    assert options_of(one, settings(encryption_key_hex=fresh)).api_key == "sk-very-secret"


@pytest.mark.parametrize(
    "wrong",
    [
        {"responder": "nobody"},
        {"responder": "webhook"},
        {"second_responder": "webhook", "second_options": {"url": "https://a.test"}},
        {"second_responder": "webhook", "second_options": {"secrets": ["whsec_AAAA"]}},
        {"options": {"colour": "red"}},
        {"options": {"digits": "roman"}},
        {"tools": ("rob_bank",)},
        {"second_responder": "catalogue"},
        {"instructions": "x" * 9000},
        {"responder": "llm", "options": {"base_url": "http://127.0.0.1:8080/v1"}},
        {"responder": "llm", "options": {"base_url": "https://10.0.0.8/v1"}},
        {"fields": (Field(name="a b", kind="text", label_ar="", label_en="", question_ar="",
                          question_en=""),)},
    ],
)  # fmt: skip
async def test_contents_that_could_not_answer_are_refused(
    shop: Shop, wrong: dict[str, object]
) -> None:
    assistant_id = await staged(shop)
    with pytest.raises(BadInputError):
        await change(shop, assistant_id, **wrong)
    assert await shop.one("select count(*) from assistant_version where number is null") == 0


async def test_no_assistant_is_made_of_what_is_set_on_an_inbox(shop: Shop) -> None:
    for more in ({"responder": "webhook"}, {"responder": "llm", "second_responder": "webhook"}):
        with pytest.raises(BadInputError, match="set on an inbox"):
            await add_assistant(shop.database, shop.merchant, name="x", instructions="", **more)


async def test_a_secret_that_was_set_by_hand_signs_nothing_is_not_shown_and_goes(
    shop: Shop, database_url: Any
) -> None:
    options = {"url": "https://flows.example/x", "secrets": ["whsec_AAAA"]}
    second = {"second_responder": "webhook", "second_options": options}
    for name, more in (("1", {"responder": "webhook", "options": options}), ("2", second)):
        one = await now(shop, await staged(shop, inbox=False, **{"name": name, **more}))
        assert "whsec" not in str(told(one))
        assert "whsec" not in str(differences(one, msgspec.structs.replace(one, options={})))
        assert [
            asked.secrets
            for asked in (options_of(each, settings()) for each in chain(one, settings()))
            if hasattr(asked, "secrets")
        ] == [()]
    (file,) = (each for each in packaged() if each.name.endswith("own_secrets_after.sql"))
    owner = await asyncpg.connect(database_url.owner_url)
    try:
        await owner.execute(file.sql)
    finally:
        await owner.close()
    left = await shop.rows("select to_jsonb(a)::text as a from assistant a order by id")
    assert "whsec" not in str([row["a"] for row in left])
    assert all("https://flows.example/x" in row["a"] for row in left)


async def test_a_draft_is_thrown_away_and_another_merchants_is_not_there(shop: Shop) -> None:
    assistant_id = await staged(shop)
    await change(shop, assistant_id, instructions="x")
    await drop_draft(shop.database, shop.merchant, assistant_id)
    assert await shop.one("select count(*) from assistant_version where number is null") == 0
    with pytest.raises(NotFoundError):
        await drop_draft(shop.database, shop.merchant + 1, assistant_id)


def test_a_form_is_made_of_the_options_of_a_responder() -> None:
    found = {one.name: one for one in asked("llm")}
    assert found["api_key"].kind == "secret"
    assert (found["temperature"].kind, found["offline_last"].kind) == ("number", "tick")
    digits = {one.name: one for one in asked("catalogue")}["digits"]
    assert (digits.kind, digits.choices) == ("choice", ("arabic", "latin"))


def test_a_fingerprint_is_of_the_contents_alone() -> None:
    one = Assistant(id=1, merchant_id=1, name="x", responder="llm", instructions="", options={})
    assert fingerprint(one) == fingerprint(msgspec.structs.replace(one, version=7, secrets="x"))
    assert fingerprint(one) != fingerprint(msgspec.structs.replace(one, instructions="y"))

"""`hudhud assistant` and `hudhud rehearse`: draft, rehearse, publish, and back again."""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files

import pytest
from command_line import Command

from hudhud.ops.sample.sample import sample
from hudhud.store import catalogue, merchants
from hudhud.store.pool import Database

SCRIPT = """
name: prices
turns:
  - says: ["بكم قميص كتان صيفي؟"]
    expects: {matches: "٢٨", price_of: SH-01}
"""


@pytest.fixture
def selling(served: Command, database_url) -> Command:
    assert served("merchant", "add", "shop", "متجر نخلة للأزياء").code == 0
    assert served("assistant", "add", "هدهد").code == 0

    async def stocked() -> None:
        database = await Database.open(database_url.app_url, size=1, name="test")
        async with database.reading() as connection:
            owner = await merchants.named(connection, "shop")
        async with database.deed(owner.id) as connection:
            await catalogue.add_products(connection, owner.id, sample().products)
            await catalogue.add_faqs(connection, owner.id, sample().faqs)
        await database.close()

    asyncio.run(stocked())
    return served


def test_a_draft_is_rehearsed_refused_forced_and_taken_back(selling: Command, tmp_path) -> None:
    script = tmp_path / "prices.yaml"
    script.write_text(SCRIPT, "utf-8")
    kept = selling("rehearse", str(script), "--keep", "--json")
    assert (kept.code, kept.json()["failed"]) == (0, 0), kept
    assert selling("assistant", "draft", "هدهد", "--set", "digits=latin").code == 0
    refused = selling("assistant", "publish", "هدهد")
    assert (refused.code, "not rehearsed" in refused.err) == (1, True), refused
    worse = selling("rehearse")
    assert worse.code == 1
    assert "worse" in worse.out
    assert "1 expectations" in selling("assistant", "publish", "هدهد").err
    assert selling("assistant", "publish", "هدهد", "--force", "يريدونها لاتينية").code == 0
    shown = selling("assistant", "show", "هدهد", "--json").json()
    assert shown["published"]["options"] == {"digits": "latin"}
    assert selling("assistant", "back", "هدهد", "1").code == 0
    versions = selling("assistant", "versions", "هدهد", "--json").json()
    assert [(one["version"], bool(one["forced"])) for one in versions] == [(2, True), (1, False)]
    assert selling("assistant", "show", "هدهد", "--json").json()["published"]["version"] == 1


def test_the_sample_scripts_are_played_by_name(selling: Command) -> None:
    folder = files("hudhud.ops.sample") / "rehearsals"
    said = selling("rehearse", str(folder / "prices.yaml"), "--assistant", "هدهد")
    assert (said.code, "Every expectation holds" in said.out) == (0, True), said
    assert selling("rehearse", str(folder / "prices.yaml"), "--assistant", "x").code == 1


def test_a_draft_shows_no_key_and_takes_files(selling: Command, tmp_path) -> None:
    told, fields = tmp_path / "told.txt", tmp_path / "fields.json"
    told.write_text("كن لطيفاً", "utf-8")
    one = {"name": "city", "kind": "text", "label_ar": "المدينة", "label_en": "City",
           "question_ar": "مدينتك؟", "question_en": "City?"}  # fmt: skip
    fields.write_text(json.dumps([one]), "utf-8")
    said = selling(
        *("assistant", "draft", "هدهد", "--responder", "llm", "--second", "catalogue"),
        *("--set", "model=openai:m", "--set", "api_key=sk-canary", "--instructions", str(told)),
        *("--fields", str(fields), "--tool", "search_products"),
    )
    assert said.code == 0, said
    shown = selling("assistant", "show", "هدهد", "--json")
    draft = shown.json()["draft"]
    assert (draft["responder"], draft["tools"]) == ("llm", ["search_products"])
    assert draft["fields"][0]["name"] == "city"
    assert "sk-canary" not in shown.everything
    assert selling("assistant", "drop-draft", "هدهد").code == 0
    assert selling("assistant", "draft", "هدهد", "--set", "colour=red").code == 2
    assert selling("assistant", "show", "هدهد", "--json").json()["draft"] is None

"""The command line on a real database: exit codes, JSON, and not one secret in what it says."""

from __future__ import annotations

import asyncio
import json

import pytest
from command_line import CANARY, KEY, connect

from hudhud import __version__
from hudhud.settings import declared
from hudhud.store import conversations, inboxes, intake
from hudhud.store.conversations import Finish
from hudhud.store.intake import Webhook
from hudhud.store.pool import Database
from shop import open_shop


def test_help_and_release_are_said(command):
    said = command("--help")
    assert said.code == 0
    for name in ("up", "web", "worker", "doctor", "config", "inbox", "queue", "dead-letters"):
        assert name in said.out
    assert command("--version").out.strip() == __version__


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-command",),
        ("inbox", "add"),
        ("queue", "switch", "ai", "sideways"),
        ("migrate", "--phase", "after"),
        ("merchant", "add", "Not A Key", "x"),
        ("operator", "add", "no-address", "x"),
        ("inbox", "add", "whatsapp", "x", "--set", CANARY),
    ],
)
def test_wrong_usage_is_2_and_repeats_no_value(command, words):
    said = command(*words)
    assert said.code == 2
    assert CANARY not in said.everything


@pytest.mark.parametrize(
    "declaration", [d for d in declared() if d.metadata["read"] is not str], ids=lambda d: d.name
)
def test_a_wrong_setting_is_78_and_its_value_is_never_printed(command, monkeypatch, declaration):
    name = declaration.metadata["name"]
    if name == "HUDHUD_DATA_DIR":
        pytest.skip("any path is a path")
    monkeypatch.setenv(name, CANARY)
    for words in (("config",), ("doctor",), ("merchant", "list"), ("up",)):
        said = command(*words)
        assert said.code == 78
        assert name in said.err
        assert CANARY not in said.everything
        assert "Traceback" not in said.everything


def test_an_unknown_variable_is_78_with_a_guess(command, monkeypatch):
    monkeypatch.setenv("HUDHUD_PROT", CANARY)
    said = command("config")
    assert said.code == 78
    assert "HUDHUD_PORT" in said.err
    assert CANARY not in said.everything


def test_config_names_every_variable_and_where_it_came_from(served, monkeypatch, tmp_path):
    secret = tmp_path / "key"
    secret.write_text(CANARY)
    monkeypatch.setenv("HUDHUD_LLM_API_KEY_FILE", str(secret))
    monkeypatch.setenv("HUDHUD_PORT", "40001")
    said = served("config", "--json")
    rows = {row["name"]: row for row in said.json()}
    assert set(rows) == {d.metadata["name"] for d in declared()}
    assert (rows["HUDHUD_PORT"]["value"], rows["HUDHUD_PORT"]["source"]) == ("40001", "environment")
    assert rows["HUDHUD_LLM_API_KEY"]["source"] == "file"
    assert rows["HUDHUD_SLOTS"]["source"] == "default"
    for shown in (said, served("config")):
        assert CANARY not in shown.everything
        assert KEY not in shown.everything
        assert "hudhud_app" not in shown.everything


def test_another_encryption_key_is_refused_at_once(served, monkeypatch):
    assert served("merchant", "list").code == 0
    monkeypatch.setenv("ENCRYPTION_KEY_HEX", KEY[::-1])
    said = served("merchant", "list")
    assert said.code == 78
    assert "ENCRYPTION_KEY_HEX" in said.err


def test_operators_get_a_link_and_an_unknown_one_is_1(served):
    served("merchant", "add", "shop", "Shop")
    made = served("operator", "add", "Amal@Example.com", "أمل", "--json").json()
    again = served("operator", "link", "amal@example.com", "--json").json()
    for told in (made, again):
        assert told["link"].startswith("http://127.0.0.1:39417/sign-in/link/")
    assert made["link"] != again["link"]
    assert served("operator", "link", "nobody@example.com").code == 1
    (listed,) = served("operator", "list", "--json").json()
    assert listed["email"] == "amal@example.com"
    assert "أمل" in served("operator", "list").out
    assert "password_hash" not in listed


def test_assistants_are_made_and_listed(served):
    served("merchant", "add", "shop", "Shop")
    assert served("assistant", "add", "هدهد").code == 0
    assert [a["name"] for a in served("assistant", "list", "--json").json()] == ["هدهد"]
    assert served("assistant", "add", "x", "--responder", "nobody").code == 1


def test_switches_and_drain_are_turned_from_here(served, short_dir):
    assert served("queue", "show", "--json").json()["waiting"] == []
    assert "Nothing waits." in served("queue").out
    assert served("queue", "switch", "ai", "off").code == 0
    assert served("queue", "switch", "aii", "off").code == 2
    assert served("queue", "drain", "--json").json()["waiting"] == []
    assert served("queue", "drain", "--resume").code == 0
    assert served("queue", "switch", "ai", "off", "--file").code == 0
    assert json.loads((short_dir / "switches.json").read_text()) == {"ai": "off"}


def test_migrate_on_an_external_database_needs_its_owner(served, monkeypatch):
    assert served("migrate", "--status", "--json").json() == {"pending": []}
    assert served("migrate", "--json").json() == {"applied": []}
    monkeypatch.delenv("HUDHUD_MIGRATION_URL")
    said = served("migrate")
    assert said.code == 78
    assert "HUDHUD_MIGRATION_URL" in said.err


def test_doctor_finds_what_is_wrong_and_says_so(served, monkeypatch, queue_url):
    monkeypatch.setenv("HUDHUD_QUEUE_URL", queue_url)
    said = served("doctor", "--json")
    assert [f["name"] for f in said.json() if not f["holds"]] == []
    assert said.code == 0
    monkeypatch.setenv("HUDHUD_DATABASE_URL", f"postgresql://app:{CANARY}@127.0.0.1:1/x")
    said = served("doctor")
    assert said.code == 1
    assert "✗ postgresql" in said.out
    assert CANARY not in said.everything


def test_a_command_before_the_first_start_says_what_to_do(command):
    said = command("merchant", "list")
    assert said.code == 1
    assert "hudhud up" in said.err


def test_an_unforeseen_fault_is_a_sentence_and_only_debug_shows_where(served, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError(CANARY)

    monkeypatch.setattr("hudhud.core.switches.flip_in_file", broken)
    said = served("queue", "switch", "ai", "on", "--file")
    assert said.code == 1
    assert "ZeroDivisionError" in said.err
    assert CANARY not in said.everything
    monkeypatch.setenv("HUDHUD_LOG_LEVEL", "debug")
    with pytest.raises(ZeroDivisionError):
        served("queue", "switch", "ai", "on", "--file")


def given_up(database_url, text: str, reason: str) -> int:
    """A merchant with one letter: a batch of one message that was given up for this reason."""

    async def deed() -> int:
        database = await Database.open(database_url.app_url, size=2)
        shop = await open_shop(database, window_ms=0)
        await shop.receive(shop.message(text))
        (claim,) = await conversations.claim(
            database, await shop.conversations(), holder="test", lease_s=60
        )
        ending = Finish(claimed=claim.claimed, outcome="dead", reason=reason)
        assert await conversations.finish(database, [ending])
        letter = await shop.one("select id from dead_letter")
        await database.close()
        return letter

    return asyncio.run(deed())


def test_dead_letters_are_read_and_settled_from_here(served, database_url):
    letter = given_up(database_url, "هل وصلت؟", "Time ran out")
    (listed,) = served("dead-letters", "list", "--reason", "TIME", "--json").json()
    assert (listed["id"], listed["body"], listed["settlement"]) == (letter, "هل وصلت؟", None)
    assert served("dead-letters", "list", "--kind", "send", "--json").json() == []
    shown = served("dead-letters", "show", str(letter), "--json").json()
    assert [row["outcome"] for row in shown["history"]] == ["dead"]
    assert served("dead-letters", "edit", str(letter), "كلام آخر").code == 2
    told = served("dead-letters", "discard", "--all-matching", "--older-s", "0", "--json").json()
    assert told == [{"id": letter, "settlement": "discard"}]
    assert "1 left alone" in served("dead-letters", "discard", str(letter)).out
    assert served("dead-letters", "retry", str(letter)).out.strip() == "1 settled."
    history = served("dead-letters", "show", str(letter), "--json").json()["history"]
    assert [row["outcome"] for row in history[1:]] == ["dead_letter.discard", "dead_letter.retry"]
    assert all(row["actor"].startswith("cli:") for row in history[1:])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("retry",), 2),
        (("retry", "1", "--all-matching"), 2),
        (("list", "--state", "lost"), 2),
        (("discard", "--all-matching", "--older-s", "-1"), 2),
        (("show", "999"), 1),
    ],
)
def test_what_is_meant_by_a_letter_must_be_said(served, words, code):
    served("merchant", "add", "shop", "Shop")
    assert served("dead-letters", *words).code == code


def test_what_a_stranger_wrote_cannot_command_the_terminal(served, database_url):
    letter = given_up(database_url, "\x1b[2J\x9b31m\u202eabc", "no\x1b]0;title\x07\r")
    for words in (("list",), ("show", str(letter))):
        said = served("dead-letters", *words).out
        assert not set(said) & set("\x1b\x9b\u202e\x07\r")
        assert "\\x1b[2J\\x9b31m\\u202eabc" in said


def test_a_token_is_shown_once_and_revoked_by_its_number(served):
    served("merchant", "add", "shop", "Shop")
    served("operator", "add", "amal@example.com", "أمل")
    made = served("operator", "token", "amal@example.com", "--name", "till", "--json").json()
    assert len(made["token"]) > 40
    listed = served("operator", "tokens", "amal@example.com")
    assert "till" in listed.out
    assert made["token"] not in listed.out
    (kept,) = served("operator", "tokens", "amal@example.com", "--json").json()
    assert served("operator", "revoke", "amal@example.com", str(kept["id"])).code == 0
    assert served("operator", "revoke", "amal@example.com", "77").code == 1
    (kept,) = served("operator", "tokens", "amal@example.com", "--json").json()
    assert kept["revoked_at"]


def test_the_counters_of_one_conversation_are_told(served, database_url):
    given_up(database_url, "سؤال", "why")
    told = served("queue", "show", "--conversation", "1", "--json").json()
    assert (told["total"], told["processed"], told["batches"]) == (1, 1, 1)
    assert "Inbox or conversation" in served("queue", "show", "--conversation", "1").out
    assert served("queue", "show", "--conversation", "9").code == 1
    report = served("queue", "show")
    assert "dead_letter" in report.out
    assert "person" in report.out


def test_a_breaker_is_held_shown_and_let_go(served, monkeypatch, queue_url):
    monkeypatch.setenv("HUDHUD_QUEUE_URL", queue_url)
    assert "Every breaker is closed." in served("breaker", "show").out
    assert served("breaker", "force", "inbox/1", "shut").code == 2
    assert served("breaker", "force", "inbox/1", "open").code == 0
    (held,) = served("breaker", "show", "--json").json()
    assert (held["service"], held["phase"]) == ("inbox/1", "open")
    assert held["forced"]["forced_by"].startswith("cli:")
    assert served("breaker", "release", "inbox/1").code == 0
    assert served("breaker", "show", "--json").json() == []
    again = served("breaker", "release", "inbox/1")
    assert (again.code, "Nobody holds" in again.err) == (1, True)


def test_without_valkey_the_breakers_say_that_each_process_decides_alone(served, monkeypatch):
    monkeypatch.setenv("HUDHUD_QUEUE_URL", "unix:///nowhere/valkey.sock")
    said = served("breaker", "show")
    assert said.code == 0
    assert "each worker decides for itself" in said.err


def test_the_journal_is_shown_and_replayed_and_a_wrong_moment_is_a_wrong_usage(
    served, database_url
):
    served("merchant", "add", "shop", "متجر")
    inbox = connect(served, "--json").json()

    async def receive() -> None:
        database = await Database.open(database_url.app_url)
        async with database.reading() as connection:
            stored = await inboxes.by_key(connection, inbox["key"])
        hook = Webhook(
            merchant_id=stored.merchant_id,
            inbox_id=stored.id,
            body="{ليس مفهومًا".encode(),
            reason="not understood",
            set_aside=True,
        )
        async with database.pool.acquire() as connection:
            await intake.accept(connection, [hook], timeout_s=5)
        await database.close()

    asyncio.run(receive())
    (row,) = served("journal", "show", "--json").json()
    assert (row["inbox"], row["messages"], row["set_aside"]) == (inbox["key"], 0, True)
    assert served("journal", "show", str(row["id"])).out == "{ليس مفهومًا\n"
    assert served("journal", "show", "--from", "2020-01-01", "--to", "2020-01-02").code == 0
    for more in ((), ("--dry-run",), ("--inbox", inbox["key"], "--set-aside")):
        told = served("journal", "replay", "--from", "2020-01-01", "--json", *more).json()
        assert (told["webhooks"], told["inserted"], told["set_aside"]) == (1, 0, 1)
    assert served("journal", "replay", "--from", "yesterday").code == 2
    assert served("journal", "replay", "--from", "2020-01-01", "--inbox", "none").code == 1

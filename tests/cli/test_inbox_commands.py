"""`hudhud inbox`: connected, listed and set from the command line, and never a secret said."""

from __future__ import annotations

import pytest
from command_line import CANARY, KEY, connect


def test_an_inbox_is_added_listed_and_never_shows_its_secrets(served):
    assert served("merchant", "add", "shop", "متجر").code == 0
    said = connect(served, "--json")
    told = said.json()
    assert told["webhook_url"] == f"http://127.0.0.1:39417/webhooks/whatsapp/{told['key']}"
    assert isinstance(told["id"], int)
    listed = served("inbox", "list", "--json")
    assert listed.json() == [told]
    assert told["webhook_url"] in served("inbox", "list").out
    assert CANARY not in said.everything + listed.everything


def test_an_inbox_is_set_within_its_limits_and_the_rest_stays(served):
    served("merchant", "add", "shop", "Shop")
    key = connect(served, "--json").json()["key"]
    before = {"window_s": 8.0, "batch_max": 5, "absorb": False, "sends_per_s": None}
    assert served("inbox", "set", key, "--json").json() == before
    after = served("inbox", "set", key, "--absorb", "--window-s", "2.5", "--json").json()
    assert after == {**before, "absorb": True, "window_s": 2.5}
    assert served("inbox", "set", key, "--json").json() == after
    assert "on" in served("inbox", "set", key).out
    refused = served("inbox", "set", key, "--no-absorb", "--batch-max", "0")
    assert (refused.code, served("inbox", "set", key, "--json").json()) == (2, after)
    assert served("inbox", "set", "nobody").code == 1


def test_a_token_is_changed_and_what_we_make_is_said_once(served):
    served("merchant", "add", "shop", "Shop")
    options = ("phone_number_id=1", f"token={CANARY}-old", f"app_secret={CANARY}-app")
    words = [word for option in options for word in ("--set", option)]
    made = served("inbox", "add", "whatsapp", "Main", *words, "--json").json()
    assert len(made["verify_token"]) > 16
    said = served("inbox", "set", made["key"], "--set", f"token={CANARY}-new")
    assert (said.code, CANARY in said.everything) == (0, False)
    assert made["verify_token"] not in said.everything + served("inbox", "list", "--json").out
    other = served("inbox", "set", made["key"], "--set", "phone_number_id=2")
    assert (other.code, "another account" in other.err) == (2, True)


@pytest.mark.clause("5.9")
def test_keys_are_shown_by_their_ids_and_a_wrong_one_is_named(served, monkeypatch):
    served("merchant", "add", "shop", "Shop")
    connect(served)
    told = served("secrets", "show", "--json").json()
    assert told["stored"] == [{"place": "inbox.secrets", "key_id": told["writes"], "n": 1}]
    assert (told["at_hand"], told["from"]) == ([told["writes"]], "environment")
    assert KEY not in served("secrets", "show").out
    refused = served("secrets", "rotate")
    assert (refused.code, "NEW,OLD" in refused.err) == (2, True)
    monkeypatch.setenv("ENCRYPTION_KEY_HEX", KEY[::-1])
    assert f"needs the key {told['writes']}" in served("inbox", "list").err
    found = {one["name"]: one for one in served("doctor", "--json").json()}
    assert f"needs the key {told['writes']}" in found["key"]["sentence"]
    monkeypatch.setenv("ENCRYPTION_KEY_HEX", f"{KEY[::-1]},{KEY}")
    assert served("secrets", "rotate", "--json").json()["resealed"] == 1
    monkeypatch.setenv("ENCRYPTION_KEY_HEX", KEY[::-1])
    assert served("inbox", "list", "--json").code == 0


@pytest.mark.clause("5.8")
def test_numbers_are_typed_in_any_digits(served):
    served("merchant", "add", "shop", "Shop")
    key = connect(served, "--json").json()["key"]
    told = served("inbox", "set", key, "--window-s", "٢٫٥", "--batch-max", "۷", "--json").json()
    assert (told["window_s"], told["batch_max"]) == (2.5, 7)
    assert served("dead-letters", "list", "--limit", "٥", "--json").json() == []
    assert served("inbox", "set", key, "--batch-max", "سبعة").code == 2


def test_a_secret_may_come_from_a_file(served, tmp_path):
    served("merchant", "add", "shop", "Shop")
    (tmp_path / "token").write_text(f"{CANARY}\n")
    assert connect(served, "--set", f"token=@{tmp_path / 'token'}").code == 0
    said = connect(served, "--set", f"token=@{tmp_path / 'gone'}", number="2")
    assert said.code == 2
    assert "token" in said.err


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("--set", f"tokn={CANARY}"), 2, "tokn"),
        (("--set", f"api_url={CANARY}"), 2, "api_url"),
        (("--merchant", "nobody"), 1, "Known: shop"),
        (("--assistant", "nobody"), 1, "none yet"),
    ],
)
def test_a_refused_inbox_is_a_sentence_without_a_secret(served, words, code, part):
    served("merchant", "add", "shop", "Shop")
    said = connect(served, *words)
    assert said.code == code
    assert part in said.err
    assert CANARY not in said.everything
    assert served("inbox", "list", "--json").json() == []

from __future__ import annotations

import ast
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter

import pytest

from hudhud import web
from hudhud.channels.graph.errors_table import CODES
from hudhud.web import texts
from hudhud.web.console.strip import STATES
from hudhud.web.saying import Saying

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
SOURCES = Path(web.__file__).parent


def say(language: str = "ar", digits: str = "arabic") -> Saying:
    return Saying(language, digits, "Asia/Baghdad", NOW)


def names(text: str | dict[str, str]) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [text]
    return {field for form in forms for _, field, _, _ in Formatter().parse(form) if field}


def test_both_languages_say_the_same_things() -> None:
    arabic, english = texts.table("ar"), texts.table("en")
    assert arabic.keys() == english.keys()
    for key in arabic:
        assert names(arabic[key]) == names(english[key]), key
        assert type(arabic[key]) is type(english[key]), key
        if isinstance(arabic[key], dict):
            assert set(arabic[key]) == {"zero", "one", "two", "few", "many", "other"}, key
            assert set(english[key]) == {"zero", "one", "other"}, key


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_text_is_written_twice_so_none_hides_another(language: str) -> None:
    written = (SOURCES / "texts" / f"{language}.json").read_text(encoding="utf-8")
    keys = re.findall(r'^ "([a-z_0-9.]+)":', written, re.MULTILINE)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_text_that_a_page_names_is_there_and_every_state_explains_itself() -> None:
    asked = set()
    for file in [*SOURCES.rglob("*.html"), *SOURCES.rglob("*.py")]:
        source = file.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\b(?:t|count)\(\s*["\']([a-z_0-9.]+[a-z0-9])["\'][,)]', source))
    assert len(asked) > 100
    assert asked <= texts.table("ar").keys()
    for state in (*STATES, "spool", "damaged", "no_room"):
        assert {f"state.{state}", f"means.{state}", f"do.{state}"} <= texts.table("en").keys()


def test_every_refusal_that_we_know_is_said_in_the_readers_language() -> None:
    for code in CODES:
        assert texts.known("en", f"refusal.{code}") == CODES[code].sentence
        arabic = say("ar").reason(f"{code} The provider refused the message.")
        assert arabic.endswith(f" ({code})")
        assert "provider" not in arabic
    assert say("ar").reason("999999 No such code.") == "999999 No such code."


def test_every_step_of_a_check_is_named_and_explained_in_both_languages() -> None:
    source = SOURCES.parent
    asked = set()
    for file in [*(source / "channels").rglob("*.py"), *(source / "core").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_bytes())):
            called = isinstance(node, ast.Call) and ast.unparse(node.func) == "Step"
            if called and isinstance(node.args[0], ast.Constant):
                name = node.args[0].value
                whys = [n for arg in node.args[2:3] for n in ast.walk(arg)]
                said = [n.value for n in whys if isinstance(n, ast.Constant)] or ["ok"]
                asked |= {f"step.{name}", *(f"step.{name}.{why}" for why in said if why)}
    assert len(asked) > 50
    assert asked - {key for key in asked if texts.known("ar", key)} == set()


@pytest.mark.parametrize(
    ("count", "arabic", "english"),
    [
        (0, "لا رسائل", "no messages"),
        (1, "رسالة واحدة", "1 message"),
        (2, "رسالتان", "2 messages"),
        (5, "٥ رسائل", "5 messages"),
        (11, "١١ رسالة", "11 messages"),
        (100, "١٠٠ رسالة", "100 messages"),
        (103, "١٠٣ رسائل", "103 messages"), (1234, "١٬٢٣٤ رسالة", "1,234 messages"),
    ],
)  # fmt: skip
def test_things_are_counted_as_each_language_counts(count, arabic, english) -> None:
    assert say().count("messages", count) == arabic
    assert say("en").count("messages", count) == english


def test_digits_are_the_merchants_choice() -> None:
    assert say("ar", "latin").short(65) == "1 د"
    assert say().short(65) == "١ د"
    assert say("en").short(65) == "1 min"
    assert say().exactly(1.84) == "١٫٨ ث"


@pytest.mark.parametrize(
    ("ago", "arabic", "english"),
    [
        (timedelta(minutes=5), "١٢:٢٥", "12:25"), (timedelta(hours=13), "أمس", "Yesterday"),
        (timedelta(days=3), "الاثنين", "Monday"), (timedelta(days=20), "٢٠ شباط", "20 Feb"),
        (timedelta(days=400), "٥ شباط ٢٠٢٥", "5 Feb 2025"),
    ],
)  # fmt: skip
def test_moments_are_named_as_people_name_them(ago, arabic, english) -> None:
    assert say().when(NOW - ago) == arabic
    assert say("en").when(NOW - ago) == english


def test_the_exact_moment_names_its_zone() -> None:
    assert say().exact(NOW) == "2026-03-12 12:30:00 UTC+03"
    assert Saying("en", "latin", "Nowhere/Land", NOW).exact(NOW) == "2026-03-12 09:30:00 UTC"


def test_what_is_left_is_said_in_hours_and_minutes() -> None:
    assert say().hours(23 * 3600 + 59 * 60) == "٢٣ ساعة و٥٩ دقيقة"
    assert say("en").hours(3600) == "1 hour"
    assert say().hours(-5) == "أقل من دقيقة"


def test_reasons_and_sources_are_words_and_unknown_ones_stay() -> None:
    assert "an image" in say("en").reason("unseen_message:image")
    assert say("en").reason("the provider said no") == "the provider said no"
    assert say().reason(None) == "بلا سبب مسجّل"
    told = say("en").sources("faq:delivery, product:A-1, x, y")
    assert told == [("FAQ: delivery", ""), ("product A-1", ""), ("x", "")]


def test_a_passage_is_called_as_its_document_was_and_leads_there() -> None:
    told = say("en").sources("passage:7, passage:8", {"documents": {"7": "Returns"}})
    assert told == [
        ("document «Returns»", "/knowledge/passages/7"),
        ("document", "/knowledge/passages/8"),
    ]

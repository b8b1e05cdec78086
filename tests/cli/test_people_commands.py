"""`hudhud desk`, `hudhud hours` and `hudhud escalation`: people and their time."""

from __future__ import annotations

import pytest
from command_line import Command


@pytest.fixture
def shop(served: Command) -> Command:
    assert served("merchant", "add", "shop", "متجر").code == 0
    assert served("operator", "add", "sara@shop.example", "سارة").code == 0
    return served


def test_a_desk_is_made_and_given_its_members(shop: Command) -> None:
    made = shop("desk", "add", "sales", "المبيعات", "--member", "sara@shop.example")
    assert (made.code, "sara@shop.example" in made.out) == (0, True), made
    assert shop("desk", "set", "sales", "--minutes", "٣٠", "--places", "2").code == 0
    (told,) = shop("desk", "list", "--json").json()
    assert (told["slot_minutes"], told["slot_places"], told["usual"]) == (30, 2, True)
    assert told["members"] == ["sara@shop.example"]
    assert "30 min × 2" in shop("desk", "list").out
    assert shop("desk", "add", "sales", "x").code == 1
    refused = shop("desk", "set", "sales", "--member", "nobody@x")
    assert (refused.code, "nobody@x" in refused.err) == (2, True), refused
    assert "No appointments" in shop("desk", "bookings").out
    assert shop("desk", "cancel", "7").code == 1


def test_hours_are_set_day_by_day_and_said(shop: Command) -> None:
    assert "No hours yet" in shop("hours", "show").out
    done = shop("hours", "set", "every=9-13,16-22", "fri=closed")
    assert (done.code, "9:00-13:00, 16:00-22:00" in done.out) == (0, True), done
    told = shop("hours", "set", "every=20-2", "--ramadan", "--json").json()
    assert told["typed"]["ramadan"] == ["20:00-2:00"] * 7
    assert told["typed"]["week"][4] == ""
    told = shop("hours", "holiday", "10-01", "10-03", "--hijri", "--name", "العيد", "--json").json()
    assert [one["first"] for one in told["plan"]["holidays"]] == ["10-01"]
    gone = shop("hours", "holiday", "10-01", "10-03", "--hijri", "--remove", "--json").json()
    assert gone["plan"]["holidays"] == []
    told = shop(
        "hours", "calendar", "--timezone", "Asia/Riyadh", "--dates", "both", "--json"
    ).json()
    assert (told["timezone"], told["dates"]) == ("Asia/Riyadh", "both")
    assert shop("hours", "calendar", "--timezone", "Mars/Base").code == 2
    assert shop("hours", "set", "someday=9-5").code == 2
    assert shop("hours", "show", "--desk", "nowhere").code == 1


def test_an_inboxs_escalation_is_changed_and_shown(shop: Command) -> None:
    assert shop("desk", "add", "care", "العناية").code == 0
    added = shop("inbox", "add", "webchat", "الموقع", "--json")
    key = added.json()["key"]
    now = shop(
        *("escalation", key, "--threshold", "0.5", "--keyword", "مدير", "--json"),
        *("--desk", "complaint=care", "--hand-back-minutes", "45", "--say", "away_ar=نعود صباحاً"),
    ).json()
    assert (now["escalation_threshold"], now["escalation_keywords"]) == (0.5, ["مدير"])
    assert (now["escalation_desks"], now["hand_back_minutes"]) == ({"complaint": "care"}, 45)
    assert now["welcome"] == {"away_ar": "نعود صباحاً"}
    now = shop(
        "escalation", key, "--hand-back-minutes", "0", "--desk", "complaint=", "--json"
    ).json()
    assert (now["hand_back_minutes"], now["escalation_desks"]) == (None, {})
    assert "never" in shop("escalation", key).out
    assert shop("escalation", key, "--threshold", "2").code == 2
    assert shop("escalation", "nowhere").code == 1

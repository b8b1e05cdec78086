"""The reply window runs on the provider's stamp, and a late webhook shortens it (S8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from hudhud.channels import whatsapp
from hudhud.core.delivery import outgoing_of
from hudhud.core.window import Window, window_of
from hudhud.errors import SendRejectedError
from hudhud.model import Alias, Content, Place, Template
from hudhud.store.outbox import Begun

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PHONE = Alias("phone", "9647701112233")


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


class TwoWindows:
    def window_s(self, *, free_entry: bool, by_person: bool) -> float | None:  # noqa: ARG002 - the contract
        return 7 * 86_400.0 if by_person else 86_400.0


class NoWindow:
    def window_s(self, *, free_entry: bool, by_person: bool) -> float | None:  # noqa: ARG002 - the contract
        return None


def stands(last: float | None, ad: float | None = None, channel=whatsapp) -> Window:
    return window_of(
        channel,
        last_in_at=None if last is None else ago(last),
        free_entry_at=None if ad is None else ago(ad),
        now=NOW,
    )


def test_a_webhook_that_came_twenty_hours_late_leaves_four() -> None:
    assert stands(20) == Window("open", NOW + timedelta(hours=4))


def test_it_closes_on_the_moment() -> None:
    assert stands(23.99).state == "open"
    assert stands(24).state == "closed"
    assert stands(None).state == "closed"


@pytest.mark.clause("7.window")
def test_an_ad_opens_three_days_from_its_own_message() -> None:
    assert stands(30, ad=30) == Window("open", NOW + timedelta(hours=42))
    assert stands(73, ad=73).state == "closed"
    # A later word of the contact counts where it reaches further.
    assert stands(1, ad=70) == Window("open", NOW + timedelta(hours=23))


def test_only_a_person_writes_in_the_second_window() -> None:
    late = stands(48, channel=TwoWindows())
    assert (late.state, late.takes(by_person=True), late.takes(by_person=False)) == (
        "late",
        True,
        False,
    )


def test_a_channel_without_a_window_always_takes() -> None:
    assert stands(None, channel=NoWindow()) == Window("always")


def test_the_last_hour_warns() -> None:
    assert stands(23.5).ends_soon(NOW)
    assert not stands(22).ends_soon(NOW)
    assert not stands(25).ends_soon(NOW)


def row(hours: float, content: Content | None = None, author: str = "assistant") -> Begun:
    stored = None if content is None else msgspec.json.encode(content).decode()
    return Begun(
        merchant_id=1, conversation_id=1, inbox_id=1, row_id=7, attempt=1, spared=0,
        text="مرحبا", reply_to=None, aliases=(PHONE,), author=author, content=stored,
        last_in_at=ago(hours),
    )  # fmt: skip


def test_text_whose_window_closed_while_it_waited_does_not_leave() -> None:
    for author in ("assistant", "operator"):
        with pytest.raises(SendRejectedError) as refused:
            outgoing_of(row(25, author=author), PHONE, whatsapp, NOW)
        assert refused.value.code == "window_closed"


def test_a_template_leaves_outside_the_window() -> None:
    template = Template(name="reminder", language="ar", body=("سعاد",), buttons={0: "x"})
    assert outgoing_of(row(25, template), PHONE, whatsapp, NOW).content == template


def test_content_leaves_as_it_was_stored() -> None:
    place = Place(latitude=33.3, longitude=44.4, name="المحل")
    assert outgoing_of(row(1, place), PHONE, whatsapp, NOW).content == place


def test_late_words_say_so() -> None:
    sent = outgoing_of(row(48, author="operator"), PHONE, TwoWindows(), NOW)
    assert sent.late
    assert not outgoing_of(row(1, author="operator"), PHONE, TwoWindows(), NOW).late


@pytest.mark.parametrize("stored", ["[]", '{"kind":"hologram"}', '{"kind":"location"}', "null"])
def test_content_that_cannot_be_read_any_more_is_refused_with_the_reason(stored: str) -> None:
    broken = msgspec.structs.replace(row(1), content=stored)
    with pytest.raises(SendRejectedError) as refused:
        outgoing_of(broken, PHONE, whatsapp, NOW)
    assert refused.value.code == "content_unreadable"

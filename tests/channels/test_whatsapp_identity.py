"""Who is who: PLATFORM_FACTS part 4."""

from __future__ import annotations

import pytest
from whatsapp_hooks import SARA, SARA_USER, change, hook, read, said, text

from hudhud.channels.whatsapp import addressee, parse
from hudhud.model import Alias

PHONE, USER, PARENT = (
    Alias("phone", SARA),
    Alias("wa_user", SARA_USER),
    Alias("wa_parent_user", "IQ.ENT.77"),
)


def card(name="سارة", **ids):
    return {"profile": {"name": name}, **ids}


@pytest.mark.clause("4.aliases")
def test_a_message_carries_every_name_in_order_of_trust():
    message = read(text(from_user_id=SARA_USER, from_parent_user_id="IQ.ENT.77"))
    assert message.aliases == (USER, PHONE, PARENT)


@pytest.mark.clause("4.missing")
def test_a_message_without_a_phone_has_a_sender():
    assert read(text(from_=None, from_user_id=SARA_USER)).aliases == (USER,)


def test_the_contact_card_with_the_same_phone_adds_its_ids_and_name():
    message = read(text(), contacts=[card(wa_id=SARA, user_id=SARA_USER)])
    assert (message.aliases, message.name) == ((USER, PHONE), "سارة")


def test_the_contact_card_with_the_same_user_id_adds_its_phone():
    people = [card("علي", wa_id="1"), card(wa_id=SARA, user_id=SARA_USER)]
    message = read(text(from_=None, from_user_id=SARA_USER), contacts=people)
    assert (message.aliases, message.name) == ((USER, PHONE), "سارة")


def test_a_card_of_another_user_id_never_joins_two_people_by_a_phone():
    message = read(
        text(from_user_id="IQ.NEW"),
        contacts=[card("القديم", wa_id=SARA, user_id=SARA_USER), card("x")],
    )
    assert message.aliases == (Alias("wa_user", "IQ.NEW"), PHONE)
    assert message.name == ""


def test_the_only_card_of_the_only_message_lends_its_name_but_no_id():
    message = read(text(from_="5491100"), contacts=[card("ماريا", wa_id="54911", user_id="AR.1")])
    assert (message.aliases, message.name) == ((Alias("phone", "5491100"),), "ماريا")


def test_the_only_card_stands_for_a_message_that_names_nobody():
    assert read(text(from_=None), contacts=[card(user_id=SARA_USER)]).aliases == (USER,)


def test_two_senders_with_one_card_are_not_given_one_name():
    messages = [text(), text(from_="111", id="b")]
    parsed = parse(hook(change(messages=messages, contacts=[card(wa_id=SARA)])))
    assert [message.name for message in parsed.messages] == ["سارة", ""]


def test_a_thousand_people_in_one_webhook_are_each_found():
    phones = [str(9647700000000 + n) for n in range(1000)]
    messages = [text(from_=phone, id=phone) for phone in phones]
    people = [card(f"n{phone}", wa_id=phone) for phone in phones]
    parsed = parse(hook(change(messages=messages, contacts=people)))
    assert [message.name for message in parsed.messages] == [f"n{phone}" for phone in phones]


def test_a_written_phone_is_the_same_phone():
    assert read(text(from_="+964 (770) 111-2233")).aliases == (PHONE,)


def test_what_is_no_phone_is_kept_as_an_opaque_address():
    assert read(text(from_="٩٦٤٧٧٠")).aliases == (Alias("wa_id", "٩٦٤٧٧٠"),)


@pytest.mark.parametrize("people", [7, [7], [{}], [{"profile": 7, "wa_id": []}]])
def test_broken_cards_cost_nothing(people):
    assert read(text(), contacts=people).aliases == (PHONE,)


def test_a_name_is_bounded_and_storable():
    name = read(text(), contacts=[card("\0" + "س" * 900, wa_id=SARA)]).name
    assert len(name) == 256
    assert "\0" not in name


def test_a_name_that_cannot_be_a_key_is_left_out():
    message = read(text(from_user_id="\0IQ", from_parent_user_id="I" * 300))
    assert message.aliases == (PHONE,)


def test_a_system_message_repeats_no_name():
    system = {"type": "customer_identity_changed", "wa_id": SARA}
    assert read(said(type="system", system=system)).aliases == (PHONE,)


def test_a_contact_is_written_to_under_the_newest_phone_else_a_user_id():
    newer = Alias("phone", "9647709")
    assert addressee([USER, PHONE, newer]) == newer
    assert addressee([PARENT, USER]) == USER
    assert addressee([PARENT]) == PARENT
    assert addressee([Alias("handle", "x")]) is None

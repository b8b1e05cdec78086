"""١٢٣, ۱۲۳ and 123 are one number, wherever somebody types one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudhud.core.connecting import checked
from hudhud.errors import BadInputError, SettingsWrongError
from hudhud.settings import load
from hudhud.text import (
    decimal_number,
    digits,
    latin_digits,
    typed_number,
    typed_phone,
    whole_number,
)


@pytest.mark.clause("5.8")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("123", "123"),
        (" ٨ ", "8"),
        ("\u200f٨", "8"),
        ("١٢٬٥٠٠", "12500"),
        ("12,500", "12500"),
        ("12 500", "12500"),
        ("1’250’000", "1250000"),
        ("٢٫٥", "2.5"),
        ("٢,٥", "2.5"),
        ("2.5", "2.5"),
        ("١٢٬٥٠٠٫٧٥", "12500.75"),
        ("-٥", "-5"),
        ("−5", "-5"),
        ("+٣", "+3"),
        ("०१२", "012"),
    ],
)
def test_a_typed_number_is_read_as_it_was_meant(typed, number):
    assert typed_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "x", "1_000", "1e5", "nan", "inf", "1,2,3", "12.500.000", "12,5000", "--5", "5-"],
)
def test_what_is_no_number_is_refused_and_not_repeated(typed):
    with pytest.raises(ValueError, match="number") as refused:
        typed_number(typed)
    assert str(refused.value) == "must be a number"


def test_a_whole_number_has_no_decimals():
    assert (whole_number("٤٢"), decimal_number("٤٫٥")) == (42, 4.5)
    with pytest.raises(ValueError, match="whole"):
        whole_number("٤٫٥")


@given(st.integers(-(10**12), 10**12), st.sampled_from(["arabic", "latin"]))
def test_what_we_write_we_read(number, style):
    assert whole_number(digits(f"{number:,}", style)) == number


@pytest.mark.clause("5.8")
@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("+٩٦٤ (٧٧٠) ١٢٣-٤٥٦٧", "+9647701234567"),
        ("۰۷۷۰ ۱۲۳ ۴۵۶۷", "07701234567"),
        ("00964 770 123 4567", "+9647701234567"),
        ("\u202a+964 770 123 4567\u202c", "+9647701234567"),
        ("＋٩٧١٥٠١٢٣٤٥٦٧", "+971501234567"),
        ("لا رقم", ""),
        ("1" * 30, ""),
    ],
)
def test_a_typed_phone_is_its_digits(typed, phone):
    assert typed_phone(typed) == phone


def test_other_characters_stay_when_digits_become_latin():
    assert latin_digits("فرع ٢، شارع ۱۴") == "فرع 2، شارع 14"


@pytest.mark.clause("5.8")
def test_settings_take_any_digits_and_refuse_without_a_value():
    read = load({"HUDHUD_PORT": "٣٩٤١٧", "HUDHUD_LEASE_S": "٢٫٥", "HUDHUD_BREAKER": "failures=٧"})
    assert (read.port, read.lease_s, read.breaker) == (39417, 2.5, "failures=7")
    with pytest.raises(SettingsWrongError) as refused:
        load({"HUDHUD_PORT": "s3cret"})
    assert "s3cret" not in refused.value.sentence


@pytest.mark.clause("5.8")
def test_an_option_that_is_digits_takes_any_and_a_name_keeps_its_own():
    given = {
        "instance_name": "فرع٢",
        "api_url": "https://evolution.example.org",
        "apikey": "k",
        "webhook_secret": "s",
        "user_phone": "٩٦٤٧٧٠١٢٣٤٥٦٧",
    }
    options = checked("evolution", given)
    assert options.user_phone == "9647701234567"
    assert options.instance_name == "فرع٢"
    with pytest.raises(BadInputError, match="user_phone"):
        checked("evolution", {**given, "user_phone": "رقم"})

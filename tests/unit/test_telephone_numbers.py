"""A number of any country of the region, however it is written, is kept as one E.164 (S5)."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hudhud.text.numbering import (
    country_of,
    example,
    from_elsewhere,
    international,
    is_mobile,
    known,
    national,
)
from hudhud.text.phones import REGION, written

ZEROS = "0٠۰"  # of Latin, Arabic and Persian digits
SEPARATORS = ("", " ", "-", " - ", "\u00a0", ".", "\u200e ")


@st.composite
def mobiles(draw: st.DrawFn) -> tuple[str, str]:
    """A country of the region, and one of its mobiles as E.164."""
    country = draw(st.sampled_from(REGION))
    kind = phonenumbers.PhoneNumberType.MOBILE
    sample = phonenumbers.example_number_for_type(country, kind)
    assert sample is not None
    begun = phonenumbers.format_number(sample, phonenumbers.PhoneNumberFormat.E164)[:-5]
    e164 = begun + draw(st.text("0123456789", min_size=5, max_size=5))
    assume(phonenumbers.is_valid_number_for_region(phonenumbers.parse(e164), country))
    return country, e164


@st.composite
def ways(draw: st.DrawFn) -> tuple[str, str, str]:
    """A country, a mobile of it, and a way in which people write that."""
    country, e164 = draw(mobiles())
    code = str(phonenumbers.country_code_for_region(country))
    at_home, bare = national(e164, country), e164.removeprefix(f"+{code}")
    trunk = f"+{code} (0){bare}" if at_home.startswith("0") else f"+{code} ({bare[:2]}){bare[2:]}"
    begun = draw(st.sampled_from((e164, f"00{e164[1:]}", at_home, trunk, e164[1:])))
    said = "".join(
        chr(ord(draw(st.sampled_from(ZEROS))) + int(char)) if char.isdigit() else char
        for char in begun
    )
    at = draw(st.integers(len(said) // 2, len(said) - 2))
    return country, e164, f"{said[:at]}{draw(st.sampled_from(SEPARATORS))}{said[at:]}"


@given(ways())
def test_every_way_of_writing_a_number_is_one_number(way: tuple[str, str, str]) -> None:
    country, e164, said = way
    found = written(f"رقمي {said} شكرا", country)
    assert found is not None
    assert found.e164 == e164, said


@given(mobiles(), st.sampled_from(REGION))
def test_a_number_with_its_code_is_the_same_in_every_shop(
    mobile: tuple[str, str], shop: str
) -> None:
    country, e164 = mobile
    assert international(e164, shop) == e164
    assert country_of(e164) == country
    assert international(international(e164, shop), shop) == e164


@given(st.text(max_size=40), st.sampled_from(REGION))
def test_nothing_but_e164_comes_out_of_any_text(text: str, shop: str) -> None:
    found = written(text, shop)
    if found and found.e164:
        assert found.e164[0] == "+"
        assert found.e164[1:].isascii()
        assert found.e164[1:].isdigit()
        assert len(found.e164) <= 16


@pytest.mark.parametrize("country", REGION)
def test_every_country_has_an_example_that_is_read(country: str) -> None:
    assert known(country)
    assert country_of(international(example(country), country)) == country


@pytest.mark.parametrize(
    ("said", "country", "e164"),
    [
        ("2 07701234567", "IQ", "+9647701234567"),
        ("07701234567\n07801234567", "IQ", "+9647701234567"),
        ("رقمي07701234567", "IQ", "+9647701234567"),
        ("+07701234567", "IQ", "+9647701234567"),
        ("9640770 1234567", "IQ", "+9647701234567"),
        ("\u202a+964 770 123 4567\u202c", "IQ", "+9647701234567"),
        ("966501234567", "IQ", "+966501234567"),  # the code of a neighbour, without a sign
        ("+1 202 555 0123", "IQ", "+12025550123"),
        ("077012345", "IQ", ""),
        ("077012345678", "IQ", ""),
        ("77012345678", "IQ", ""),  # not Kazakhstan
        ("+964 770 12", "IQ", ""),
        ("0512345", "SA", ""),
    ],
)
def test_what_can_be_no_number_is_none(said: str, country: str, e164: str) -> None:
    found = written(said, country)
    assert found is not None
    assert found.e164 == e164


def test_a_mobile_of_the_contacts_own_country_comes_before_a_landline_of_the_shops() -> None:
    assert international("0501234567", "IQ") == "+964501234567"
    assert international("0501234567", "IQ", near="+966555000111") == "+966501234567"
    assert international("0791234567", "IQ", near="+962790001112") == "+962791234567"


def test_a_slipped_number_of_home_is_not_one_from_elsewhere() -> None:
    assert from_elsewhere("0551234567", "IQ")
    assert not from_elsewhere("077012345", "IQ")
    assert not from_elsewhere("0770123456", "IQ")  # a whole one in Jordan, but a digit short here
    assert not from_elsewhere("12345", "IQ")


def test_a_number_is_shown_to_its_own_country_as_it_is_dialled_there() -> None:
    assert national("+9647701234567", "IQ") == "07701234567"
    assert national("+966501234567", "IQ") == "+966501234567"
    assert national("07701234567", "IQ") == "07701234567"


@pytest.mark.parametrize(
    ("said", "country", "e164"),
    [("98120345", "KW", "+96598120345"), ("0096598120345", "KW", "+96598120345"),
     ("64123456", "BH", "+97364123456"), ("90123456", "OM", "+96890123456"),
     ("0761234567", "JO", "+962761234567"), ("9812034", "KW", ""), ("981203456", "KW", ""),
     ("78120345", "KW", ""), ("90123456", "QA", ""), ("0501234567", "QA", "")],
)  # fmt: skip
def test_a_mobile_that_no_plan_lists_yet_is_one_by_its_length_and_first_figure(
    said: str, country: str, e164: str
) -> None:
    assert international(said, country) == e164
    assert not e164 or is_mobile(e164)


def test_a_number_without_a_zero_stands_behind_that_of_a_house() -> None:
    found = written("منزل 5 98120345", "KW")
    assert found is not None
    assert (found.said, found.e164) == ("98120345", "+96598120345")

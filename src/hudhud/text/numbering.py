"""The numbering plans of countries: a number as it is dialled from anywhere (S5, E.164).

The plans are libphonenumber's, 20 ms and 3 MB: who needs them imports this file where they do, so
that a process that meets no number never loads them.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import phonenumbers as plans

from hudhud.text.phones import REGION
from hudhud.text.typed import typed_phone

_MOBILE = (plans.PhoneNumberType.MOBILE, plans.PhoneNumberType.FIXED_LINE_OR_MOBILE)
# Behind the first figure these tell one operator's numbers from another's.
_ALLOTTED = 3


def international(said: str, country: str, *, near: str = "") -> str:
    """A number as it is dialled from anywhere, `+9647701234567`; empty when it can be none.

    One with a + or 00 is of the country that its code names. One without is a mobile of `country`,
    else one of the country of `near`, else any number there; else it has the code of a country of
    the region without a sign; else it is as long as the mobiles of `country` and begins as they do,
    for operators are given new numbers before any plan lists them.

    Args:
        said: in any digits, with any marks between them.
        country: two letters of ISO 3166.
        near: another number of the same person, as E.164; empty: none is known.
    """
    number = typed_phone(said)
    if number.startswith("+0"):
        number = number[1:]  # a + before a number of home
    if not number:
        return ""
    if number.startswith("+"):
        return _abroad(number, country)
    homes = [home for home in (country, country_of(near)) if home]
    read = [one for home in homes if (one := _at_home(number, home))]
    found = next((one for one in read if plans.number_type(one) in _MOBILE), None)
    found = found or next(iter(read), None)
    if found is None and not (told := _signless(number)):
        found = _read(number, country)
        return _e164(found) if found and _like_mobile(found) else ""
    return _e164(found) if found else told


def from_elsewhere(said: str, country: str) -> bool:
    """Whether a number without a code is a mobile somewhere in the region, though not whose.

    One that would be a mobile of `country` with a digit or two more or less is none: it is slipped.
    """
    number = typed_phone(said)
    if not number.startswith("0"):
        return False
    longer = (f"{number}{more}" for more in ("0", "00"))
    slipped = (*longer, number[:-1], number[:-2])
    if any(_mobile_at_home(one, country) for one in slipped):
        return False
    return any(_mobile_at_home(number, home) for home in REGION)


def national(e164: str, country: str) -> str:
    """A number as it is dialled in its own country, where that is `country`; else as it is."""
    read = _read(e164, None)
    if read is None or plans.region_code_for_number(read) != country:
        return e164
    written = plans.format_number(read, plans.PhoneNumberFormat.NATIONAL)
    return "".join(filter(str.isdigit, written))


def example(country: str) -> str:
    """How a mobile number of a country is written there: `0791 234 5678`; empty when unknown."""
    found = plans.example_number_for_type(country, plans.PhoneNumberType.MOBILE)
    if found is None:
        return ""
    return plans.format_number(found, plans.PhoneNumberFormat.NATIONAL)


def known(country: str) -> bool:
    """Whether a country of these two letters has a plan of numbers."""
    return country in plans.SUPPORTED_REGIONS


def is_mobile(e164: str) -> bool:
    """Whether a number is, or may be, of a mobile."""
    read = _read(e164, None)
    return read is not None and (plans.number_type(read) in _MOBILE or _like_mobile(read))


def country_of(e164: str) -> str:
    """The country of a number, as two letters of ISO 3166; empty when it is of none."""
    read = _read(e164, None)
    return (plans.region_code_for_number(read) if read else "") or ""


def _abroad(number: str, country: str) -> str:
    """A number with its code: of our own country valid; of others as long as theirs are."""
    read = _read(number, None)
    if read is None:
        return ""
    ours = read.country_code == plans.country_code_for_region(country)
    fits = plans.is_valid_number(read) or (not ours and plans.is_possible_number(read))
    return _e164(read) if fits or (ours and _like_mobile(read)) else ""


def _at_home(number: str, country: str) -> plans.PhoneNumber | None:
    read = _read(number, country)
    return read if read and plans.is_valid_number_for_region(read, country) else None


def _mobile_at_home(number: str, country: str) -> bool:
    read = _at_home(number, country)
    return read is not None and plans.number_type(read) in _MOBILE


def _like_mobile(read: plans.PhoneNumber) -> bool:
    """Whether a number is as long as its country's mobiles are, and begins with their figure."""
    said = plans.national_significant_number(read)
    country = plans.region_code_for_country_code(read.country_code or 0)
    return _begins_mobile(country, said[0], len(said))


@cache
def _begins_mobile(country: str, first: str, length: int) -> bool:
    """Whether a country's plan has a mobile of this length that begins with this figure."""
    plan = plans.PhoneMetadata.metadata_for_region(country)
    if plan is None or plan.mobile is None or length <= _ALLOTTED:
        return False
    fits = re.compile(plan.mobile.national_number_pattern or "").fullmatch
    rest = "0" * (length - 1 - _ALLOTTED)
    return any(
        fits(f"{first}{''.join(then)}{rest}") for then in product("0123456789", repeat=_ALLOTTED)
    )


def _signless(number: str) -> str:
    """A mobile with the code of its country and nothing before it."""
    read = _read(f"+{number}", None)
    if read is None or plans.region_code_for_number(read) not in REGION:
        return ""
    return _e164(read) if plans.number_type(read) in _MOBILE else ""


def _read(number: str, country: str | None) -> plans.PhoneNumber | None:
    try:
        return plans.parse(number, country)
    except plans.NumberParseException:
        return None


def _e164(read: plans.PhoneNumber) -> str:
    return plans.format_number(read, plans.PhoneNumberFormat.E164)

"""The sample merchant: an Arabic clothing shop of our own invention, and an intake assistant.

Nothing here touches a database; whoever seeds it gives the rows their real ids.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from hudhud.core.hours.typed import holiday_of, spans_of
from hudhud.model import Assistant, Faq, Plan, Product

_FILE = "sample.json"


class SampleMerchant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shop itself: its names, a slug, its language (`ar`) and its currency (ISO 4217)."""

    name_ar: str
    name_en: str
    slug: str
    language: str
    currency: str


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """Everything to seed. Ids are places in the file (1, 2, …), `merchant_id` is 0: not stored yet.

    `assistants` holds first the shop's own, then the meal programme's that collects fields. `hours`
    say what the question about them says, and know both Eids; at `desk` the owner sits.
    """

    merchant: SampleMerchant
    products: tuple[Product, ...]
    faqs: tuple[Faq, ...]
    assistants: tuple[Assistant, ...]
    hours: Plan = Plan()
    desk: dict[str, str] = {}


@cache
def sample() -> Sample:
    """Read the sample from the package; the same object each time."""
    told = msgspec.json.decode(files(__package__).joinpath(_FILE).read_bytes())
    for rows in ("products", "faqs", "assistants"):
        told[rows] = [row | {"id": place} for place, row in enumerate(told[rows], 1)]
    told["hours"] = _plan(**told["hours"])
    told["assistants"] = [row | {"merchant_id": 0} for row in told["assistants"]]
    return msgspec.convert(told, Sample)


def _plan(week: list[str], holidays: list[list[str]]) -> Plan:
    """Hours as they are typed, Monday first, and days of the Hijri year: first, last, names."""
    return Plan(
        week=tuple(map(spans_of, week)),
        holidays=tuple(
            holiday_of(first, last, name_ar=arabic, name_en=english, hijri=True)
            for first, last, arabic, english in holidays
        ),
    )

"""Where an order goes: every part of the address is kept, and one that is corrected is changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hudhud.model import Assistant, Line, Said
from hudhud.responders.lexicon.correcting import rehoused
from hudhud.responders.selling.amending import amended
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.particulars import particulars
from hudhud.responders.selling.pending import UNCLEAR, pending
from hudhud.responders.selling.sentences import say
from hudhud.responders.selling.who import fields
from hudhud.responders.telephones import Dialling
from hudhud.text import Language

NOW = datetime.now(UTC)
WANTED = fields(Assistant(id=1, merchant_id=1, name="", responder="", instructions="", options={}))


def told(*texts: str) -> dict[str, str]:
    batch = [
        Said(id=at, author="contact", kind="text", text=text, at=NOW)
        for at, text in enumerate(texts)
    ]
    sold, by = frozenset[str](), Dialling(country="AE")
    found = particulars(WANTED, batch, {}, sold, asked=True, by=by)
    return {**found.values, **found.said}


@pytest.mark.parametrize(
    ("texts", "name", "address"),
    [
        (["Asha Menon 0561112233, Abu Dhabi, Saadiyat Island, Gate Tower 804"],
         "Asha Menon", "Abu Dhabi, Saadiyat Island, Gate Tower 804"),
        (["0561112233 Asha Menon. Abu Dhabi. Noor Island. Gate Tower 804"],
         "Asha Menon", "Abu Dhabi, Noor Island, Gate Tower 804"),
        (["Al Noor Island, Gate Tower 804, Abu Dhabi, 0561112233, Asha Menon"],
         "Asha Menon", "Al Noor Island, Gate Tower 804, Abu Dhabi"),
        (["Huda Saleh / 0561112233 / Ajman / Al Nuaimiya / building 9 / flat 2"],
         "Huda Saleh", "Ajman, Al Nuaimiya, building 9, flat 2"),
        (["هدى صالح", "0561112233", "أبو ظبي", "الشامخة", "شارع الميناء", "بيت ١١"],
         "هدى صالح", "أبو ظبي، الشامخة، شارع الميناء، بيت ١١"),
        (["الاسم هدى صالح. عجمان. النعيمية. عمارة ٩. شقة ٢. 0561112233"],
         "هدى صالح", "عجمان، النعيمية، عمارة ٩، شقة ٢"),
    ],
)  # fmt: skip
def test_no_part_of_an_address_is_lost(texts: list[str], name: str, address: str) -> None:
    values = told(*texts)
    assert (values["name"], values["phone"], values["address"]) == (name, "0561112233", address)


@pytest.mark.parametrize(
    "text",
    [
        "esmy Huda Saleh", "ana ismy Huda Saleh", "issmi el kamel Huda Saleh", "smiyti Huda Saleh",
        "smyti Huda Saleh", "esm: Huda Saleh", "l'ism Huda Saleh", "my names Huda Saleh",
        "2esmi howa Huda Saleh", "el esm el kamel Huda Saleh",
    ],
)  # fmt: skip
def test_nothing_that_leads_to_a_name_stays_in_it(text: str) -> None:
    assert told(text) == {"name": "Huda Saleh"}


def test_a_telephone_is_nobody() -> None:
    assert told("التيليفون 0561112233") == {"phone": "0561112233"}


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        (
            "Doha, house 31",
            "oh sorry, make it house 13",
            "Doha, house 13",
        ),
        ("الدوحة، بناية ٤، شقة ٧", "خلوها شقة ٩", "الدوحة، بناية ٤، شقة ٩"),
        ("الدوحة، بناية ٤، شقة ٧", "khaliha bnaya 6", "الدوحة، بناية ٦، شقة ٧"),
        ("doha, 3mara 4, sha2a 7", "la sha2a 8", "doha, 3mara 4, sha2a 8"),
        ("Doha, street 4, villa 2", "change the street to street 6", "Doha, street 6, villa 2"),
        ("الدوحة، الطابق ٢", "الطابق الثالث مو الثاني", "الدوحة، الطابق الثالث"),
        ("Doha, apt 21", "flat 12 not 21", "Doha, apt 12"),
        ("Doha, villa 3", "make it 4 pieces", ""),
        ("Doha, villa 3", "flat 4", ""),
    ],
)
def test_a_part_of_an_address_that_is_corrected_is_changed(old: str, text: str, new: str) -> None:
    assert rehoused(old, text) == new


def test_the_number_of_a_house_is_no_number_of_pieces() -> None:
    line = Line(sku="T1", name_ar="طاولة", name_en="Table", count=1, price_minor=1)
    for text in ("خليها عمارة ٩", "make it house 9", "khaliha 3emara 9"):
        lines, left = amended({1: text}, [line], Names([]))
        assert lines is None
        assert left == {1: text}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("unclear", ["which_line", "change_what"])
def test_a_yes_to_what_was_unclear_is_none_to_what_stood_before(
    language: Language, unclear: str
) -> None:
    text = f"{say(unclear, language)}\n{say('confirm', language)}"
    ours = Said(id=1, author="assistant", kind="text", text=text, at=NOW)
    assert pending([ours]).ask in UNCLEAR
    shown = f"{say('quote', language)}\n{say('confirm', language)}"
    assert (
        pending([Said(id=1, author="assistant", kind="text", text=shown, at=NOW)]).ask == "confirm"
    )

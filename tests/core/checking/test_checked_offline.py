"""What is made of the merchant's rows passes every check unchanged; no text makes a check fail."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from evaluation.items import Item, items
from evaluation.shops import assistant_for, shops
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spoken import NOW, look, turn

from hudhud.core.answering.checking import Recorded, vetted
from hudhud.core.answering.checking.amounts import amounts
from hudhud.core.answering.checking.reading import plain
from hudhud.model import Answer, Refused, Said, Tool, Turn
from hudhud.model.tools import Result
from hudhud.model.turn import Author
from hudhud.responders import catalogue

SHOPS = sorted(shops())
BITS = st.sampled_from(
    ["٢٨ ألف", "28,000", "IQD", "د.ع", "%", "خصم", '"response":', "https://", "@", "#1", "طلبك"]
)  # fmt: skip
# Of each shop so many items, from all over its list. `make test CHECKED_ITEMS=2000` takes them all.
ITEMS_MAX = int(os.environ.get("CHECKED_ITEMS", "32"))
TEXTS = st.lists(st.text(max_size=12) | BITS, max_size=12).map(" ".join)


class NoTools:
    """Refuses every call."""

    async def call(self, wanted: Tool[Result]) -> Result | Refused:  # noqa: ARG002 - the shape
        return Refused(why="not_allowed")


def said(author: Author, text: str, at: int) -> Said:
    return Said(id=at, author=author, kind="text", text=text, at=NOW + timedelta(seconds=at))


async def replies(item: Item) -> list[tuple[Turn, Answer, Recorded]]:
    """The item as the offline responder answers it with all that its shop sells in sight."""
    shop = shops()[item.shop]
    history: tuple[Said, ...] = ()
    collected: dict[str, str] = {}
    made = []
    for burst in item.turns:
        at = len(history)
        messages = tuple(said("contact", text, at + n) for n, text in enumerate(burst))
        of = turn(
            merchant_name=shop.merchant.name_ar,
            contact_name="",
            assistant=assistant_for(shop, collects=item.kind == "collect"),
            messages=messages,
            history=history,
            products=shop.products,
            faqs=shop.faqs,
            collected=collected,
        )
        tools = Recorded(NoTools())
        answer = await catalogue.answer(of, catalogue.Options(), deadline_s=5, tools=tools)
        made.append((of, answer, tools))
        collected = {**collected, **answer.collected}
        history = (*history, *messages, said("assistant", answer.text, len(history) + 9))
    return made


@pytest.mark.timeout(480)  # the 1 045 of the sample's own, when all are asked for
@pytest.mark.parametrize("shop", SHOPS)
async def test_answers_of_the_offline_responder_are_never_changed(shop: str) -> None:
    changed, looked = [], 0
    theirs = [one for one in items() if one.shop == shop]
    theirs = theirs[:: -(-len(theirs) // ITEMS_MAX)]
    for item in theirs:
        for of, answer, tools in await replies(item):
            found = vetted(of, answer, tools.calls)
            looked += 1
            if found.answer is not answer:
                changed.append((item.id, answer.text, found.findings))
    assert changed == []
    assert looked >= len(theirs) >= 16  # of each item one answer at least


@settings(max_examples=150, deadline=None)
@given(asked=TEXTS, answer=TEXTS)
@example(asked="بكم", answer="١" * 3000)
@example(asked="\u202e", answer="\u200b" * 50 + "٢٨ ألف و نص و ثلث")
def test_no_text_makes_a_check_fail_and_what_leaves_passes_again(asked: str, answer: str) -> None:
    found = look(asked, answer)
    if found.answer.text:
        assert look(asked, found.answer.text).findings == ()
    assert found.answer is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("٢٨ ألف", [28000]), ("٢٨٬٠٠٠ د.ع", [28000]), ("28k", [28000]), ("IQD 28,000", [28000]),
        ("$5.50", [5.5]), ("ألفين دينار", [2000]), ("خمسة آلاف", [5000]), ("٢٨ ألف ونص", [28500]),
        ("مئة وخمسين ألف", [150000]), ("twenty eight thousand", [28000]), ("2 مليون", [2000000]),
        ("من ٢٨ إلى ٣٥ ألف", [28000, 35000]), ("28-35 ألف", [28000, 35000]), ("۲۸ هزار", []),
        ("٣ قطع", []), ("الساعة 10:30", []), ("سعره 45", [45]), ("بـ ٤٥", [45]), ("خصم 10%", []),
        ("٢٨،٠٠٠ دينار عراقي", [28000]),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, wanted: list[float]) -> None:
    read = amounts(plain(text).text)
    assert [float(amount.values[0]) for amount in read] == wanted

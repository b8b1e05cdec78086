"""What was being ordered is given up in every dialect; and "nothing else" gives nothing up."""

from __future__ import annotations

import pytest

from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.giving_up import wants_nothing
from hudhud.text import words


@pytest.mark.parametrize(
    "text",
    [
        "ما عاد بدي ياهن", "ماعاد ابغاها", "معادش نحب", "ماعاش نبيهم", "ما بقيناش باغيين",
        "مبقتش عايزه", "لم نعد نريده", "لغيو ليا الكوموند", "كنسلوه", "بطلنا", "هونا", "تراجعت",
        "صرفنا النظر", "خلاص ما نبيش", "ma b2a biddi", "m3ad abi", "mab9ach bghit", "ma 3edt abi",
        "lghiw commande", "kanslo el talab", "hawwant", "khalas mesh 3ayza", "forget about it",
        "sorry, we're no longer interested", "never mind then", "I'm not buying",
    ],
)  # fmt: skip
def test_an_order_is_given_up(text: str) -> None:
    assert "cancel" in {mark.deed for mark in marks(words(text))}


@pytest.mark.parametrize(
    "text",
    [
        "خلاص ما ابي شي ثاني", "khalas mesh 3ayez 7aga tanya", "بغيت نسول", "ما بقى عندكم اسود",
        "الآنسة سلمى", "باي لغة الكتاب", "الغالي علينا", "ما عندي مشكلة", "no more thanks",
    ],
)  # fmt: skip
def test_nothing_is_given_up(text: str) -> None:
    assert "cancel" not in {mark.deed for mark in marks(words(text))}


@pytest.mark.parametrize("said", ["خلاص ما بدي شي تسلم", "لا اريد شيئا اليوم", "ما عاد ابي"])
def test_who_wants_nothing_calls_off_no_order_that_must_be_found(said: str) -> None:
    assert wants_nothing(words(said))


@pytest.mark.parametrize("said", ["الغي طلبي", "كنسلوها", "لا ابي شي هادي"])
def test_who_calls_an_order_off_or_wants_another_thing_does_want_something(said: str) -> None:
    assert not wants_nothing(words(said))

"""A reply that speaks of what is in the cart changes that, and opens nothing else (S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, CLOTHES, Talking

from hudhud.model import Line
from hudhud.responders.selling.amending import amended
from hudhud.responders.selling.naming import Names

WHO = ("علي حسن", "07701234567", "بغداد الكرادة")
HOODIE, TWO = "ابي هودي اسود لارج", "ابي هودي اسود لارج عدد ٢"
BOTH = "ابي هودي اسود لارج وكاب اسود"
HOODIES = Line(
    sku="JK-04", name_ar="هودي قطني", name_en="Cotton hoodie", count=2, price_minor=1,
    size="L", colour="أسود",
)  # fmt: skip

COLOURS = "ابي هودي اسود لارج وهودي رمادي ميديوم"
AMENDED = [
    # What is announced as a size is of what has sizes, and what goes is told by its colour
    (BOTH, "غيروا المقاس إلى ميديوم", ["1 AC-04 أسود", "1 JK-04 M أسود"]),
    (BOTH, "الهودي ثلاث", ["3 JK-04 L أسود", "1 AC-04 أسود"]),
    (COLOURS, "الغي الرمادي", ["1 JK-04 L أسود"]),
    (COLOURS, "cancel the black one", ["1 JK-04 M رمادي"]),
    (TWO, "احدهما ميديوم والاخر لارج", ["1 JK-04 M أسود", "1 JK-04 L أسود"]),
    # What is added, and what comes of it
    (HOODIE, "زيدوه اثنين يعني ثلاثة", ["3 JK-04 L أسود"]),
    (HOODIE, "زود تلاتة يبقوا اربعة", ["4 JK-04 L أسود"]),
    (TWO, "زيد واحد بيصيروا ثلاثة", ["3 JK-04 L أسود"]),
    (TWO, "add another two so that makes four", ["4 JK-04 L أسود"]),
    (TWO, "two more, four in total", ["4 JK-04 L أسود"]),
    (TWO, "1 more, total 3 pcs", ["3 JK-04 L أسود"]),
    (TWO, "zid wa7ed ya3ni tlate", ["3 JK-04 L أسود"]),
    (HOODIE, "وواحد ثاني مثله", ["2 JK-04 L أسود"]),
    # Another size or colour of it is one more of it, beside what is there
    (HOODIE, "وواحد رمادي بعد", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (HOODIE, "and two more in grey", ["1 JK-04 L أسود", "2 JK-04 L رمادي"]),
    (HOODIE, "زيد معاه واحد عنابي نفس المقاس", ["1 JK-04 L أسود", "1 JK-04 L عنابي"]),
    (HOODIE, "كمان واحد بس XL", ["1 JK-04 L أسود", "1 JK-04 XL أسود"]),
    # What was counted is shared out
    (TWO, "خليهم واحد اسود وواحد رمادي", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "لا خليهم ثلاثة اثنين عنابي وواحد رمادي", ["2 JK-04 L عنابي", "1 JK-04 L رمادي"]),
    (TWO, "make it one black and one grey", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "واحد منهم خليه ميديوم", ["1 JK-04 L أسود", "1 JK-04 M أسود"]),
    (TWO, "خلي واحد منهم رمادي والثاني زي ما هو", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "make one of them grey, the other stays black", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    # One of them by its place, and what is left as it is
    (TWO, "خليهم تلاتة والتالت رمادي", ["2 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "make it 3 and the third in grey", ["2 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "زيدوه واحد، والثالث لونه رمادي", ["2 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "الأخير باللون الرمادي", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "sorry one grey one black", ["1 JK-04 L رمادي", "1 JK-04 L أسود"]),
    (TWO, "ودي نغير واحد لرمادي والثاني على حاله", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "بدل واحد بس لرمادي", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    (TWO, "change one to grey and leave the other", ["1 JK-04 L أسود", "1 JK-04 L رمادي"]),
    # What goes, and what stays is told beside it
    (BOTH, "شيل الكاب وخلي الهودي بس", ["1 JK-04 L أسود"]),
    (BOTH, "take the cap out please, only the hoodie", ["1 JK-04 L أسود"]),
    (BOTH, "drop the hoodie and keep just the cap", ["1 AC-04 أسود"]),
    (BOTH, "لا شيل الكاب، يكفيني الهودي", ["1 JK-04 L أسود"]),
    (BOTH, "شيل الكاب وخلي الهودي اثنين", ["2 JK-04 L أسود"]),
    (BOTH, "شيل الكاب مابيه، خل الهودي بس", ["1 JK-04 L أسود"]),
    (BOTH, "الكاب ما اريده، بس الهودي", ["1 JK-04 L أسود"]),
    # Every verb that takes out takes that out, and what is enough stays
    (BOTH, "لا شيلي الكاب خلص بكفيني الهودي", ["1 JK-04 L أسود"]),
    (BOTH, "حيد الكاب، الهودي باراكا", ["1 JK-04 L أسود"]),
    (BOTH, "أزل الكاب من الطلب، الهودي يكفي", ["1 JK-04 L أسود"]),
    (BOTH, "طلعوا الكاب من السلة", ["1 JK-04 L أسود"]),
    (BOTH, "اخرجي الكاب من القائمة وخلي الهودي", ["1 JK-04 L أسود"]),
    (BOTH, "لا داعي للكاب، بكتفي بالهودي", ["1 JK-04 L أسود"]),
    (BOTH, "استغنيت عن الكاب", ["1 JK-04 L أسود"]),
    (BOTH, "بلاها الكاب", ["1 JK-04 L أسود"]),
    (BOTH, "الغي الكاب بس", ["1 JK-04 L أسود"]),
    (BOTH, "cancel the cap, just the hoodie please", ["1 JK-04 L أسود"]),
    (BOTH, "skip the cap", ["1 JK-04 L أسود"]),
    (BOTH, "get rid of the cap, the hoodie is enough", ["1 JK-04 L أسود"]),
    (BOTH, "لا تضيفون الكاب", ["1 JK-04 L أسود"]),
    (BOTH, "la shilo el cap, bas el hoodie", ["1 JK-04 L أسود"]),
    (BOTH, "حيدو الكاب وخليو غير الهودي", ["1 JK-04 L أسود"]),
    (BOTH, "7aydo el cap w ghir el hoodie", ["1 JK-04 L أسود"]),
    (BOTH, "يكفي هودي واحد", ["1 JK-04 L أسود", "1 AC-04 أسود"]),
    # Praise and excuses beside it are nobody's name
    (HOODIE, "جيد، لكن اجعلوه XL", ["1 JK-04 XL أسود"]),
    (HOODIE, "عذراً، اجعلوها اثنين", ["2 JK-04 L أسود"]),
    (TWO, "wait, can you make one of them M?", ["1 JK-04 L أسود", "1 JK-04 M أسود"]),
    (HOODIE, "ولا اقول ثلاثة", ["3 JK-04 L أسود"]),
    # What is made less to a number is not made less by it
    (TWO, "نقص الهودي لواحد", ["1 JK-04 L أسود"]),
    (TWO, "الهودي قللها، بس واحد كافي", ["1 JK-04 L أسود"]),
    (TWO, "الهودي خليه ٣ كمان", ["3 JK-04 L أسود"]),
    # What comes beside a change is added, and what is there stays
    (HOODIE, "خليهم اثنين وحط معاهم كاب اسود", ["2 JK-04 L أسود", "1 AC-04 أسود"]),
    # How many are enough
    (TWO, "لا واحد يكفي", ["1 JK-04 L أسود"]),
    (TWO, "no, just one is enough", ["1 JK-04 L أسود"]),
]


@pytest.mark.parametrize(("wanted", "said", "bought"), AMENDED)
async def test_words_about_the_cart_change_what_is_in_it(
    wanted: str, said: str, bought: list[str]
) -> None:
    """Asked before the name, and after all of it was shown: the same comes of it."""
    early, late = Talking(), Talking()
    await early.all(wanted, said, WHO, "نعم")
    await late.all(wanted, WHO, said, "نعم")
    assert sorted(early.bought) == sorted(bought)
    assert sorted(late.bought) == sorted(bought)


@pytest.mark.parametrize(
    ("said", "bought"),
    [
        ("لا كفاية علبة تمر وحدة", ["1 DT"]),  # a box and one are one
        ("زيد علبة", ["3 DT"]),  # a unit names no box that is sold
        ("زودهم حبة يبقوا ثلاثة", ["3 DT"]),
        ("3 packs in total", ["3 DT"]),
    ],
)
async def test_a_unit_counts_what_is_in_the_cart(said: str, bought: list[str]) -> None:
    talking = Talking(BAKERY)
    await talking.all("ابي تمر سكري فاخر ٢", said, WHO, "نعم")
    assert talking.bought == bought


@pytest.mark.parametrize(
    "said",
    [
        "زيد دفتر",  # sold by nobody here
        "وواحد تيشيرت ابيض",
        "احمد جاسم بغداد شارع ٢",
        "متى يوصل؟",
        "لو زدت واحد كم يصير؟",
        "تمام اكد الطلب",
        "الغي الطلب",
    ],
)
def test_words_about_something_else_amend_nothing(said: str) -> None:
    lines, left = amended({1: said}, [HOODIES], Names(CLOTHES))
    assert lines is None
    assert left == {1: said}


def test_a_sentence_that_amends_leaves_the_next_one_to_others() -> None:
    batch = {1: "خليهم ثلاثة\nحسين علي 07701234567"}
    lines, left = amended(batch, [HOODIES], Names(CLOTHES))
    assert [one.count for one in lines or ()] == [3]
    assert left == {1: "حسين علي 07701234567"}


@pytest.mark.parametrize(
    ("said", "bought"),
    [
        ("خلي نصهم معمول ثاني", None),
        ("نقص واحد من التمر", ["1 DT"]),
        ("ممكن تزيد واحد تمر؟", ["3 DT"]),
        ("can you make it 5 please?", ["5 DT"]),
    ],
)
async def test_what_is_politely_asked_for_or_reduced_is_done(
    said: str, bought: list[str] | None
) -> None:
    talking = Talking(BAKERY)
    await talking.all("ابي تمر سكري فاخر ٢", said, WHO, "نعم")
    assert bought is None or talking.bought == bought, [one.text for one in talking.answers]


def test_half_of_a_line_may_be_of_another_colour() -> None:
    lines, left = amended({1: "خل نصها عنابي"}, [HOODIES], Names(CLOTHES))
    assert not left
    told = sorted((one.count, one.colour) for one in lines or ())
    assert sum(count for count, _ in told) == HOODIES.count
    assert len(told) == 2

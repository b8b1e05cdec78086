"""A thing that does all of it stands before one whose name has two of the words."""

from __future__ import annotations

import msgspec

from hudhud.model import Product
from hudhud.ops.sample.sample import sample
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import matched, overheard
from hudhud.responders.weighing import told_more
from hudhud.text import made_of, meaning_of

_ANY = sample().products[0]
SOFT, GRILL = (
    msgspec.structs.replace(
        _ANY,
        id=at,
        sku=sku,
        name_ar=name,
        name_en=sku,
        category_ar="ادوات",
        category_en="Tools",
        description_ar=told,
        description_en="",
        score=score,
    )
    for at, (sku, name, told, score) in enumerate(
        (
            ("SOFT", "فرشاة سيليكون", "تدهن العجين بالزيت وتتحمل حرارة الفرن.", 0.6),
            ("GRILL", "فرشاة فرن معدنية", "تكشط الدهون اليابسة.", 0.5),
        ),
        start=1,
    )
)
SAID = ("فرشاه", "ادهن", "عجين", "زيت", "فرن")


def test_what_does_more_of_it_outweighs_a_name() -> None:
    assert told_more(SOFT, [GRILL], SAID)
    assert not told_more(GRILL, [SOFT], SAID)


def test_what_is_named_outweighs_nothing_named_so() -> None:
    assert not told_more(SOFT, [SOFT, GRILL], SAID)


def test_a_thing_that_is_asked_for_may_be_misspelled() -> None:
    told = overheard([SOFT, GRILL], "عندكم فرشات لو سمحت؟")
    assert "stock" in told.meanings
    assert matched([SOFT, GRILL], (), [told]).groups


def test_what_it_is_looked_for_with_is_not_out_of_scope() -> None:
    told = understood("بدي فرشاة ادهن فيها العجين بالزيت وانا بحضر المباراة")
    done = matched([SOFT, GRILL], (), [told])
    assert not done.beyond
    assert done.groups


def _thing(of: int, sku: str, name: str, told: str, score: float) -> Product:
    return msgspec.structs.replace(
        GRILL, id=of, sku=sku, name_ar=name, description_ar=told, score=score
    )


def test_nothing_stands_before_the_thing_that_is_asked_for_because_it_is_cold() -> None:
    soup = _thing(7, "SOUP", "حساء خضار", "طبق ساخن.", 0.3)
    juice = _thing(8, "JUICE", "عصير تفاح", "عصير بارد طازج.", 0.5)
    told = understood("عندكم حساء؟ والله برد كثير")
    (group,) = matched([juice, soup], (), [told]).groups
    assert group.products[0] is soup


def test_cloth_that_must_not_be_pierced_is_no_question_what_a_thing_is_made_of() -> None:
    clip = _thing(9, "CLIP", "مشبك ستارة", "يثبت الستارة ولا يثقب القماش.", 0.5)
    told = understood("ابي شي يمسك الستارة وما يخرم القماش")
    done = matched([clip], (), [told])
    assert not done.unsure
    assert done.groups


def test_a_father_is_nobody_newly_born() -> None:
    assert made_of("والد").isdisjoint(made_of("مولود"))
    assert meaning_of("للوالد").isdisjoint(meaning_of("مولود"))
    assert not meaning_of("للوالد").isdisjoint(meaning_of("رجالي"))

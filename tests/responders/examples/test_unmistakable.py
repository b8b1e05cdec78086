"""What calls for a person whatever a rule made of its words, and what only looks so."""

from __future__ import annotations

import pytest

from hudhud.responders.examples import calm, unmistakable
from hudhud.responders.examples.unmistakable import stated
from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.colours import meant
from hudhud.responders.lexicon.said.others import elsewhere
from hudhud.text import words


@pytest.mark.parametrize(
    "text",
    [
        "الخيمة لسه واصلاني وفيها شق من الجنب، تتبدل؟",
        "السجادة جايتني لونها بهتان خالص",
        "استلمت الفرن من ساعة والباب ما يسكر، هل هذا طبيعي؟",
        "بعتولي الكرسي برجل ناقصة",
        "عمي اشترى منكم مكيف وطفى بعد اسبوع",
        "the mirror arrived with a crack across it, what now?",
        "waslatni el jazme farde wa7de bas",
    ],
)
def test_who_tells_in_what_state_a_thing_came_needs_no_word_for_trouble(text: str) -> None:
    told = understood(text)
    assert "complaint" in {*told.meanings, unmistakable(text, told)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("خلاص غيرت رأيي بالطلب، ممكن حد من عندكم يكلمني على التليفون؟", "person"),
        ("أرغب في أن أصبح وكيلًا لمنتجاتكم في مدينتي، فمع من أتواصل بهذا الخصوص؟", "partner"),
    ],
)
def test_a_wish_for_somebody_or_for_business_outdoes_a_word_of_wares(text: str, kind: str) -> None:
    told = understood(text)
    assert kind in {*told.meanings, unmistakable(text, told)}


@pytest.mark.parametrize(
    "text",
    [
        "وصلتني الخلاطة تسلم ايدكم",
        "استلمت الطرد شكرا الكم",
        "لو وصلتني الطاولة مكسورة شو بعمل؟",
        "iza wasalni maksoor shu ba3mel",
        "اشتريت منكم قميص وعاجبني، ابي مثله بالابيض",
        "ابي مفرش انام عليه واصلي عليه",
        "my kettle died, it is not from your shop, do you repair kettles?",
        "شريت من عندكم ساعة قبل سنة وابي اشتري وحدة ثانية لاخوي",
    ],
)
def test_who_praises_supposes_or_buys_again_calls_nobody(text: str) -> None:
    assert not unmistakable(text, understood(text))


@pytest.mark.parametrize(
    "text",
    ["الغلاية مو منكم", "شريتها مش من عندكم", "I didn't buy it from you", "mish men 3andkon"],
)
def test_what_is_told_to_be_none_of_ours_is_another_s(text: str) -> None:
    assert elsewhere(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "No, drop it. The last kebab from you made my dad ill and I want the owner to call me.",
        "the last soup you sent made my girl sick and I want a manager to call me",
    ],
)
def test_one_clause_that_wants_a_person_is_heard_in_any_story(text: str) -> None:
    assert "person" in calm(text, understood(text)).meanings


def test_a_back_is_no_pink() -> None:
    assert meant("ظهر") is meant("ظهري") is None
    assert meant("زهري") == meant("وردي")


@pytest.mark.parametrize(
    "text",
    [
        "الدولاب بابه مال بعد اسبوعين",
        "الترموس ما عاد يحفظ حرارة، شو بعمل بالضمان؟",
        "مروحة من عندكم احترقت من اول تشغيل",
        "the lid cracked and the whole thing dripped on my bag",
    ],
)
def test_a_trouble_that_is_stated_of_a_certain_thing_needs_no_deal(text: str) -> None:
    told = understood(text)
    assert "complaint" in told.meanings or stated(text, told)


@pytest.mark.parametrize(
    "text",
    [
        "دولابي القديم بابه مال وابي واحد جديد",
        "الزيت حقكم بكر ولا مخلوط",
        "I'd like the big lens and your case for it",
        "ترموس ما يخرب",
    ],
)
def test_what_is_wanted_or_asked_calls_nobody(text: str) -> None:
    assert not stated(text, understood(text))

"""What stands below a picture is looked over as a text is; none is promised that is not sent."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from spoken import SHOP, look

from hudhud.core.answering.checking import Call
from hudhud.model import Media
from hudhud.model.tools import SendPictures

LINEN = replace(SHOP.products[0], images=(7,))  # 28,000; 14 left
SENT = Call(SendPictures(sku=LINEN.sku), LINEN)


def below(caption: str) -> tuple[Media, ...]:
    return (Media(type="image", media_id=7, caption=caption),)


def test_a_true_caption_leaves_as_it_is() -> None:
    true = below("قميص كتان صيفي: ٢٨٬٠٠٠ د.ع، متوفر.")
    done = look("ممكن صورة قميص الكتان؟", "تفضّل، هذه صورته.", SENT, contents=true)
    assert done.findings == ()
    assert done.answer.contents == true


@pytest.mark.parametrize(
    ("caption", "what"),
    [
        ("قميص كتان صيفي: ٢٠٬٠٠٠ د.ع، متوفر.", "wrong_price"),
        ("قميص كتان صيفي: ٢٨٬٠٠٠ د.ع، بقي منه ٢.", "wrong_stock"),
        ("قميص كتان صيفي: خصم ٥٠٪ اليوم", "invented_discount"),
        ("قميص كتان صيفي https://evil.example/x", "foreign_link"),
    ],
)
def test_a_false_caption_goes_to_a_person_with_its_picture_left_out(
    caption: str, what: str
) -> None:
    done = look("ممكن صورة قميص الكتان؟", "تفضّل.", SENT, contents=below(caption))
    assert what in {one.what for one in done.findings}
    assert done.answer.hand_over is not None
    assert done.answer.contents == ()
    assert done.answer.text == ""


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("ممكن صورة قميص الكتان؟", "تفضّل، هذه صورة القميص."),
        ("ممكن صورة قميص الكتان؟", "أرسلت لك الصور الآن."),
        ("can I see the linen shirt?", "Here is a picture of the Linen summer shirt."),
        ("can I see the linen shirt?", "I have sent you the photos of it."),
    ],
)
def test_a_picture_that_no_tool_attached_is_not_promised(asked: str, answer: str) -> None:
    assert {one.what for one in look(asked, answer).findings} == {"false_promise"}
    attached = below("Linen summer shirt")
    assert look(asked, answer, SENT, contents=attached).findings == ()


@pytest.mark.parametrize(
    "answer",
    ["لا صورة عندي لقميص كتان صيفي، وهو متوفر.", "عذراً، ليس عندي هذه الصورة الآن."],
)
def test_to_say_that_there_is_none_promises_nothing(answer: str) -> None:
    assert look("ممكن صورة قميص الكتان؟", answer).findings == ()

"""Direction and isolation, golden: what people of several countries write, and how it is shown."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from hudhud.channels.whatsapp.bodies import body_of
from hudhud.text import direction, isolated_text, spans
from hudhud.web.drawing import isolated

# What was written, the direction of the whole, and its pieces: `«»` for left to right, `‹›` for
# right to left.
GOLDENS = [
    # Iraq
    ("رقمي +964 770 123 4567 اتصلوا بعد العصر", "rtl", "رقمي «+964 770 123 4567» اتصلوا بعد العصر"),
    ("٠٧٧٠ ١٢٣ ٤٥٦٧ رقم أخوي", "rtl", "«٠٧٧٠ ١٢٣ ٤٥٦٧» رقم أخوي"),
    ("شكد سعره؟ مو 12,500 د.ع؟", "rtl", "شكد سعره؟ مو ‹12,500 د.ع›؟"),
    ("بـ ١٢٬٥٠٠ دينار وتوصيل ٥٠٠٠", "rtl", "بـ ‹١٢٬٥٠٠ دينار› وتوصيل «٥٠٠٠»"),
    ("وين وصل الطلب HD-2043-77 هسه؟", "rtl", "وين وصل الطلب «HD-2043-77» هسه؟"),
    ("طلب #1043 ناقص قطعة", "rtl", "طلب «#1043» ناقص قطعة"),
    ("قياس 42-44 موجود؟", "rtl", "قياس «42-44» موجود؟"),
    # The Gulf
    ("أبغى اثنين، كم المجموع؟ SAR 349.50", "rtl", "أبغى اثنين، كم المجموع؟ «SAR 349.50»"),
    ("المبلغ ٣٤٩٫٥٠ ر.س شامل الضريبة", "rtl", "المبلغ ‹٣٤٩٫٥٠ ر.س› شامل الضريبة"),
    ("الموعد 2026-11-21 الساعة 10:30", "rtl", "الموعد «2026-11-21» الساعة «10:30»"),
    ("خصم 25% لين الجمعة", "rtl", "خصم «25%» لين الجمعة"),
    ("الآيبان SA44-2000-0001-2345 حولت عليه", "rtl", "الآيبان «SA44-2000-0001-2345» حولت عليه"),
    # Egypt
    ("عايز ٢ من ده وبعتهم على 01012345678", "rtl", "عايز «٢» من ده وبعتهم على «01012345678»"),
    ("السعر ج.م 250 ولا أقل؟", "rtl", "السعر ‹ج.م 250› ولا أقل؟"),
    ("ابعتلي على mona.ali@example.com لو سمحت", "rtl",
     "ابعتلي على «mona.ali@example.com» لو سمحت"),
    ("الحرارة -5 بره", "rtl", "الحرارة «-5» بره"),
    # Links, however long, turn nobody's sentence and end before its punctuation.
    ("شوف https://shop.example.com/products/long-winter-dress?x=1، عجبني", "rtl",
     "شوف «https://shop.example.com/products/long-winter-dress?x=1»، عجبني"),
    ("حسابنا @winter_shop وموقعنا example.com/ar", "rtl",
     "حسابنا «@winter_shop» وموقعنا «example.com/ar»"),
    # English, and mixed
    ("Total 12,500 د.ع please", "ltr", "Total ‹12,500 د.ع› please"),
    ("Hi, call me on +964 770 123 4567!", "ltr", "Hi, call me on «+964 770 123 4567»!"),
    ("Is فستان available in size 38?", "ltr", "Is فستان available in size «38»?"),
    ("عندكم iPhone؟ أريد اللون الأسود", "rtl", "عندكم iPhone؟ أريد اللون الأسود"),
    ("أهلاً وسهلاً بكم في متجرنا\nWelcome to our shop!", "rtl",
     "أهلاً وسهلاً بكم في متجرنا\n«Welcome to our shop!»"),
    ("Please find the details here\nالسعر بعد الخصم", "ltr",
     "Please find the details here\n‹السعر بعد الخصم›"),
    ("iPhone متوفر عندكم باللون الأسود؟", "rtl", "iPhone متوفر عندكم باللون الأسود؟"),
    ("مرحبا, is this dress still available?", "ltr", "مرحبا, is this dress still available?"),
    # Nothing but a piece
    ("07701234567", "rtl", "«07701234567»"),
    ("https://example.com/a", "ltr", "«https://example.com/a»"),
    ("👍", "rtl", "👍"),
    ("", "rtl", ""),
]  # fmt: skip
MARKS = {"«": '<bdi{} dir="ltr">', "»": "</bdi>", "‹": '<bdi{} dir="rtl">', "›": "</bdi>"}


def drawn(text: str) -> str:
    """A message as the page draws it, in the marks of the table."""
    html = re.sub(r'<bdi(?: class="num")? dir="(ltr|rtl)">', r"<\1>", str(isolated(text)))
    opened: list[str] = []
    shown = ""
    for part in re.split(r"(<ltr>|<rtl>|</bdi>)", html):
        if part == "</bdi>":
            shown += {"<ltr>": "»", "<rtl>": "›"}[opened.pop()]
        elif part in ("<ltr>", "<rtl>"):
            opened.append(part)
            shown += {"<ltr>": "«", "<rtl>": "‹"}[part]
        else:
            shown += part
    return shown


@pytest.mark.clause("5.8")
@pytest.mark.parametrize(("text", "runs", "shown"), GOLDENS)
def test_a_message_runs_and_is_drawn_as_its_reader_expects(text, runs, shown):
    assert direction(text) == runs
    assert drawn(text) == shown.replace("&", "&amp;")


@pytest.mark.clause("5.8")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "رقمنا +964 770 123 4567 اليوم",
            "رقمنا \u2066+964 770 123 4567\u2069 اليوم",
        ),
        ("الموعد 2026-11-21 إن شاء الله", "الموعد \u20662026-11-21\u2069 إن شاء الله"),
        ("طلبك #1043 وصل", "طلبك \u2066#1043\u2069 وصل"),
        ("Total 12,500 د.ع please", "Total \u206712,500 د.ع\u2069 please"),
        # These keep their order by themselves: the fewer invisible characters, the better.
        ("السعر 12,500 د.ع فقط", None),
        ("طلبك HD-2043-77 في الطريق", None),
        ("مقاس 42 متوفر", None),
        # A link with an invisible character at its end leads elsewhere.
        ("التفاصيل في https://example.com/a/b-1 وشكراً", None),
        ("راسلنا على ali@example.com", None),
        # What somebody isolated already is theirs.
        ("رقمنا \u2068+964 770 123 4567\u2069", None),
    ],
)
def test_what_leaves_for_whatsapp_is_isolated_only_where_it_would_be_turned(text, left):
    assert body_of(text, None)["text"]["body"] == (left or text)


def test_isolates_never_make_a_text_too_long():
    text = ("رقمنا +964 770 123 4567 " * 200)[:4096]
    assert body_of(text, None)["text"]["body"] == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ابت abc123+-#:/.@٣٤٫٬د.ع$ \n") | st.characters()))
def test_no_character_is_lost_or_doubled_by_isolating(text):
    found = spans(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    bare = re.sub("[\u2066\u2067\u2069]", "", isolated_text(text, chars_max=10_000))
    assert bare == re.sub("[\u2066\u2067\u2069]", "", text)
    assert re.sub(r"</?bdi[^>]*>", "", str(isolated(text))) == str(escape(text))


def test_every_isolate_is_closed():
    made = isolated_text("رقم +964 770 123 4567 وطلب #22 وتاريخ 2026-01-02", chars_max=4096)
    opened = sum(made.count(mark) for mark in "\u2066\u2067")
    assert opened == made.count("\u2069") == 3
    assert all(unicodedata.category(c) != "Cf" or c in "\u2066\u2069" for c in made)

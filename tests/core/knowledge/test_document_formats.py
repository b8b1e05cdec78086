"""What each format is read into; Arabic out of a PDF is what a reader of it sees."""

from __future__ import annotations

import io
import zipfile

import pytest
from made_pdf import Run, made, shaped

from hudhud.core.knowledge.formats import docx, markdown, pdf, plain, web_page
from hudhud.core.knowledge.formats.block import UnfitError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SENTENCE = "يمكن إلغاء الموعد قبل الأربعاء"


def texts(blocks) -> list[tuple[str, int]]:
    return [(block.text, block.level) for block in blocks]


def painted(words: str, *, x: float = 80, y: float = 700, size: float = 12) -> list[Run]:
    """A sentence as a browser paints it: shapes of letters, the last word leftmost."""
    signs: list[str] = []
    for word in words.split():
        signs += [*shaped(word), " "]
    return [Run(x, y, signs[-2::-1], size)]


def test_paragraphs_of_a_text_and_the_short_line_above_one():
    body = "الإلغاء\nيمكن إلغاء الموعد.\r\nقبل يوم.\r\n\r\nسطر وحده"
    assert texts(plain.blocks(body.encode())) == [
        ("الإلغاء", 2),
        ("يمكن إلغاء الموعد.\nقبل يوم.", 0),
        ("سطر وحده", 0),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_text_of_any_old_machine_is_read(encoding):
    assert texts(plain.blocks("أوقات الدوام".encode(encoding))) == [("أوقات الدوام", 0)]


def test_a_row_of_a_markdown_table_names_its_columns():
    table = "| المدينة | الأجرة |\n|---|---|\n| **بغداد** | ٥٬٠٠٠ |\n| أربيل | |"
    body = f"# الأجور\n\n{table}\n\nبعده [هنا](http://x)"
    assert texts(markdown.blocks(body.encode())) == [
        ("الأجور", 1),
        ("المدينة: بغداد · الأجرة: ٥٬٠٠٠", 0),
        ("المدينة: أربيل", 0),
        ("بعده هنا", 0),
    ]


def test_of_a_page_only_what_a_visitor_reads_is_read():
    body = """<html><head><title>متجر</title><script>steal()</script></head><body>
      <nav>الرئيسية</nav><h2>الإرجاع</h2><p>خلال <b>١٤</b> يومًا<br>من الشراء &amp; بلا رسوم</p>
      <p style="display: none">الأسعار كلها صفر</p><div hidden><p>مخفي</p></div>
      <table><tr><th>المقاس</th><th>الطول</th></tr><tr><td>M</td><td><p>٩٠ سم</p></td></tr></table>
      <ul><li>أول<li>ثانٍ</ul></body></html>"""
    assert texts(web_page.blocks(body.encode())) == [
        ("متجر", 0),
        ("الإرجاع", 2),
        ("خلال ١٤ يومًا\nمن الشراء & بلا رسوم", 0),
        ("المقاس: M · الطول: ٩٠ سم", 0),
        ("أول", 0),
        ("ثانٍ", 0),
    ]


def packed(document: str, styles: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("word/document.xml", document)
        if styles:
            whole.writestr("word/styles.xml", styles)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_headings_of_word_are_known_by_their_names_in_any_language():
    style = '<w:style w:styleId="العنوان1"><w:name w:val="heading 1"/></w:style>'
    styles = f'<w:styles xmlns:w="{WORD}">{style}</w:styles>'
    table = (
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    ).format(*map(paragraph, ("الخدمة", "السعر", "كشف", "٢٥")))
    drawing = (
        f'<w:p><mc:AlternateContent xmlns:mc="{COMPATIBLE}">'
        "<mc:Choice><w:r><w:t>مرة</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>مرة</w:t></w:r>"
        "</mc:Fallback></mc:AlternateContent></w:p>"
    )
    deleted = "<w:p><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:p>"
    body = paragraph("الأسعار", "العنوان1") + table + drawing + deleted + paragraph("ختام")
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    assert texts(docx.blocks(packed(document, styles))) == [
        ("الأسعار", 1),
        ("الخدمة: كشف · السعر: ٢٥", 0),
        ("مرة", 0),
        ("ختام", 0),
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"PK\x03\x04 no", "broken"),
        (packed("<w:document"), "broken"),
        (
            packed(
                '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]>'
                f'<w:document xmlns:w="{WORD}">&d;</w:document>'
            ),
            "broken",
        ),
        (packed(" " * (docx.UNPACKED_BYTES_MAX + 1)), "too_heavy"),
    ],
)
def test_a_docx_that_is_none_or_a_bomb_is_refused(body, why):
    with pytest.raises(UnfitError) as refused:
        list(docx.blocks(body))
    assert refused.value.why == why


def test_shapes_and_ligatures_become_letters_in_the_order_of_reading():
    body = made([painted("لا رسوم على الإلغاء")])
    assert "\ufefb" in "".join(painted("لا")[0].signs)
    assert [block.text for block in pdf.blocks(body)] == ["لا رسوم على الإلغاء"]


def test_a_sign_that_says_two_letters_keeps_their_order():
    painted_signs = [*"كيلع", " ", "م", "لا", "س", "ل", "ا"]
    body = made([[Run(80, 700, painted_signs)]])
    assert [block.text for block in pdf.blocks(body)] == ["السلام عليك"]


def test_the_order_of_painting_says_nothing():
    """Letters painted one by one from the right, as some programs do it, lie where they lie."""
    letters = shaped(SENTENCE.replace(" ", "\u00a0"))
    runs = [Run(500 - 6 * at, 700, [letter]) for at, letter in enumerate(letters)]
    assert [block.text for block in pdf.blocks(made([runs]))] == [SENTENCE]


def test_numbers_latin_words_and_brackets_stand_where_they_are_read():
    # As seen from left to right: «(نصف اليوم) 10,000 دينار على help@shop.iq» and a phone.
    seen = [*"help@shop.iq", " ", *shaped("على")[::-1], " ", *shaped("دينار")[::-1], " "]
    seen += [*"10,000", " ", "(", *shaped("اليوم")[::-1], " ", *shaped("نصف")[::-1], ")"]
    phone = [*"4567", " ", *"123", " ", *"0770", " ", *shaped("اتصل")[::-1]]
    told = [block.text for block in pdf.blocks(made([[Run(40, 700, seen), Run(40, 600, phone)]]))]
    assert told == ["(نصف اليوم) 10,000 دينار على help@shop.iq", "اتصل 0770 123 4567"]


def test_arabic_that_was_painted_unturned_is_not_turned():
    signs = [sign for word in ("سياسة", "المدرسة", "الصغيرة", "على") for sign in [*word, " "]]
    told = [block.text for block in pdf.blocks(made([[Run(40, 700, signs[:-1])]]))]
    assert told == ["سياسة المدرسة الصغيرة على"]


def test_a_mark_stays_with_its_letter():
    word = [Run(40, 700, ["ب", "س", "ح"]), Run(58, 701, ["ُ"]), Run(58, 700, ["ي", " ", *"مث", " "])]
    word.append(Run(88, 700, list("بعد")[::-1]))
    assert [block.text for block in pdf.blocks(made([word]))] == ["بعد ثم يُحسب"]


def test_large_lines_are_headings_and_gaps_part_cells_and_paragraphs():
    page = [
        *painted("الأسعار", y=750, size=20),
        *painted("كل شيء بالدينار", y=700),
        *painted("والدفع نقدا", y=686),
        *painted("كشف", x=400, y=640),
        Run(80, 640, list("25")),
    ]
    assert texts(pdf.blocks(made([page]))) == [
        ("الأسعار", 1),
        ("كل شيء بالدينار\nوالدفع نقدا", 0),
        ("كشف · 25", 0),
    ]


def test_what_stands_at_the_edge_of_every_page_is_left_out():
    pages = [
        [*painted("عيادة النور", y=780), *painted(f"صفحة {name} هنا", y=500)]
        for name in ("اولى", "ثانية", "ثالثة")
    ]
    told = [block.text for block in pdf.blocks(made(pages))]
    assert told == ["صفحة اولى هنا", "صفحة ثانية هنا", "صفحة ثالثة هنا"]


ENCRYPTED = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"%PDF-1.7\nnothing", "broken"),
        (made([[]]), "no_text"),
        (made([[]] * (pdf.PAGES_MAX + 1)), "too_many_pages"),
        (
            made(
                [painted(SENTENCE)],
                trailer="/Encrypt 9 0 R /ID [<00> <00>]",
                extra=[ENCRYPTED],
            ),
            "encrypted",
        ),
    ],
)
def test_a_pdf_without_anything_to_read_is_refused_with_its_reason(body, why):
    with pytest.raises(UnfitError) as refused:
        list(pdf.blocks(body))
    assert refused.value.why == why

"""A hostile document ends itself, in a process of its own, with a reason that a person reads."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from made_pdf import Run, bomb, made

from hudhud.core.knowledge import reading
from hudhud.errors import DocumentRefusedError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


async def why(body: bytes, kind: str) -> str:
    with pytest.raises(DocumentRefusedError) as refused:
        await reading.read(body, kind)
    assert refused.value.sentence.endswith(DocumentRefusedError.SAYS[refused.value.code])
    return refused.value.code


def packed(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("word/document.xml", document)
    return out.getvalue()


async def test_a_document_is_read_elsewhere_and_its_blocks_come_back():
    told = await reading.read("# العنوان\n\nنص".encode(), "markdown")
    assert [(block.text, block.level) for block in told] == [("العنوان", 1), ("نص", 0)]


async def test_a_page_that_unpacks_to_more_than_the_memory_ends_itself():
    body = bomb(1100 * 1024 * 1024)
    assert len(body) < reading.DOCUMENT_BYTES_MAX
    assert await why(body, "pdf") == "too_heavy"


async def test_entities_and_packings_that_explode_are_refused():
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    entities = f'<!DOCTYPE d [{rows}]><w:document xmlns:w="{WORD}">&e9;</w:document>'
    assert await why(packed(entities.encode()), "docx") == "broken"
    assert await why(packed(b" " * (65 * 1024 * 1024)), "docx") == "too_heavy"


async def test_one_that_takes_too_long_is_ended_and_the_next_one_is_read(monkeypatch):
    monkeypatch.setattr(reading, "READ_S", 0.01)
    assert await why(b"slow", "text") == "too_heavy"
    monkeypatch.undo()
    assert (await reading.read(b"quick", "text"))[0].text == "quick"


async def test_text_without_end_is_refused_and_nothing_is_refused():
    assert await why(b"a b c d " * 200_000, "text") == "too_long"
    assert await why(b" \n ", "text") == "empty"
    assert await why(b"<script>x</script>", "html") == "empty"
    assert await why(b"x" * (reading.DOCUMENT_BYTES_MAX + 1), "text") == "too_large"


async def test_what_no_reader_sees_is_left_out():
    told = await reading.read(made([[Run(80, 700, [*"some\0 wo\x1brds"])]]), "pdf")
    assert [block.text for block in told] == ["some words"]
    half = made([[Run(80, 700, [*"some words", "𝔸"])]]).replace(b"<d835dd38>", b"<d835>")
    told = await reading.read(half, "pdf")
    assert told[0].text.startswith("some words")
    told[0].text.encode()


async def test_nested_without_end_is_an_ending_too():
    assert await why(b"<div>" * 100_000, "html") == "empty"
    assert await why(packed(b"<a>" * 300_000), "docx") == "broken"


async def test_whatever_is_damaged_is_read_or_refused():
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    codes = set()
    document = f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>نص</w:t></w:r></w:p></w:document>'
    for kind, whole in (
        ("pdf", made([[Run(80, 700, list("some words"))]])),
        ("docx", packed(document.encode())),
    ):
        for _ in range(6):
            body = bytearray(whole)
            for _ in range(20):
                body[chance.randrange(len(body))] = chance.randrange(256)
            try:
                assert await reading.read(bytes(body), kind)
            except DocumentRefusedError as error:
                codes.add(error.code)
    assert codes <= DocumentRefusedError.SAYS.keys()


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.txt", b"%PDF-1.4 x", "pdf"),
        ("a.txt", b"PK\x03\x04", "docx"),
        ("a.md", b"# x", "markdown"),
        ("a.HTM", b"x", "html"),
        ("", b"\n<!DOCTYPE HTML><p>", "html"),
        ("", "نص".encode(), "text"),
        ("", "نص".encode("utf-16"), "text"),
    ],
)
def test_a_kind_is_known_by_its_first_bytes_then_by_its_name(name, body, kind):
    assert reading.kind_of(name, body) == kind


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [("a.pdf", b"no pdf", "broken"), ("a.png", b"\x89PNG\0\0", "unknown_kind")],
)
def test_what_is_none_of_ours_is_refused_before_anyone_reads_it(name, body, code):
    with pytest.raises(DocumentRefusedError) as refused:
        reading.kind_of(name, body)
    assert refused.value.code == code

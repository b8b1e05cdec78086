"""Passages: long enough to answer, never cut inside a word, each under its headings."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hudhud.core.knowledge.cutting import HEADING_CHARS_MAX, OVERLAP_CHARS, PASSAGE_CHARS, passages
from hudhud.core.knowledge.formats.block import Block

WORDS = st.lists(st.text("ابتثجحخدسعفقكلمنهوي", min_size=1, max_size=12), min_size=1, max_size=120)
BLOCKS = st.lists(
    st.builds(
        Block,
        text=WORDS.map(" ".join) | WORDS.map(". ".join),
        level=st.sampled_from([0, 0, 0, 1, 2]),
        page=st.integers(0, 5),
    ),
    max_size=12,
)


@given(BLOCKS)
def test_every_word_is_in_a_passage_whole_and_no_passage_is_too_long(blocks):
    cut = list(passages(blocks))
    said = {word for one in cut for word in f"{one.heading} {one.text}".replace("›", " ").split()}
    for block in blocks:
        if not block.level:
            assert set(block.text.split()) <= said
    assert all(len(one.text) <= PASSAGE_CHARS + OVERLAP_CHARS + 1 for one in cut)
    assert all(len(one.heading) <= HEADING_CHARS_MAX for one in cut)
    whole = {word for block in blocks for word in block.text.split()}
    assert {word for one in cut for word in one.text.split()} <= whole


def test_a_passage_names_the_headings_above_it_and_its_page():
    blocks = [
        Block("دليل", 1, 1), Block("مقدمة", 0, 1), Block("الإلغاء", 2, 2), Block("قبل يوم", 0, 2),
        Block("الدفع", 2, 3), Block("الخاتمة", 1, 3), Block("شكرًا", 0, 4),
    ]  # fmt: skip
    assert [(one.heading, one.text, one.page) for one in passages(blocks)] == [
        ("دليل", "مقدمة", 1),
        ("دليل › الإلغاء", "قبل يوم", 2),
        ("دليل", "الدفع", 3),  # nothing stands under it: it is what is said
        ("الخاتمة", "شكرًا", 4),
    ]


def test_the_next_passage_begins_with_the_last_sentence_of_the_one_before():
    sentence = "هذه جملة من عشر كلمات لا تزيد ولا تنقص أبدًا."
    text = " ".join(f"{number} {sentence}" for number in range(40))
    cut = list(passages([Block(text)]))
    assert len(cut) > 2
    for before, after in pairwise(cut):
        shared = after.text.split("\n")[0]
        assert before.text.endswith(shared)
        assert 0 < len(shared) <= OVERLAP_CHARS

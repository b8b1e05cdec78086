"""One sentence in every mixture that models make of it: read once, or not shown at all (S4)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hudhud.responders.contract import read

# What no customer may see: keys of ours, an object's braces, fences, a tool's call.
OURS = re.compile(
    r"needs_?data_?collection|requested_?fields|[\"'“”]response[\"'“”]\s*[:=]|```|~~~"
    r"|[{\[]\s*[\"'“]\w+[\"'”]\s*:|</?tool_call|<\|",
    re.IGNORECASE,
)
PROSE = ("Here is the answer:", "تفضل الجواب:", "Sure, I will answer in JSON.", "")
FIELDS = ["name", "phone"]
# A sentence as a shop writes it: prices, codes in braces, quotes, two lines, emoji.
WORDS = (
    "أهلاً", "سعر القميص", "25,000", "د.ع", "{خصم}", "{SALE20}", "مقاس", '"XL"', "«نخلة»", "it's",
    "ok", "😀", "١٢٣", "https://shop.example/a?b=1", "(عرض)", "50%", "\n", "-", "؟", "a:b", "3:30",
    "[1]", "#12", "a, b", "‘كذا’", "“مثلًا”",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


def one_line(text: str) -> str:
    return " ".join(text.split())


def answer_of(said: str) -> dict[str, object]:
    return {"response": said, "needsDataCollection": True, "requestedFields": FIELDS}


# Each way in which the same answer is written whole; all of them have to be read.
WHOLE: dict[str, Callable[[str], str]] = {
    "plain": lambda s: json.dumps(answer_of(s), ensure_ascii=False),
    "escaped": lambda s: json.dumps(answer_of(s)),
    "indented": lambda s: json.dumps(answer_of(s), ensure_ascii=False, indent=2),
    "packed": lambda s: json.dumps(answer_of(s), separators=(",", ":")),
    "last": lambda s: json.dumps(dict(reversed(answer_of(s).items())), ensure_ascii=False),
    "fenced": lambda s: f"```json\n{json.dumps(answer_of(s), ensure_ascii=False)}\n```",
    "a list": lambda s: json.dumps([answer_of(s)], ensure_ascii=False),
    "within": lambda s: json.dumps({"output": answer_of(s)}, ensure_ascii=False),
    "in JSON": lambda s: json.dumps(json.dumps(answer_of(s), ensure_ascii=False)),
    "twice in JSON": lambda s: json.dumps({"response": json.dumps(answer_of(s))}),
    "trailing comma": lambda s: json.dumps(answer_of(s), ensure_ascii=False)[:-1] + ",}",
    "thought over": lambda s: f'<think>{{"response": "no"}}</think>{json.dumps(answer_of(s))}',
}
# Written so that not every sentence survives; what is shown is still no part of the contract.
BROKEN: dict[str, Callable[[str], str]] = {
    "Python": lambda s: str(answer_of(s)),
    "single quotes": lambda s: json.dumps(answer_of(s), ensure_ascii=False).replace('"', "'"),
    "Arabic quotes": lambda s: re.sub(r'"([^"]*)"', r"“\1”", json.dumps(answer_of(s))),
    "unescaped quotes": lambda s: json.dumps(answer_of(s), ensure_ascii=False).replace('\\"', '"'),
    "no quotes": lambda s: (
        f"{{response: {s}, needsDataCollection: true, requestedFields: [name, phone]}}"
    ),
    "raw lines": lambda s: json.dumps(answer_of(s), ensure_ascii=False).replace("\\n", "\n"),
    "no commas": lambda s: json.dumps(answer_of(s), ensure_ascii=False, indent=1).replace(
        ",\n", "\n"
    ),
    "half escaped": lambda s: json.dumps(answer_of(s), ensure_ascii=False).replace('"', '\\"'),
}
TOOLS = (
    '<tool_call>\n{"name": "search_products", "arguments": {"words": "قميص"}}\n</tool_call>',
    '{"name": "place_order", "arguments": {"name": "x", "phone": "1"}}',
    '[{"type": "function", "function": {"name": "quote", "arguments": "{}"}}]',
    '```tool_code\nsearch_products(words="قميص")\n```',
    '<|tool_call|>{"name": "quote"}<|/tool_call|>',
)


def clean(shown: str | None, text: str) -> None:
    assert shown is None or not OURS.search(shown), (text, shown)


@settings(max_examples=400, deadline=None)
@given(SENTENCES, st.sampled_from(sorted(WHOLE)), st.sampled_from(PROSE), st.sampled_from(PROSE))
@example("{خصم}", "escaped", "", "")
def test_a_whole_answer_is_read_exactly_once_in_whatever_it_is_wrapped(
    said: str, way: str, before: str, after: str
) -> None:
    around = ("", "") if way == "in JSON" else (before, after)
    text = "\n".join(filter(None, (around[0], WHOLE[way](said), around[1])))
    found = read(text)
    clean(found.response, text)
    if any(char.isalnum() or char == "😀" for char in said):
        assert one_line(found.response or "") == one_line(said), text
        assert found.needs_data_collection
        assert found.requested_fields == tuple(FIELDS)


@settings(max_examples=300, deadline=None)
@given(SENTENCES, st.lists(st.sampled_from(sorted(WHOLE)), min_size=2, max_size=4))
def test_an_answer_that_is_repeated_is_shown_once(said: str, ways: list[str]) -> None:
    text = "\n\n".join(WHOLE[way](said) for way in ways if way not in ("in JSON", "thought over"))
    shown = read(text).response or ""
    clean(shown, text)
    assert one_line(shown) in (one_line(said), ""), text


@settings(max_examples=400, deadline=None)
@given(SENTENCES, st.sampled_from(sorted(BROKEN)), st.sampled_from(PROSE))
def test_a_broken_answer_shows_a_part_of_itself_or_nothing_and_never_the_contract(
    said: str, way: str, before: str
) -> None:
    text = f"{before}\n{BROKEN[way](said)}".strip()
    clean(read(text).response, text)


@settings(max_examples=200, deadline=None)
@given(SENTENCES, st.sampled_from(sorted({**WHOLE, **BROKEN})), st.data())
def test_a_cut_at_any_byte_shows_a_beginning_of_the_sentence_or_nothing(
    said: str, way: str, data: st.DataObject
) -> None:
    raw = {**WHOLE, **BROKEN}[way](said).encode("utf-8", "surrogatepass")
    text = raw[: data.draw(st.integers(0, len(raw)))].decode("utf-8", "replace")
    shown = read(text).response
    clean(shown, text)
    if shown is not None and way in ("plain", "escaped", "indented", "packed", "fenced", "a list"):
        begins = one_line(shown).rstrip("\ufffd ")
        assert one_line(said).startswith(begins), text


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=40, deadline=None)
@given(said=SENTENCES, way=st.sampled_from(["plain", "fenced", "indented"]), first=st.booleans())
def test_a_call_that_a_model_writes_as_text_is_never_shown(
    tool: str,
    said: str,
    way: str,
    first: bool,  # noqa: FBT001 - drawn
) -> None:
    assert read(tool).response is None
    text = "\n".join((tool, WHOLE[way](said)) if first else (WHOLE[way](said), tool))
    clean(read(text).response, text)


def test_every_byte_of_one_answer_may_be_its_last() -> None:
    said = 'أهلاً {خصم} مقاس "XL" بـ 25,000 د.ع\nحياك 😀'
    for way in ("plain", "escaped", "indented", "fenced", "last", "within"):
        raw = WHOLE[way](said).encode()
        for end in range(len(raw)):
            shown = read(raw[:end].decode("utf-8", "replace")).response
            clean(shown, way)
            assert shown is None or said.startswith(shown.rstrip("\ufffd\\")), (way, end, shown)

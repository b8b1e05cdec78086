"""A trace has a size, whatever a model or a tool puts into it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from hudhud.core.tracing.bounding import CUT, TRACE_BYTES_MAX, bounded

LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=40))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6), st.dictionaries(st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=40,
)


def size(trace: dict[str, Any]) -> int:
    return len(msgspec.json.encode(trace))


@settings(max_examples=60, deadline=None)
@given(
    tree=st.dictionaries(st.text(max_size=5), TREES, max_size=6),
    times=st.integers(min_value=1, max_value=3000),
)
def test_no_trace_is_larger_than_its_limit(tree: dict[str, Any], times: int) -> None:
    grown = {"steps": [tree] * times, "model": {"prompt": "س" * times * 50}, "more": tree}
    assert size(bounded(grown)) <= TRACE_BYTES_MAX


def test_what_fits_is_told_as_it_is() -> None:
    trace = {"id": "a1", "steps": [{"name": "claim", "ms": 1.5}], "found": {"products": []}}
    assert bounded(trace) == trace


def test_a_prompt_is_cut_before_the_steps_are() -> None:
    steps = [{"name": "search", "at_ms": 1.0, "ms": 2.0}] * 20
    told = bounded({"steps": steps, "model": {"prompt": "ب" * 200_000}})
    assert told["cut"] is True
    assert told["steps"] == steps
    assert told["model"]["prompt"].endswith(CUT)
    assert len(told["model"]["prompt"]) > 5000


def test_what_is_no_json_becomes_words() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    assert bounded({"at": at, "set": {1}})["at"].startswith("2026-11-21")

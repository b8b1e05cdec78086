"""What may happen to the bytes of a webhook: cut, flipped, a field gone or of another type.

Shared by the suites of all channels. Each of them gives whole bodies; a sample of the ways is
drawn by a seed, so that a failure comes again.
"""

from __future__ import annotations

import functools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAYLOADS = Path(
    os.environ.get("HUDHUD_TEST_PAYLOADS") or Path(__file__).parents[3] / "shared/payloads"
)
OTHERS = (None, 7, -1.5, True, "", "asdf", "\x00", "\ud800", [], [[]], {}, {"a": []}, 10**40)


def captured(folder: str) -> list[Path]:
    """The JSON files that others captured, () when the folder is not beside the repository."""
    return sorted((PAYLOADS / folder).glob("**/*.json")) if PAYLOADS.is_dir() else []


def cut(body: bytes, most: int) -> Iterator[bytes]:
    """The body whole, and at most that many of its prefixes."""
    yield body
    for end in range(0, len(body), max(1, len(body) // most)):
        yield body[:end]


def flipped(body: bytes, most: int, seed: int = 1) -> Iterator[bytes]:
    """The body with one bit of one byte turned over."""
    chance = random.Random(seed)  # noqa: S311 - a dice, no secret
    for _ in range(most if body else 0):
        at = chance.randrange(len(body))
        yield body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]


def without(document: Any, most: int, seed: int = 1) -> Iterator[Any]:
    """The document with one member or item removed."""
    for path in _some(document, most, seed):
        copy = json.loads(json.dumps(document))
        del _holder(copy, path)[path[-1]]
        yield copy


def retyped(document: Any, most: int, seed: int = 1) -> Iterator[Any]:
    """The document with one member or item replaced by something of another type."""
    chance = random.Random(seed)  # noqa: S311 - a dice, no secret
    for path in _some(document, most, seed):
        yield put(json.loads(json.dumps(document)), path, chance.choice(OTHERS))


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a JSON document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = [at] if at else []
    for key, part in inside:
        deeper = isinstance(part, dict | list)
        found += paths(part, (*at, key)) if deeper else [(*at, key)]
    return found


def put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """The same document with something else at one place."""
    _holder(value, path)[path[-1]] = other
    return value


def _holder(value: Any, path: tuple[Any, ...]) -> Any:
    return functools.reduce(lambda part, key: part[key], path[:-1], value)


def _some(document: Any, most: int, seed: int) -> list[tuple[Any, ...]]:
    found = paths(document) if isinstance(document, dict | list) else []
    return random.Random(seed).sample(found, min(most, len(found)))  # noqa: S311 - the same

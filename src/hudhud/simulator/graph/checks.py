"""Small rules that the checks of a send are made of; each yields what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hudhud.simulator.graph.meta import Refusal

MISSING = 131008
NOT_VALID = 131009
WEB_URL = re.compile(r"https?://[^\s/]+\S*")

Refusals = Iterator[Refusal]


def missing(path: str) -> Refusal:
    """The member at `path` is not there."""
    return Refusal(code=MISSING, details=f"The parameter {path} is required.")


def wrong(path: str, why: str) -> Refusal:
    """The member at `path` is there and not acceptable."""
    return Refusal(code=NOT_VALID, details=f"The parameter {path} {why}.")


def as_object(value: Any, path: str) -> Refusals:
    """A JSON object that must be there."""
    if value is None:
        yield missing(path)
    elif not isinstance(value, dict):
        yield wrong(path, "must be an object")


def as_text(value: Any, path: str, *, chars_max: int) -> Refusals:
    """A string that must be there, not empty, and at most `chars_max` characters long."""
    if value is None or value == "":
        yield missing(path)
    else:
        yield from as_optional_text(value, path, chars_max=chars_max)


def as_optional_text(value: Any, path: str, *, chars_max: int) -> Refusals:
    """A string of at most `chars_max` characters, if it is there."""
    if value is None:
        return
    if not isinstance(value, str):
        yield wrong(path, "must be a string")
    elif len(value) > chars_max:
        yield wrong(path, f"must be at most {chars_max} characters long")


def as_list(value: Any, path: str, *, count_max: int) -> Refusals:
    """A list that must be there, of 1 to `count_max` objects."""
    if value is None:
        yield missing(path)
    elif not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        yield wrong(path, "must be a list of objects")
    elif not 1 <= len(value) <= count_max:
        yield wrong(path, f"must have from 1 to {count_max} items")


def as_number(value: Any, path: str, *, most: float) -> Refusals:
    """A number from `-most` to `most`; Meta takes it as a number or as its text."""
    if value is None or value == "":
        yield missing(path)
        return
    try:
        fits = not isinstance(value, bool) and -most <= float(value) <= most
    except (TypeError, ValueError):
        fits = False
    if not fits:
        yield wrong(path, f"must be a number from {-most:g} to {most:g}")

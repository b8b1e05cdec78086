"""What shops of any trade are asked beside their products, by subject: `subjects.txt`; pure.

A merchant names his rows as he likes (`gift_wrap`, `packaging`): a heading lists such names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

_FILE: Final = "subjects.txt"
_HEADING: Final = re.compile(r"\[(?P<name>\w+)(?: < (?P<within>\w+))?(?:: (?P<also>[\w ]+))?\]")
Example = tuple[str, str]


class Subject(msgspec.Struct, frozen=True):
    """A subject: the names that merchants give it, and the wider one that answers it as well."""

    names: frozenset[str]
    within: str


def lines(file: str) -> Iterator[str]:
    """The headings and utterances of a file of examples.

    Args:
        file: its name.
    """
    for line in files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def subjects() -> dict[str, Subject]:
    """Every subject by its name."""
    found = (heading for line in lines(_FILE) if (heading := _HEADING.fullmatch(line)))
    return {
        one["name"]: Subject(
            frozenset({one["name"], *(one["also"] or "").split()}), one["within"] or ""
        )
        for one in found
    }


def utterances() -> Iterator[Example]:
    """Every utterance of the file, with its subject."""
    subject = ""
    for line in lines(_FILE):
        if heading := _HEADING.fullmatch(line):
            subject = heading["name"]
        else:
            yield line, subject


@cache
def named() -> dict[str, str]:
    """The subject of each name that merchants give one."""
    return {name: subject for subject, one in subjects().items() for name in one.names}

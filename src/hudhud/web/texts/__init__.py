"""The console's words in Arabic and English, at parity (a test says so), and their plurals."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from hudhud.text import Language

Plural = dict[str, str]
_FEW = range(3, 11)


@cache
def table(language: Language) -> dict[str, str | Plural]:
    """Every text of one language by its key; a plural is a table of its forms."""
    file = resources.files(__name__).joinpath(f"{language}.json")
    texts: dict[str, str | Plural] = json.loads(file.read_text(encoding="utf-8"))
    return texts


def text(language: Language, key: str, /, **values: Any) -> str:
    """One text with its values filled in; an unknown key is a mistake of ours and raises.

    Args:
        language: `ar` or `en`.
        key: as in the tables.
        values: what the text names in braces; already written in the reader's digits.
    """
    found = table(language)[key]
    if not isinstance(found, str):
        raise KeyError(key)
    return found.format(**values)


def known(language: Language, key: str) -> str | None:
    """A text without values, or None: for codes that other releases may have written."""
    found = table(language).get(key)
    return found if isinstance(found, str) else None


def plural(language: Language, key: str, count: int, /, **values: Any) -> str:
    """A counted thing as the language counts it («رسالتان», «٥ رسائل», «١١ رسالة»).

    Args:
        language: `ar` or `en`.
        key: of a plural in the tables.
        count: how many.
        values: `n` is the number in the reader's digits.
    """
    forms = table(language)[key]
    if isinstance(forms, str):
        raise KeyError(key)
    return forms[_form(language, count) if count else "zero"].format(**values)


def _form(language: Language, count: int) -> str:
    if language == "en":
        return "one" if count == 1 else "other"
    if count in (1, 2):
        return "one" if count == 1 else "two"
    return "few" if count % 100 in _FEW else "many" if count % 100 > _FEW[-1] else "other"

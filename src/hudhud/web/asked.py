"""What an address or a form asks for, as a type, with ١٢٣ and ۱۲۳ read where numbers are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from hudhud.text import latin_digits

Asked = TypeVar("Asked")


def in_any_digits(asked: Mapping[str, Any], kind: type[Asked]) -> Asked:
    """The values in their types; what is refused as it stands may hold with other digits.

    Raises:
        msgspec.ValidationError: a name or a value that this type does not take.
    """
    try:
        return msgspec.convert(asked, kind, strict=False)
    except msgspec.ValidationError:
        read = {n: latin_digits(v) if isinstance(v, str) else v for n, v in asked.items()}
        return msgspec.convert(read, kind, strict=False)

"""The command `hudhud` as a test calls it, and what it said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

KEY = "00112233445566778899aabbccddeeff" * 2
CANARY = "canary-c0ffee"


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def everything(self) -> str:
        return self.out + self.err

    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Said]


def connect(served: Command, *more: str, number: str = "1") -> Said:
    options = {
        "phone_number_id": number,
        "token": f"{CANARY}-token",
        "app_secret": f"{CANARY}-app",
        "verify_token": f"{CANARY}-verify",
    }
    words = [word for name, value in options.items() for word in ("--set", f"{name}={value}")]
    return served("inbox", "add", "whatsapp", "Main", *words, *more)

"""Refusals of the chat: a status, and one kind sentence in both languages."""

from __future__ import annotations

import math

from starlette.responses import JSONResponse

from hudhud.web import texts


class Refused(Exception):  # noqa: N818 - an answer, no mistake of ours; never leaves web/chat
    """The chat does not do this; `reason` names the sentence, `wait_s` when to come again."""

    def __init__(self, status: int, reason: str, *, wait_s: float = 0) -> None:
        """Say why, with a status of HTTP."""
        super().__init__(reason)
        self.status, self.reason, self.wait_s = status, reason, wait_s


def refusal(error: Refused) -> JSONResponse:
    """The answer that tells it."""
    say = {"ar": texts.text("ar", f"chat.{error.reason}")}
    say["en"] = texts.text("en", f"chat.{error.reason}")
    headers = {"retry-after": str(math.ceil(error.wait_s))} if error.wait_s else {}
    return JSONResponse({"error": error.reason, "say": say}, error.status, headers)

"""Texts of the merchant that speak to a model instead of to people: nothing may stand on them.

A supplier's description or a stranger's document becomes a text of the merchant's with its import;
an order in it would otherwise bear out the very price or link that it makes a model say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from hudhud.core.answering.checking.reading import TEXTS_KEPT_MAX

_COMMANDS = re.compile(
    r"(?:ignore|disregard|forget|override|bypass)\b.{0,40}"
    r"\b(?:instruction|rule|prompt|above|previous|prior)"
    r"|\b(?:you are now|act as|pretend (?:to be|that)|system prompt|developer mode|jailbreak"
    r"|new instructions?|(?:say|reply|answer|respond|output|print|tell)\b.{0,30}"
    r"\b(?:exactly|verbatim|only with|the following))"
    r"|(?:تجاهل|انس|اهمل|أهمل|خالف)\w*\s.{0,40}(?:تعليمات|أوامر|اوامر|قواعد|سبق|السابق)"
    r"|(?:قل|أجب|اجب|رد|اكتب|اطبع)\s.{0,30}(?:حرفيا|بالضبط|التالي|ما يلي)"
    r"|(?:أنت|انت) (?:الآن|الان) |تعليمات (?:النظام|جديدة)|وضع المطور"
    r"|[\"'“]\s*(?:response|needsDataCollection|tool_call|role)\s*[\"'”]\s*:"
    r"|\[(?:system|assistant|contact|operator|tool)\]|<\|?/?(?:system|assistant|im_start|tool\w*)\b"
    r"|^\W*(?:SYSTEM|ASSISTANT|PRODUCTS|MESSAGES|HISTORY|TOOL RESULT)\s*:?\s*$",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def commanding(text: str) -> bool:
    """Whether a text gives orders to a model, whatever invisible marks stand in it."""
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return bool(_COMMANDS.search(unicodedata.normalize("NFKC", shown)))

"""Arabic and English text: folding, search terms, direction, language, numbers, splitting.

Folded text is for comparing and searching only; what a customer reads is never folded.
"""

from hudhud.text.folding import FOLD_CHARS_MAX, fold, stems, words
from hudhud.text.numbers import Digits, digits, money
from hudhud.text.reading import Language, direction, language
from hudhud.text.searching import search_terms
from hudhud.text.splitting import grapheme_starts, split_text, utf8_bytes
from hudhud.text.visible import visible

__all__ = [
    "FOLD_CHARS_MAX",
    "Digits",
    "Language",
    "digits",
    "direction",
    "fold",
    "grapheme_starts",
    "language",
    "money",
    "search_terms",
    "split_text",
    "stems",
    "utf8_bytes",
    "visible",
    "words",
]

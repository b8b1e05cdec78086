"""Arabic and English text: folding, searching, direction, language, numbers, splitting.

Folded text is for comparing and searching only; what a customer reads is never folded.
"""

from hudhud.text.arabizi import arabic_spellings, bones, surely_arabic
from hudhud.text.deriving import english_stem, radicals
from hudhud.text.folding import FOLD_CHARS_MAX, fold, forms, stems, without_article, words
from hudhud.text.isolating import isolated_text
from hudhud.text.lacking import WITHOUT, lacking
from hudhud.text.numbers import Digits, cost, digits, exponent, money
from hudhud.text.portraits import own_pictures, own_things
from hudhud.text.reading import Language, direction, language, majority
from hudhud.text.searching import search_terms, terms_of, things
from hudhud.text.spans import Span, spans
from hudhud.text.splitting import grapheme_starts, split_text, utf8_bytes
from hudhud.text.synonyms import meant_doing, synonyms
from hudhud.text.synonyms.kinship import made_of, meaning_of
from hudhud.text.told import Told
from hudhud.text.twins import twins
from hudhud.text.typed import (
    decimal_number,
    latin_digits,
    typed_number,
    typed_phone,
    whole_number,
)
from hudhud.text.visible import visible

__all__ = [
    "FOLD_CHARS_MAX",
    "WITHOUT",
    "Digits",
    "Language",
    "Span",
    "Told",
    "arabic_spellings",
    "bones",
    "cost",
    "decimal_number",
    "digits",
    "direction",
    "english_stem",
    "exponent",
    "fold",
    "forms",
    "grapheme_starts",
    "isolated_text",
    "lacking",
    "language",
    "latin_digits",
    "made_of",
    "majority",
    "meaning_of",
    "meant_doing",
    "money",
    "own_pictures",
    "own_things",
    "radicals",
    "search_terms",
    "spans",
    "split_text",
    "stems",
    "surely_arabic",
    "synonyms",
    "terms_of",
    "things",
    "twins",
    "typed_number",
    "typed_phone",
    "utf8_bytes",
    "visible",
    "whole_number",
    "without_article",
    "words",
]

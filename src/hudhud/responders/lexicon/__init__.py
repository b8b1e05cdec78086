"""What customers say and mean, in every dialect: data by subject, and one deed over it."""

from hudhud.responders.lexicon.kin import kin
from hudhud.responders.lexicon.reading import (
    ASPECTS,
    TOPICS,
    Understood,
    english,
    inquires,
    interrogates,
    understood,
)
from hudhud.responders.lexicon.verbs import roots
from hudhud.text import bones, forms

__all__ = [
    "ASPECTS",
    "TOPICS",
    "Understood",
    "bones",
    "english",
    "forms",
    "inquires",
    "interrogates",
    "kin",
    "roots",
    "understood",
]

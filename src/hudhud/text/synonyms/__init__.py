"""Other words for what a word says: dialects, loan words and English beside the standard word.

A file of words for each trade, and one deed over them all: `synonyms`.
"""

from hudhud.text.synonyms.meaning import for_whom, meant_doing
from hudhud.text.synonyms.other import SYNONYMS_MAX, synonyms

__all__ = ["SYNONYMS_MAX", "for_whom", "meant_doing", "synonyms"]

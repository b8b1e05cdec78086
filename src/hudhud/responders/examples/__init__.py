"""What a message is like: learnt from examples, beside the rules of the lexicon (decision 0024)."""

from hudhud.responders.examples.judging import Likeness, calm, judge, second
from hudhud.responders.examples.unread import are, asked_already, chat, kindly, question

__all__ = [
    "Likeness",
    "are",
    "asked_already",
    "calm",
    "chat",
    "judge",
    "kindly",
    "question",
    "second",
]

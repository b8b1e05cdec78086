"""What a message is like: learnt from examples, beside the rules of the lexicon (decision 0024)."""

from hudhud.responders.examples.hearing import calm, heard, strays
from hudhud.responders.examples.judging import CALLS, CHAT, Likeness, judge
from hudhud.responders.examples.rows import About, about, of_topic
from hudhud.responders.examples.tongue import arabic_in_latin
from hudhud.responders.examples.unmistakable import unmistakable
from hudhud.responders.examples.unread import (
    are,
    asked_already,
    asked_plainly,
    chat,
    for_wares,
    kindly,
    names_a_thing,
    question,
)
from hudhud.responders.examples.wanting import wants
from hudhud.responders.examples.warming import ready

__all__ = [
    "CALLS",
    "CHAT",
    "About",
    "Likeness",
    "about",
    "arabic_in_latin",
    "are",
    "asked_already",
    "asked_plainly",
    "calm",
    "chat",
    "for_wares",
    "heard",
    "judge",
    "kindly",
    "names_a_thing",
    "of_topic",
    "question",
    "ready",
    "strays",
    "unmistakable",
    "wants",
]

"""What to say where the rules read nothing: a kind word, a refusal, or one question; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hudhud.model import Field, Said, Turn
from hudhud.responders import phrases
from hudhud.responders.examples.judging import CALLS, judge
from hudhud.responders.lexicon import ASPECTS, Understood, understood
from hudhud.responders.lexicon.verbs import asks_of_you
from hudhud.responders.wording import Wording
from hudhud.text import words

# What is said to each kind that needs no row of the merchant's; any other is asked about.
_SAID = {
    "greeting": ("greeting", "offer_help"),
    "thanks": ("thanks",),
    "goodbye": ("goodbye",),
    "ack": ("at_service",),
    "small_talk": ("at_service",),
    "thinking": ("no_hurry",),
    "haggle": ("as_listed",),
    "vague": ("ask_away",),
    "off_topic": ("off_topic",),
}
# Margins above which a text is talk, and above which it is of another kind.
CHAT_SURE, SURE = 1.0, 2.0
BUSINESS_SURE = 10.0
_OFFERS_MAX = 3
# A question to a shop begins with what it does: «هل تضيقون».
_OPENING_WORDS = 2
_PLAIN_WORDS_MAX = 2


def chat(texts: Iterable[str], *, asked: bool = False) -> frozenset[str]:
    """The kinds of small talk that all of these are, or none at all.

    Args:
        texts: messages in which the rules read nothing.
        asked: whether something was asked: who cannot tell it is asked once more, then helped.
    """
    said = list(texts)
    likely = [judge(text) for text in said]
    sure = all(like.kind in _SAID and like.margin >= _sure(like.kind) for like in likely)
    # «تضيقون الخواتم؟» asks what we do: nobody asks a shop so about the world.
    sure = sure and not any(
        asks_of_you(word) for text in said for word in words(text)[:_OPENING_WORDS]
    )
    kinds = frozenset(like.kind for like in likely) if sure else frozenset()
    return frozenset() if asked and "vague" in kinds else kinds


def _sure(kind: str) -> float:
    # A kind word in the wrong place costs nothing; "take your time" in the wrong place does.
    return BUSINESS_SURE if kind in ("haggle", "vague", "thinking") else CHAT_SURE


def are(kind: str, texts: Iterable[str]) -> bool:
    """Whether one of them surely is of a kind."""
    return any(like.kind == kind and like.margin >= SURE for like in map(judge, texts))


def kindly(kinds: Iterable[str], turn: Turn, wording: Wording) -> list[str]:
    """What is said to small talk, and to what no shop is for.

    Args:
        kinds: what `chat` heard.
        turn: whose shop this is.
        wording: of this reply.
    """
    keys = dict.fromkeys(key for kind in _SAID if kind in kinds for key in _SAID[kind])
    return [phrases.say(key, wording.language, merchant=turn.merchant_name) for key in keys]


def question(turn: Turn, wording: Wording, missing: Sequence[Field]) -> list[str]:
    """Ask what is meant, with what we could tell: once, before a person is called.

    Args:
        turn: its products and rows are what is offered.
        wording: of this reply.
        missing: fields that are being asked for; then those are what was not clear.
    """
    language = wording.language
    if missing:
        return [phrases.say("not_clear", language)]
    kinds = dict.fromkeys(wording.category(product) for product in turn.products)
    named = (faq.topic for faq in turn.faqs if phrases.names_topic(faq.topic))
    rows = dict.fromkeys(phrases.topic_name(topic, language) for topic in named)
    offers = [*list(kinds)[:_OFFERS_MAX], *list(rows)[:_OFFERS_MAX]]
    asked = phrases.say("unclear", language)
    if not offers:
        return [f"{asked} {phrases.say('unclear_person', language)}"]
    told = phrases.say("unclear_offers", language, offers=wording.listed(offers))
    return [f"{asked} {told}"]


def names_a_thing(text: str, told: Understood) -> bool:
    """Whether a thing is asked for that is not sold; more than that was not read.

    Args:
        text: one message.
        told: how it was read.
    """
    if set(ASPECTS).isdisjoint(told.meanings):
        return False
    opening = " ".join(words(text)[:_OPENING_WORDS])
    return len(told.terms) <= _PLAIN_WORDS_MAX or "stock" in understood(opening).meanings


def for_wares(said: Iterable[tuple[Said, Understood]]) -> bool:
    """Whether it is asked whether a thing is there, and not for work or business with us.

    Args:
        said: the messages, and how each was read.
    """
    both = tuple(said)
    there = any("stock" in told.meanings for _, told in both)
    return there and all(judge(one.text).kind not in CALLS for one, _ in both)


def asked_plainly(unread: tuple[str, Understood]) -> bool:
    """Whether a question is as plain as it can be: «متى تنتهي نقاطي؟», «هل تضيقون الخواتم؟».

    No row answers it, however it is put. One of more words may be said in fewer: of those that
    were given to a person unread, nearly all had an answer.

    Args:
        unread: one message, and how it was read.
    """
    text, told = unread
    what_we_do = any(map(asks_of_you, words(text)[:_OPENING_WORDS]))
    return told.asks and (what_we_do or len(told.terms) <= _PLAIN_WORDS_MAX)


def asked_already(turn: Turn) -> bool:
    """Whether our last words asked this already, in either language: once is patience."""
    ours = [said.text for said in turn.history if said.author != "contact"]
    return bool(ours) and any(_asks(ours[-1], key) for key in ("unclear", "not_clear"))


def _asks(text: str, key: str) -> bool:
    spoken: Sequence[str] = [phrases.say(key, "ar"), phrases.say(key, "en")]
    return any(one in text for one in spoken)

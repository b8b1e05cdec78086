"""Which products and answered questions each message of a batch is about; pure."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import msgspec

from hudhud.model import Faq, Product
from hudhud.responders import asked, shelf
from hudhud.responders.examples import (
    CALLS,
    calm,
    heard,
    judge,
    margins,
    of_topic,
    wants,
)
from hudhud.responders.lexicon import TOPICS, Understood, forms, understood
from hudhud.responders.phrases import topic_name
from hudhud.responders.sparing import denied, without
from hudhud.responders.troubled import asked_beside
from hudhud.responders.weighing import (
    alike,
    for_it,
    helping,
    particulars,
    reaching,
    rows_for,
    searched,
    served,
    spoken_of,
    told_whole,
    weighed,
    wished,
    wishing,
)
from hudhud.text import search_terms, words

_KIND_WORDS_MAX = 2
# So many words of it are told of a thing, where one of them is mostly of another question.
_TELLING_MIN = 3
_SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "ack"})
# A person is wanted whatever else was said: a list of products would be an affront.
TROUBLE = CALLS | {"order_status", "cancel_order"}
# These are about something even when no other word is left.
_ALONE = frozenset({*TOPICS, "off_topic", "detail"})
# Beside one of these, words that name no product are part of what was said, and no riddle.
_EXPLAINED = frozenset({*TOPICS, *TROUBLE, "browse", "your_name", "off_topic"})

# These are no thing's description, whatever stands beside them.
_SOUGHT = frozenset({*TOPICS, *TROUBLE, "price", "your_name", "off_topic", "person"})
# Whoever says so looks for a thing without its name.
_THING = frozenset(words("شي شيء شئ اشي حاجه عندكم عندكو عندكن عدكم لديكم something anything any"))
# Asked of a thing, and where none is named perhaps of all of them, or of us.
_NAMELESS = frozenset({"stock", "price"})
_OF_NO_THING, _NO_THING_SURE = frozenset({"browse", "small_talk"}), 20.0
# Read otherwise where a word of theirs is a word of what is sold.
_AMBIGUOUS = frozenset({*TOPICS, "browse", "complaint", "detail", "off_topic", "picture", "see"})


class Matched(msgspec.Struct, kw_only=True):
    """What a batch is about: products, rows, topics without a row; `lost` fits nothing.

    `beyond` messages are about the world, `unsure` ones about a detail that no row tells.
    `described` tells it in its own words.
    `guesses` are those of the rows that only come near.
    """

    groups: list[shelf.Found] = msgspec.field(default_factory=list)
    rows: list[Faq] = msgspec.field(default_factory=list)
    guesses: list[Faq] = msgspec.field(default_factory=list)
    unanswered: list[str] = msgspec.field(default_factory=list)
    lost: list[Understood] = msgspec.field(default_factory=list)
    beyond: bool = False
    unsure: bool = False
    described: Product | None = None
    fresh: bool = True

    @property
    def told(self) -> list[Faq]:
        """The rows that surely answer."""
        return [row for row in self.rows if row not in self.guesses]

    def told_elsewhere(self) -> None:
        """What nothing here surely answers is answered by a document: no guess stands beside it."""
        self.rows = self.told
        self.lost, self.unanswered, self.unsure = [], [], False


def matched(
    products: Sequence[Product],
    faqs: Sequence[Faq],
    readings: Sequence[Understood],
    *,
    fresh: bool = True,
) -> Matched:
    """Match what was read with the merchant's rows.

    Args:
        products: what the search found, best first.
        faqs: answered questions, those that the search scored with their score.
        readings: the batch, in order.
        fresh: whether the products' scores are of this batch alone, not of what was said before.
    """
    done = Matched(fresh=fresh)
    lacked = denied(reading.text for reading in readings)
    for reading in readings if lacked else ():
        products, _ = without(products, reading, lacked)
    readings = [without(products, reading, lacked)[1] for reading in readings]
    whole = _whole(products, readings)
    for reading in readings:
        if TROUBLE.isdisjoint(reading.meanings):
            _match(done, products, rows_for(faqs, reading), reading, named=bool(whole))
        else:
            beside = asked_beside(faqs, reading, TROUBLE)
            done.rows += [row for row in beside if row not in done.rows]
    if whole and (done.groups or not done.rows or len(whole.products) == 1):
        done.groups, done.lost, done.unsure = [whole], [], False
    return done


def answered(
    sources: Sequence[str], readings: Sequence[Understood], read: AbstractSet[str] = frozenset()
) -> set[str]:
    """What a batch asked, told also by what answered it.

    «هو الحشو بيوجع؟» is about the row that was told, and a question that a product answers, and of
    which nothing was read, is whether it is there.

    Args:
        sources: what the answer is made of, as its trace names it.
        readings: the batch, as it was read.
        read: what its words say.
    """
    kinds = [source.partition(":") for source in sources]
    told = {*read, *(topic for kind, _, topic in kinds if kind == "faq")}
    asks = any(reading.asks for reading in readings)
    return told or ({"stock"} if asks and any(kind == "product" for kind, *_ in kinds) else set())


def as_sold(products: Sequence[Product], text: str) -> Understood:
    """Read a word as that of a product, where most of the message names one (شحن, مشكلة).

    Args:
        products: what the search found.
        text: one message.
    """
    told = calm(text, understood(text))
    return told if _AMBIGUOUS.isdisjoint(told.meanings) else _in_wares(products, text, told)


def overheard(products: Sequence[Product], text: str) -> Understood:
    """The same, borne out by what the whole message is like: see `examples.heard`.

    Args:
        products: what the search found.
        text: one message.
    """
    told = as_sold(products, text)
    if not told.terms and {*told.meanings} <= _NAMELESS and (kind := _of_no_thing(text)):
        return msgspec.structs.replace(told, meanings=(kind,))
    if not told.terms and (told.asks or not told.meanings) and CALLS.isdisjoint(told.meanings):
        return told
    names = shelf.vocabulary(products)
    # Whoever asks whether it is there names a thing, spelled as it may be.
    named_by = shelf.likely if "stock" in told.meanings else shelf.heard
    named = frozenset(t for t in told.said if named_by(t, names))
    if (thing := shelf.described(products, told.said)) and _wants(text):
        # What a thing that is looked for does and does not do is no complaint about one.
        named |= shelf.told_of(thing, told.said)
    elif not named and (thing := shelf.described(products, told.said, surely=True)):
        named |= shelf.told_of(thing, told.said)
    return heard(text, told, named)


def _of_no_thing(text: str) -> str:
    """What is asked where nothing is named: «شنو كل اللي عدكم», «كم عمرك»; "" where unsure."""
    like = judge(text)
    return like.kind if like.kind in _OF_NO_THING and like.lead >= _NO_THING_SURE else ""


def _in_wares(products: Sequence[Product], text: str, told: Understood) -> Understood:
    sold = shelf.vocabulary(products, described=True)
    unread = frozenset(w for w in words(text) if shelf.heard(w, sold))
    like = judge(text)
    of_rows = like.kind == "faq" and like.margin >= margins.ALL_SURE  # «فيزا ولا كاش بس»
    if _wants(text) and not of_rows and (thing := shelf.described(products, told.said)):
        other = understood(text, unread | shelf.told_of(thing, words(text)))
        if other.meanings != told.meanings and shelf.described((thing,), other.terms):
            return other
    other = understood(text, unread)
    found = shelf.find(products, other.terms, in_other_words=True)
    whole = len(found.words) > 1 and 2 * len(found.words) > len(other.terms)
    wanted = len(found.words) > 1 and not told.asks
    return other if found.by and (found.exact or whole or wanted) else told


def _wants(text: str) -> bool:
    """Whether a thing is looked for, and named by no more than that: «شي يشيل», "something to"."""
    return wants(words(text)) or not _THING.isdisjoint(words(text))


def _whole(products: Sequence[Product], readings: Sequence[Understood]) -> shelf.Found | None:
    """One thing said over several messages."""
    told = [reading for reading in readings if TROUBLE.isdisjoint(reading.meanings)]
    terms = tuple(dict.fromkeys(term for one in told for term in (*one.terms, *one.beside)))
    found = shelf.find(products, terms)
    return found if found.exact and found.by != "description" else None


def _match(
    done: Matched,
    products: Sequence[Product],
    faqs: Sequence[Faq],
    reading: Understood,
    *,
    named: bool,
) -> None:
    if (service := served(products, faqs, reading.text)) is not None:
        done.rows += [row for row in service if row not in done.rows]
        done.unsure |= not service
        return
    like = alike(products, faqs, reading)
    reading = wishing(reading)
    meanings = set(reading.meanings)
    told = reading.terms or reading.beside or not meanings.isdisjoint(_ALONE)
    plainly = reading.asks and not meanings  # «which sizes?» is of what was spoken of
    if not told and not (plainly and like and like.lead >= margins.LIKE):
        return
    found = _found(products, reading)
    fits = _fits(products, faqs, reading)
    fit = next(iter(fits), None)
    rows = _topics(faqs, reading)
    serving = margins.serving(fits, found, reading, like, rows)
    if not serving or serving.row not in rows:
        rows = margins.overruled(rows, reading, fits)
    if serving and not rows:
        rows = [serving.row]
    elif like and like.lead >= margins.least(found, reading, rows, fit, like.rows):
        rows = [margins.closest(like.rows, fit)]
    own = bool(rows)
    if fit and not rows and margins.answers(fit, found, reading):
        rows = [fit.row]
        done.guesses += [] if fit.sure else [fit.row]
    told = bool(rows) and (own or reading.asks or reading.of_rows)
    told = told and not (done.fresh and wished(products, reading))
    good = helping(products if done.fresh else (), reading, told=told)
    done.groups += [good] if good else []
    if good or (not told and not found.exact and _looked_for(done, products, reading)):
        return
    if not rows:
        _guess(done, products, reading, found, fit, named=named)
        return
    done.rows += [row for row in reaching(faqs, rows, reading.text) if row not in done.rows]
    held = next((fit.asked for fit in fits if fit.row is rows[0]), frozenset[str]())
    if spoken_of(found, reading, held - found.words, own=own):
        done.groups.append(found)


def _looked_for(done: Matched, products: Sequence[Product], reading: Understood) -> bool:
    """Whether one thing that is looked for tells so much of it that no row is asked for."""
    if not done.fresh or not _SOUGHT.isdisjoint(reading.meanings):
        return False
    thing = shelf.described(products, reading.said, surely=True)
    if thing:
        done.groups.append(shelf.Found(products=(thing,), by="description"))
    return thing is not None


def _guess(
    done: Matched,
    products: Sequence[Product],
    reading: Understood,
    found: shelf.Found,
    fit: asked.Fit | None,
    *,
    named: bool,
) -> None:
    """What it is about when no row surely answers it."""
    meanings = set(reading.meanings)
    least = asked.PERHAPS if reading.asks or reading.of_rows else asked.SURE
    likely = fit if fit and fit.share >= least and fit.words and not _chat(reading) else None
    # «وصلت الفكرة» tells something, and asks after no parcel.
    likely = likely if likely and (likely.near or reading.asks or reading.of_rows) else None
    fresh = products if done.fresh else ()
    if meanings & margins.SURELY and (whole := told_whole(fresh, reading)):
        done.groups.append(whole)
    elif "off_topic" in meanings and not (
        found.plain or (_wants(reading.text) and for_it(fresh, reading))
    ):
        done.beyond = True
    elif "detail" in meanings and not found.exact:
        _detail(done, products, reading, likely)
    elif _sure(found := _in_other_words(products, reading, found), meanings):
        done.groups.append(weighed(fresh, found, reading))
        _missing(done, reading, found)
    elif likely and ("price" not in meanings or margins.served(likely, found, reading)):
        done.rows.append(likely.row)
        done.guesses += [] if likely.sure else [likely.row]
    elif group := searched(fresh, reading):
        done.groups.append(group)
    elif done.fresh and (thing := shelf.described(products, reading.terms)):
        done.groups.append(shelf.Found(products=(thing,), by="description"))
    elif not _missing(done, reading, found) and _riddle(reading) and not named:
        done.lost.append(reading)


def _detail(
    done: Matched, products: Sequence[Product], reading: Understood, likely: asked.Fit | None
) -> None:
    """What must be known for sure: told by a row that says it, or by nobody here.

    «شي يمسك الحجاب من غير ما يخزق القماش» asks of no cloth what it is made of: it is a thing looked
    for, told by what it is for.
    """
    sought = done.fresh and _wants(reading.text) and reading.said[:1] == reading.terms[:1]
    thing = shelf.described(products, reading.said) if sought else None
    if likely and not likely.words.isdisjoint(reading.beside):
        done.rows.append(likely.row)
    elif thing and len(shelf.told_of(thing, reading.said)) >= _TELLING_MIN:
        done.groups.append(shelf.Found(products=(thing,), by="description"))
    else:
        done.unsure = True


def _fits(products: Sequence[Product], faqs: Sequence[Faq], reading: Understood) -> list[asked.Fit]:
    if not reading.said or particulars(reading):
        return []
    vocabulary = shelf.vocabulary(products)
    named = {term for term in reading.said if not vocabulary.isdisjoint(forms(term))}
    return asked.fitting(faqs, reading.said, named)


def _topics(faqs: Sequence[Faq], reading: Understood) -> list[Faq]:
    """The rows of the topics that were named, first said first.

    A question about a topic without a row is answered by one that is asked by its name: «ضمان».
    """
    topics = [one for one in reading.meanings if one in TOPICS]
    told = [row for topic in topics if (row := of_topic(faqs, topic, by_name=not reading.asks))]
    if told or not reading.asks:
        return told
    named = (search_terms(topic_name(one, "ar")) for one in reading.meanings if one in TOPICS)
    return [row for terms in named if (row := asked.asking(faqs, terms))]


def _found(products: Sequence[Product], reading: Understood) -> shelf.Found:
    """The products that are named; `exact` only if they also hold what is said beside them."""
    found = shelf.find(products, reading.terms)
    if found.by == "name" and not found.exact:
        wider = shelf.find(products, reading.terms, in_other_words=True)
        found = wider if len(wider.words) > len(found.words) else found
    if not found.exact or not reading.beside:
        return found
    whole = shelf.find(products, (*reading.terms, *reading.beside))
    return whole if whole.exact else msgspec.structs.replace(found, exact=False)


def _in_other_words(
    products: Sequence[Product], reading: Understood, found: shelf.Found
) -> shelf.Found:
    """What is named only by another word for it: the nearest, and nothing surer than that."""
    if found.by == "name" or found.exact:
        return found
    other = shelf.find(products, reading.terms, in_other_words=True)
    return msgspec.structs.replace(other, exact=False) if other.by == "name" else found


def _missing(done: Matched, reading: Understood, found: shelf.Found) -> bool:
    """Topics that were asked for and have no row; beside a product only if it was a question."""
    asks = reading.asks or found.by not in ("name", "trait")
    topics = [one for one in reading.meanings if one in TOPICS and asks]
    done.unanswered += topics
    return bool(topics)


def _sure(found: shelf.Found, meanings: set[str]) -> bool:
    if not found.by or (meanings & _EXPLAINED and found.by != "name"):
        return False
    several = len(found.words) > 1
    return found.by in ("name", "trait") or found.exact or several or bool(meanings & margins.ASKED)


def _riddle(reading: Understood) -> bool:
    """Whether words are left that nothing explains; a kind word beside a greeting is none."""
    if not reading.terms or not _EXPLAINED.isdisjoint(reading.meanings):
        return False
    return not _chat(reading)


def _chat(reading: Understood) -> bool:
    small = not _SMALL_TALK.isdisjoint(reading.meanings)
    return small and not reading.asks and len(reading.terms) <= _KIND_WORDS_MAX

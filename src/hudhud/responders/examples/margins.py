"""How surely a message must be like the subject of a row before it is told that row; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.model import Faq
from hudhud.responders import asked, shelf
from hudhud.responders.examples.judging import judge
from hudhud.responders.examples.rows import About
from hudhud.responders.examples.wanting import wants
from hudhud.responders.lexicon import ASPECTS, TOPICS, Understood, forms
from hudhud.responders.lexicon.asking import services
from hudhud.responders.lexicon.verbs import asks_of_you, roots
from hudhud.text import lacking, words

ASKED = frozenset({*ASPECTS, "order"})
# A row answers these only when it holds the very word.
SURELY = frozenset({"detail", "off_topic"})
# A product answers for these itself.
OWN = frozenset({"price", "sizes", "colours"})
# So surely it is like the subject of a row: where something is asked and nothing else was read,
# where nothing is asked, where wares are named, where other words of a row are said, and where
# a ware is wanted or its price is asked for.
LIKE_OF_ASKERS, LIKE, LIKE_BESIDE_WARES = 8.0, 16.0, 20.0
LIKE_AGAINST_ROWS, LIKE_AGAINST_WARES = 30.0, 60.0
# Less is enough where the whole message, wares and all, is so much like what rows are asked.
LIKE_WITH_ALL, ALL_SURE = 30.0, 40.0
# Less is enough where words of that row are said beside what names a ware.
LIKE_WITH_WORDS, LIKE_WITH_FEW_WORDS, LIKE_WITH_WORDS_AGAINST_WARES = 8.0, 14.0, 20.0

# So much more of what was said one row must hold than the rows of the topics that are named.
_FAR_MORE = 2.0
# A row that holds so much of it is asked for, whatever else was read.
_NEARLY_WHOLE = 0.6
# So surely it is like a wish that one word of a row beside the wares asks for none.
_WISH_SURE, _WISH_OF_ASKERS = 30.0, 10.0
_LOOKING = frozenset({"wish", "browse", "stock"})
# Nothing is left to ask beside one of these, but for what is asked outright.
_PARTING = frozenset({"ack", "thanks", "goodbye"})
# So many words of a row beside the names of wares ask it, without a question too.
_TOLD_MIN = 2
# To change a thing is said of its battery, and of taking it back as well.
_EXCHANGES = re.compile(r"\w{0,2}ت(?:غير|بدل|رجع|سترجع|ستبدل)\w*|change|replace|swap|exchange|take")
# Whatever a shop sells it makes: «بتعملو ريش؟» asks for chops and not for what is done.
_TO_MAKE = frozenset({"عمل", "سوو", "دير"})


def least(
    found: shelf.Found,
    reading: Understood,
    rows: Sequence[Faq],
    fit: asked.Fit | None,
    like: Sequence[Faq],
) -> float:
    """How surely it must be like a subject, against what was read otherwise.

    Args:
        found: the products that are named.
        reading: the message.
        rows: those of the topics that it names.
        fit: the row whose words it says.
        like: the rows of the subject.
    """
    meanings = set(reading.meanings)
    wanted = found.exact or bool(meanings & OWN) or wants(words(reading.text))
    if fit and fit.row in like and (less := _with_words(fit, found, reading, wanted=wanted)):
        return less
    if found.exact or meanings & OWN:
        return _against_wares(found, reading)
    if rows or (fit and fit.sure):
        another = fit and fit.row not in like and len(_told_beside(fit, found, reading)) > 1
        return LIKE_AGAINST_WARES if another else LIKE_AGAINST_ROWS
    if found.by or meanings & {*SURELY, *ASKED}:
        return _beside_wares(found, reading, wanted=wanted)
    # «تمام، بمر عليكم العصر» takes leave, and asks nobody when we are there.
    told = LIKE if _PARTING.isdisjoint(meanings) else LIKE_AGAINST_ROWS
    return LIKE_OF_ASKERS if reading.asks else told


def _beside_wares(found: shelf.Found, reading: Understood, *, wanted: bool) -> float:
    """How surely, where something of ours is named or asked after."""
    if "stock" in reading.meanings and not (found.by or wanted):
        return LIKE_AGAINST_ROWS  # «في مجال بكرا؟»: nothing of ours is named
    sought = wanted or "stock" in reading.meanings
    return _against_wares(found, reading) if sought else LIKE_BESIDE_WARES


def _against_wares(found: shelf.Found, reading: Understood) -> float:
    """How surely, where a ware is wanted: «بغيت نبدل الزيت غدا» is asked of no oil."""
    like = judge(reading.text)
    sure = like.kind == "faq" and like.margin >= ALL_SURE and not found.exact
    return LIKE_WITH_ALL if sure else LIKE_AGAINST_WARES


def _with_words(
    fit: asked.Fit, found: shelf.Found, reading: Understood, *, wanted: bool
) -> float | None:
    """How surely, where the row whose words are said is of that subject; None where that is all."""
    if "price" in reading.meanings and services(words(reading.text)) - found.words:
        return LIKE_WITH_WORDS_AGAINST_WARES
    if not reading.asks or not _told_beside(fit, found, reading):
        return None
    if fit.share < asked.PERHAPS:
        return None
    if wanted:
        return LIKE_WITH_WORDS_AGAINST_WARES
    return LIKE_WITH_WORDS if fit.sure else LIKE_WITH_FEW_WORDS


def _told_beside(fit: asked.Fit, found: shelf.Found, reading: Understood) -> frozenset[str]:
    """What a row's question holds beside the names of wares and of the place: «في المحل»."""
    return fit.asked - found.words - {*reading.beside}


def closest(rows: Sequence[Faq], fit: asked.Fit | None) -> Faq:
    """Of several rows of one subject, the one whose words were said, or that the search puts first.

    Args:
        rows: those of the subject.
        fit: the row whose words were said.
    """
    return fit.row if fit and fit.row in rows else max(rows, key=lambda row: row.score)


def overruled(rows: list[Faq], reading: Understood, fits: Sequence[asked.Fit]) -> list[Faq]:
    """The rows of the topics, or the one that holds far more of what was said than they do.

    «متى تخلص صلاحية الكريم» pays nothing, and what has no row by its topic may have one by its
    words.

    Args:
        rows: those of the topics that the message names.
        reading: the message.
        fits: the rows that hold words of it, best first.
    """
    best = next(iter(fits), None)
    if best is None or not best.sure or best.row in rows:
        return rows
    if not rows:
        topical = not {*TOPICS}.isdisjoint(reading.meanings)
        return [best.row] if topical and best.asked - {*reading.terms} else rows
    shares = {fit.row.id: fit.share for fit in fits}
    beyond = all(_FAR_MORE * shares.get(row.id, 0.0) < best.share for row in rows)
    return [best.row] if beyond else rows


def answers(fit: asked.Fit, found: shelf.Found, reading: Understood) -> bool:
    """Whether a row says more to a message than the products do.

    Args:
        fit: the row that holds most of its words.
        found: the products that are named.
        reading: the message.
    """
    meanings, named = set(reading.meanings), found.by in ("name", "trait")
    about = reading.asks and meanings.isdisjoint(OWN)
    perhaps = about and (reading.of_rows or not named) and not found.exact
    least = asked.PERHAPS if perhaps else asked.SURE
    whole = fit.near and fit.share >= _NEARLY_WHOLE
    if fit.share < least or not (fit.near or reading.asks or reading.of_rows):
        return False
    surely = meanings & SURELY and fit.words.isdisjoint(reading.beside) and not whole
    if surely or _seeks(fit, found, reading):
        return False
    if "stock" in meanings and not fit.sure and fit.words < found.words:
        return False  # «شي يتشرب بجوز الهند؟» is after what has it, and fears no nuts
    if not named:
        without_it = not found.words.isdisjoint(lacking(reading.text))
        return not found.exact or without_it or bool(fit.words - found.words)
    # «عايز البن ناعم للكنكة»
    told = whole and meanings.isdisjoint(OWN) and len(fit.asked - found.words) >= _TOLD_MIN
    told = told and judge(reading.text).kind != "wish"
    if told or served(fit, found, reading):
        return not found.exact
    # A thing that is named and not asked about is wanted; its price is its own.
    more = sum(not (asks_of_you(w) and roots(w) & _TO_MAKE) for w in fit.words - found.words)
    enough = more > ("stock" in meanings and not whole)
    return enough and not found.exact and (about or "detail" in meanings)


def _seeks(fit: asked.Fit, found: shelf.Found, reading: Understood) -> bool:
    """Whether a thing is looked for, and what else is said only tells why, or what for.

    «لابتوبي القديم خرب شنو عدكم لابتوبات؟» asks for laptops, and trades none in.
    """
    if not found.by or services(words(reading.text)):
        return False
    like = judge(reading.text)
    after = not {"stock", "browse"}.isdisjoint(reading.meanings)
    sure = like.kind in _LOOKING and like.margin >= (_WISH_OF_ASKERS if after else _WISH_SURE)
    # «حليب اطفال» is more than the one thing that has a word of it.
    kind = found.by == "name" and len(found.products) > 1
    return sure and (kind or not fit.sure) and len(fit.asked - found.words) < _TOLD_MIN


def serving(
    fits: Sequence[asked.Fit],
    found: shelf.Found,
    reading: Understood,
    like: About | None,
    rows: Sequence[Faq],
) -> asked.Fit | None:
    """The row that tells what we are asked to do, whatever it is to be done to.

    «تطحنون الفلفل لو اخذته؟» names a ware and asks for none. The deed alone gives way to a
    subject that the whole message is far more like: «ما عجبني الخاتم، تغيرونه؟».

    Args:
        fits: the rows that hold words of the message, best first.
        found: the products that are named.
        reading: the message.
        like: the rows of the subject that it is most like.
        rows: those of the topics that it names.
    """
    named = found.products if found.by in ("name", "trait") else ()
    own = {root for one in named for word in words(one.name_ar) for root in roots(word)}
    own |= {form for one in named for word in words(one.name_en) for form in forms(word)}
    deeds = {
        deed
        for deed in services(words(reading.text))
        if own.isdisjoint(roots(deed)) and own.isdisjoint(forms(deed))
    }
    fit = next((one for one in fits if not deeds.isdisjoint(one.asked)), None)
    if fit is None or fit.row in rows:
        return fit
    if not fit.near and _otherwise(reading, like):
        return None
    # «السحاب خرب، تبدلوه؟»: what it is done to tells more than that it is changed.
    least = _FAR_MORE * fit.share
    more = (one for one in fits if one.near and one.asked - found.words and one.share >= least)
    fit = next(more, fit)
    if like is None or fit.row in like.rows:
        return fit
    only = fit.asked - found.words <= deeds and any(map(_EXCHANGES.fullmatch, deeds))
    return None if only and like.lead >= LIKE_AGAINST_ROWS else fit


def _otherwise(reading: Understood, like: About | None) -> bool:
    """Whether a message is far more like something else than the one row that has such a deed.

    «جنطة ما يكدر احد يفتحها» is looked for, and opens at no hour.
    """
    if like and like.lead >= LIKE_AGAINST_ROWS:
        return True
    told = judge(reading.text)
    return told.kind in _LOOKING and told.margin >= _WISH_SURE


def served(fit: asked.Fit, found: shelf.Found, reading: Understood) -> bool:
    """Whether the price of a service is asked that a row tells: «بكم تقصرون العباية؟».

    Args:
        fit: the row that holds most of its words.
        found: the products that are named.
        reading: the message.
    """
    if "price" not in reading.meanings or not fit.asked:
        return False
    more = len(fit.asked - found.words) > len(found.words - fit.asked)
    deeds = services(words(reading.text)) - found.words
    return (fit.sure and (more or bool(deeds))) or not deeds.isdisjoint(fit.asked)

"""What is wished for, told by what it is to do or be, before what rows tell of such words; pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from hudhud.model import Product
from hudhud.responders import shelf
from hudhud.responders.examples import judge, wants
from hudhud.responders.lexicon import TOPICS, Understood
from hudhud.responders.lexicon.asking import services
from hudhud.responders.sparing import owned, the_same
from hudhud.text import words

# So surely it is like a wish: what is read of a row's topic is said of what is wished for.
_WISH_MIN = 40.0
# Less is enough where it is asked whether there is something.
_WISH_OF_ASKERS = 7.0
# The one thing far ahead of all others holds so many of the words, and so large a share of them.
_TELLING_MIN, _TELLING_SHARE = 2, 0.6
_TOPICS = frozenset(TOPICS)
# Whoever asks whether there is such a thing looks for it: «في حاجة تقفل كويس؟» closes at no hour.
_SOMETHING = frozenset(words("شي شيء شئ اشي حاجه something anything"))
_WHETHER_THERE = frozenset({"stock", "browse"})


def wishing(reading: Understood) -> Understood:
    """A message without the topics that it only has a word of, where it asks nothing and wishes.

    «صاحبي فاتح محل وابي ارسل له ورد» asks of no hours.

    Args:
        reading: the message.
    """
    after = "stock" in reading.meanings and not _SOMETHING.isdisjoint(words(reading.text))
    if (reading.asks and not after) or _TOPICS.isdisjoint(reading.meanings):
        return reading
    like = judge(reading.text)
    if like.kind != "wish" or like.margin < (_WISH_OF_ASKERS if after else _WISH_MIN):
        return reading
    rest = tuple(one for one in reading.meanings if one not in _TOPICS)
    return structs.replace(reading, meanings=rest)


def wished(products: Sequence[Product], reading: Understood) -> bool:
    """Whether something is wanted or asked after, and one thing far ahead tells most of it.

    «عايزة تورتة عليها صورتنا» wants that cake, and asks not what can be written on one.

    Args:
        products: what the search found, scored for this message.
        reading: the message.
    """
    said, meanings = words(reading.text), {*reading.meanings}
    if reading.asks:
        # «تعبئة الغاز عندكم؟» asks what we do, and not whether a thing is there.
        sought = bool(meanings) and meanings <= _WHETHER_THERE and not services(said)
    else:
        sought = wants(said) and not meanings & _TOPICS
    if not sought:
        return False
    thing = shelf.described(products, reading.said, surely=True)
    held = len(shelf.told_of(thing, reading.said)) if thing else 0
    return held >= max(_TELLING_MIN, _TELLING_SHARE * len(reading.said))


def helping(products: Sequence[Product], reading: Understood, *, told: bool) -> shelf.Found | None:
    """The one thing that is good for what the customer has already, if one surely is.

    «ظفر بزوني طويل، شنو عدكم له؟» asks of nothing that a row tells, and wants no cat.

    Args:
        products: what the search found, scored for this message.
        reading: the message.
        told: whether a row may answer it: then more has to be told of the thing.
    """
    own = owned((reading.text,))
    if not own or services(words(reading.text)):
        return None
    thing = shelf.described(products, reading.said)
    # «ابنتي عيدها قريب، عندكم كيك؟» says what is wanted.
    called = frozenset(reading.said) - own
    named = any(the_same(one, called) for one in products)
    if thing is None or named or the_same(thing, own):
        return None
    held = len(shelf.told_of(thing, reading.said))
    surely = held >= max(_TELLING_MIN, _TELLING_SHARE * len(reading.said))
    return shelf.Found(products=(thing,), by="description") if surely or not told else None


def for_it(products: Sequence[Product], reading: Understood) -> bool:
    """Whether the world is what a thing is for that is looked for: «سلك نحضر عليه المباراة».

    Args:
        products: what the search found, scored for this message.
        reading: one message, of who looks for a thing.
    """
    first = reading.said[:1] == reading.terms[:1]
    return first and shelf.described(products, reading.said) is not None


def told_whole(products: Sequence[Product], reading: Understood) -> shelf.Found | None:
    """The one thing that tells all that was said, if some word of it is mostly of the world.

    Args:
        products: what the search found, scored for this message.
        reading: the message.
    """
    thing = shelf.described(products, reading.said, surely=True)
    if thing is None or len(shelf.told_of(thing, reading.said)) < len(reading.said):
        return None
    return shelf.Found(products=(thing,), exact=True, by="description")

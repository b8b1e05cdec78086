"""Whether something is to be rented: what is told then is the row, and nothing is sold; pure.

«واش كتكريو الخيام» names tents, and asks for none of those that are sold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hudhud.model import Faq, Product
from hudhud.responders import shelf
from hudhud.responders.examples import of_topic
from hudhud.responders.weighing.seats import booked
from hudhud.text import words

# A «تاجر» is a trader, and who is "hiring" looks for people.
_RENT: Final = re.compile(
    r"[وف]?(?:ك[تني]|[تني]|نك|غن)كري(?:و|وا|ه|ها|هم|لي|ليا|ولي)?|(?:ال|لل|ل|ب|بال)?كراء?|كاريين"
    r"|[وف]?(?:[بهح]?[تن]|[بهح]?ي|عم ?ت|ات)[اؤو]جر(?:و|وا|ون|ونه|ونها|وه|وها|لي|ولي)"
    r"|[وف]?(?:بت|بن|هن|بي|ن|ي|ا)[اؤ]جر(?:ه|ها|لي)?|[وف]?[بهحنتيا]{0,2}ست[اءئ]?جر\w{0,3}|[وف]?ا?ستئجار\w{0,2}"
    r"|(?:و|ال|لل|ل|ب|بال)?(?:ايجار|اجار|تاجير|استيجار)(?:ه|ها|هم|كم)?"
    r"|rent|rents|rental|rentals|renting|hire"
    r"|(?:n|t|ka?t|ka?n)[ae]?kri(?:w|ou|u|ha|h)?|[ae]?lkra|b[tn][aei]?[2a]a?jj?[ei]?r\w{0,3}"
    r"|[tn][aei]?[2a]a?jj?[ei]?r(?:o|u|oo|ou|on|oun|un)"
    r"|[a-z2]{0,2}st[ae]?[2a]j[ei]?r\w{0,2}|ta2jee?r|taajee?r|[2ei]+jar"
)
# «شقتي إيجار، ما أقدر أثقب» tells where somebody lives.
_DWELLING: Final = re.compile(
    r"(?:[وبل]|ال|بال|لل)?(?:بيت|شق[هة]|سكن|دار|منزل|غرف[هة]|ساكن|ساكن[هة]|ساكنين|فيلا|عمار[هة]|مالك|صاحب)"
    r"|(?:بيت|شقت|سكن|دار|منزل|غرفت)(?:ي|نا)|flat|apartment|house|home|landlord|room|live|living|tenant"
    r"|beit|bayt|sha[2q]+[ae]h?|sha22ti"
)


def rents(products: Sequence[Product], text: str) -> bool:
    """Whether a message is about renting, where no ware is called so.

    Args:
        products: what the search found.
        text: one message.
    """
    said = words(text)
    told = [word for word in said if _RENT.fullmatch(word)]
    if not told or any(map(_DWELLING.fullmatch, said)):
        return False
    return not any(shelf.called(product, word) for product in products for word in told)


def served(products: Sequence[Product], faqs: Sequence[Faq], text: str) -> list[Faq] | None:
    """The row of a service that is asked for, and of no ware; None where none is.

    Args:
        products: what the search found.
        faqs: the merchant's rows.
        text: one message.

    Returns: an empty list where a service is asked for that no row tells of.
    """
    if row := booked(faqs, text):
        return [row]
    if not rents(products, text):
        return None
    row = of_topic(faqs, "rental", by_name=False) or next(filter(_tells, faqs), None)
    return [row] if row else []


def _tells(row: Faq) -> bool:
    return any(map(_RENT.fullmatch, words(f"{row.question_ar} {row.question_en}")))

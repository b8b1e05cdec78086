"""Which rows a message may mean at all; pure."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Faq
from hudhud.responders.examples import of_topic
from hudhud.responders.lexicon import Understood
from hudhud.responders.lexicon.opening import thing_opens


def rows_for(faqs: Sequence[Faq], reading: Understood) -> Sequence[Faq]:
    """The rows that may be meant: of a tent that opens by itself no hours are told.

    Args:
        faqs: the merchant's rows.
        reading: a message.
    """
    opens = "hours" not in reading.meanings and thing_opens(reading.text)
    hours = of_topic(faqs, "hours", by_name=False) if opens else None
    return [faq for faq in faqs if faq is not hours] if hours else faqs

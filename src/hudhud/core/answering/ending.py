"""How one batch ends, in the contact's language: what is said, and what a person is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from hudhud.core.answering import briefing, welcoming
from hudhud.errors import BadInputError
from hudhud.model import Answer, Content, HandOver, Hours, Media, Turn
from hudhud.responders.addressing import in_latin
from hudhud.responders.phrases import kind_name, say
from hudhud.store.conversations import Brief, Claim, Finish, Rich
from hudhud.text import Language, language

# What is said where a person takes over; the rest is told that they do.
_NOTICES = {"complaint": "sorry"}
_UNSURE = frozenset({"asked_again", "same_answer", "low_confidence", "collecting_failed"})


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What the ending of one claimed batch is made of.

    `parts` is how its channel cuts a text, `checked` whether it takes what is more than words.
    """

    claim: Claim
    hours: Hours
    parts: Callable[[str], tuple[str, ...]]
    checked: Callable[[Content], str]

    def answered(self, turn: Turn, reply: Answer, trace: dict[str, Any]) -> Finish:
        """The answer, with a greeting before it and the hours after it where they are due."""
        text = self._welcomed(turn, reply) if reply.text else ""
        away = welcoming.away(self.hours, self.claim.now, self.spoken) if reply.text else ""
        said: tuple[str | Rich, ...] = (*self.parts(_apart(text, away)), *self._rich(reply))
        if not said and reply.noted is None:
            return self.given("empty_answer", turn=turn, reply=reply, trace=trace)
        return Finish(
            claimed=self.claim.claimed,
            outcome="answered" if said else "noted",
            parts=said,
            reason=reply.noted,
            source=reply.source or None,
            trace={**trace, "away": True} if away else trace,
            collected=reply.collected,
        )

    def given(
        self,
        reason: str,
        *,
        turn: Turn | None = None,
        reply: Answer | None = None,
        wish: HandOver | None = None,
        text: str = "",
        trace: dict[str, Any] | None = None,
    ) -> Finish:
        """A person takes over: the contact is told, and so is the person.

        Args:
            reason: why, as a code that pages know.
            turn: what an answer was to be made from; None when it did not come to that.
            reply: what was made; its text is said before the notice unless `text` is.
            wish: of the model: a desk, and its own words.
            text: what is said instead of the notice.
            trace: how it came to this.
        """
        reply = reply or Answer()
        desk = wish.desk if wish is not None else ""
        back = welcoming.back(self.hours, reason, desk, self.claim.now, self.spoken)
        # Who gave it away by itself has told so in its own words.
        told = text or (reply.text if reply.hand_over or wish is not None else "")
        told = told or _apart(reply.text, self._notice(reason, back))
        if turn is not None and told:
            told = self._welcomed(turn, msgspec.structs.replace(reply, text=told))
        asked = {"asked": briefing.asked(self.claim.messages)}
        note = wish.reason if wish is not None else ""
        summary = asked if turn is None else briefing.summary(turn, reply, note=note)
        return Finish(
            claimed=self.claim.claimed,
            outcome="handed_over",
            parts=(*self.parts(_apart(told, back, by="\n")), *self._rich(reply)),
            reason=reason,
            source=reply.source or None,
            trace=trace or {},
            collected=reply.collected,
            brief=Brief(desk=desk, summary=summary),
        )

    def left_to_people(self) -> str:
        """What is said where nothing is answered outside of the hours; empty: it is answered."""
        if self.hours.welcome.away_answers:
            return ""
        return welcoming.away(self.hours, self.claim.now, self.spoken)

    @property
    def spoken(self) -> Language:
        """The language of the batch; Arabic in Latin letters is Arabic."""
        said = " ".join(message.text for message in self.claim.messages)
        return "ar" if in_latin(said) else language(said)

    def unheard(self) -> str:
        """What is said to a voice note that nothing here can hear."""
        return say("unseen", self.spoken, kind=kind_name("voice", self.spoken))

    def _notice(self, reason: str, back: str) -> str:
        key = "not_known" if reason in _UNSURE else "passed_on" if back else "to_person"
        return say(_NOTICES.get(reason, key), self.spoken)

    def _welcomed(self, turn: Turn, reply: Answer) -> str:
        greeting = welcoming.greeting(self.hours, turn, self.claim.now, self.spoken)
        if not greeting:
            return reply.text
        # One greeting is enough: the merchant's own stands for ours.
        ours = say("greeting", self.spoken, merchant=turn.merchant_name)
        return _apart(greeting, reply.text.removeprefix(ours).strip())

    def _rich(self, reply: Answer) -> Iterator[str | Rich]:
        for content in reply.contents:
            under, after = self._captioned(content)
            yield Rich(kind=under.tag, body=self.checked(under), send=under)
            yield from self.parts(after)

    def _captioned(self, content: Content) -> tuple[Content, str]:
        """A file as its channel takes it: with its caption, or bare with the words after it."""
        if not isinstance(content, Media) or not content.caption:
            return content, ""
        try:
            self.checked(content)
        except BadInputError:
            return msgspec.structs.replace(content, caption=""), content.caption
        return content, ""


def _apart(*texts: str, by: str = "\n\n") -> str:
    return by.join(text for text in texts if text)

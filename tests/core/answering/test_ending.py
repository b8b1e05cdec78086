"""What is said when a batch ends: a greeting, the hours, who takes over and when they are there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.answering.ending import Ending
from hudhud.core.breaker import Policy
from hudhud.core.desks import settings as people
from hudhud.core.desks import teams
from hudhud.core.hours import planning
from hudhud.core.hours.typed import spans_of
from hudhud.core.outside.breakers import Breakers
from hudhud.model import Answer, Faq, HandOver, Hours, Plan
from hudhud.settings import Settings
from hudhud.store import assistants, catalogue, conversations
from hudhud.store.conversations import Claim, Finish
from shop import Shop
from turns import turn_of

GREETING, AWAY = "أهلاً بكم في متجرنا الجميل", "نعود إليكم مع بداية الدوام"
OPEN = Plan(week=(spans_of("24"),) * 7)
HOURS = Faq(
    id=0,
    topic="hours",
    question_en="",
    answer_en="",
    question_ar="ما أوقات الدوام؟",
    answer_ar="من العاشرة إلى التاسعة.",
)


def shut_now() -> Plan:
    """Closed today and tomorrow, wherever the shop is; open on the days after."""
    now = datetime.now(UTC)
    shut = {(now + timedelta(days=ahead)).weekday() for ahead in (-1, 0, 1, 2)}
    return Plan(week=tuple(() if day in shut else spans_of("9-17") for day in range(7)))


class Talk:
    """One customer of a shop that the offline responder answers."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    async def says(self, *texts: str, who: str = "964770") -> Finish:
        """The customer writes, and the batch is answered and written."""
        for text in texts:
            await self.shop.receive(self.shop.message(text, who=who))
        claim = await self.claimed(who)
        ending = await answer(
            self.shop.database,
            Settings(data_dir=Path("/nowhere")),
            claim,
            lambda text: (text,) if text else (),
            checked=whatsapp.checked,
            breakers=Breakers(Policy()),
            ai_on=True,
        )
        assert await conversations.finish(self.shop.database, [ending])
        return ending

    async def claimed(self, who: str) -> Claim:
        await self.shop.make_due()
        conversation = await self.shop.one(
            "select k.id from conversation k join contact_alias l using (contact_id)"
            " where l.value = $1",
            who,
        )
        (claim,) = await conversations.claim(
            *(self.shop.database, [(self.shop.merchant, conversation)]), holder="t", lease_s=60
        )
        assert claim.verdict == "claimed"
        return claim

    async def set(self, **chosen: Any) -> None:
        shop = self.shop
        await people.change(shop.database, shop.merchant, shop.inbox, chosen, actor="test")

    async def open(self, plan: Plan, desk: str | None = None) -> None:
        shop = self.shop
        await planning.change(shop.database, shop.merchant, desk, plan, actor="test")


@pytest.fixture
async def talk(shop: Shop) -> AsyncIterator[Talk]:
    async with shop.database.deed(shop.merchant) as connection:
        made = await assistants.add(
            *(connection, shop.merchant), name="هدهد", responder="catalogue", instructions=""
        )
        await catalogue.add_faqs(connection, shop.merchant, [HOURS])
        await connection.execute("update inbox set assistant_id = $1", made)
    yield Talk(shop)
    await asyncio.sleep(0)


def said(ending: Finish) -> str:
    return "\n".join(str(part) for part in ending.parts)


async def test_who_is_new_is_greeted_once_as_a_part_of_the_answer(talk: Talk) -> None:
    await talk.set(welcome={"greeting_ar": GREETING, "greeting_en": "Welcome"})
    first = await talk.says("مرحبا")
    assert len(first.parts) == 1
    assert said(first).startswith(f"{GREETING}\n\n")
    # Our own greeting would be a second one.
    assert "وسهلاً بك" not in said(first)
    assert GREETING not in said(await talk.says("متى الدوام؟"))
    assert said(await talk.says("hello", who="9647701")).startswith("Welcome")


async def test_who_comes_back_after_days_is_greeted_again(talk: Talk) -> None:
    await talk.set(welcome={"greeting_ar": GREETING, "greeting_days": 30})
    await talk.says("مرحبا")
    await talk.shop.write("update message set provider_at = provider_at - interval '29 days'")
    assert GREETING not in said(await talk.says("مرحبا"))
    await talk.shop.write("update message set provider_at = provider_at - interval '30 days'")
    assert GREETING in said(await talk.says("مرحبا"))


async def test_outside_of_the_hours_it_is_said_once_while_they_are_closed(talk: Talk) -> None:
    await talk.set(welcome={"away_ar": AWAY})
    await talk.open(OPEN)
    assert AWAY not in said(await talk.says("مرحبا"))
    await talk.open(shut_now())
    closed = await talk.says("متى الدوام؟")
    assert closed.outcome == "answered"
    assert said(closed).endswith(f"\n\n{AWAY}")
    assert AWAY not in said(await talk.says("كم أسعاركم؟"))
    # It is said again when they closed once more since.
    await talk.shop.write("update batch set finished_at = finished_at - interval '20 days'")
    assert AWAY in said(await talk.says("شلون أطلب؟"))


async def test_an_inbox_may_leave_the_closed_hours_to_people(talk: Talk) -> None:
    await talk.set(welcome={"away_ar": AWAY, "away_answers": False})
    await talk.open(shut_now())
    ending = await talk.says("متى الدوام؟")
    assert (ending.outcome, ending.reason) == ("handed_over", "closed")
    assert said(ending).startswith(AWAY)
    assert "يعود الفريق" in said(ending)


async def test_who_is_given_to_closed_people_is_told_when_they_are_back(talk: Talk) -> None:
    await talk.open(OPEN)
    first = await talk.says("أريد التحدث مع موظف")
    assert first.outcome == "handed_over"
    assert "يعود الفريق" not in said(first)
    shop = talk.shop
    front = {"name_ar": "الاستقبال"}
    await teams.add(shop.database, shop.merchant, "front", front, actor="test")
    await talk.open(shut_now(), "front")
    later = await talk.says("أريد التحدث مع موظف", who="9647701")
    assert "يعود الفريق يوم" in said(later)
    english = await talk.says("I want to talk to a person", who="9647702")
    assert "The team is back" in said(english)


async def test_a_keyword_of_the_inbox_is_answered_and_given_to_a_person(talk: Talk) -> None:
    await talk.set(escalation_keywords=["الإدارة"])
    ending = await talk.says("متى الدوام؟", "وأريد الاداره")
    assert (ending.outcome, ending.reason) == ("handed_over", "keyword:الإدارة")
    # The offline responder costs nothing: what it knows is said besides.
    assert "من العاشرة" in said(ending)
    assert "زملائنا" in said(ending)
    assert ending.brief is not None
    assert ending.brief.summary["asked"][-1] == "وأريد الاداره"
    # Off: nobody looks for it.
    await talk.set(escalation_enabled=False)
    silent = await talk.says("متى الدوام؟", "الاداره", who="9647701")
    assert not (silent.reason or "").startswith("keyword")


async def test_the_same_question_again_is_not_given_the_same_answer_again(talk: Talk) -> None:
    first = await talk.says("متى الدوام عندكم؟")
    assert (first.outcome, first.trace["confidence"]) == ("answered", 0.9)
    again = await talk.says("متى الدوام عندكم؟")
    assert (again.outcome, again.reason) == ("handed_over", "asked_again")
    assert "العاشرة" not in said(again)


async def test_are_you_open_is_reckoned_where_the_hours_are_set(talk: Talk) -> None:
    assert "من العاشرة إلى التاسعة" in said(await talk.says("هل أنتم مفتوحون الآن؟"))
    await talk.open(OPEN)
    told = said(await talk.says("شنو أوقات الدوام؟", who="9647701"))
    assert "مفتوح على مدار الساعة" in told
    assert "العاشرة" not in told
    await talk.open(shut_now())
    told = said(await talk.says("هل أنتم مفتوحون الآن؟", who="9647702"))
    assert "مغلق الآن، ونفتح يوم" in told


async def test_hours_that_cannot_be_read_stop_no_answer(talk: Talk) -> None:
    await talk.open(OPEN)
    await talk.shop.write("update opening_hours set plan = $1", {"week": "always"})
    ending = await talk.says("مرحبا")
    assert ending.outcome in ("retry", "answered")


async def test_a_summary_tells_what_was_collected(talk: Talk) -> None:
    fields = [
        {
            "name": "goal",
            "kind": "text",
            "label_ar": "الهدف",
            "label_en": "Goal",
            "question_ar": "ما هدفك؟",
            "question_en": "What is your goal?",
        }
    ]
    await talk.shop.write("update assistant set fields = $1", fields)
    await talk.says("مرحبا")
    contact = await talk.shop.one("select id from contact")
    await talk.shop.write(
        "insert into collected_field (merchant_id, contact_id, name, value)"
        " values ($1, $2, 'goal', 'تخسيس')",
        *(talk.shop.merchant, contact),
    )
    ending = await talk.says("أريد أكلم موظف")
    assert ending.brief is not None
    assert ending.brief.summary["collected"] == {"goal": "تخسيس"}
    stored = await talk.shop.one("select summary from hand_over")
    assert stored == msgspec.to_builtins(ending.brief.summary)


async def test_no_model_is_paid_for_what_a_person_says_anyway(talk: Talk) -> None:
    # Whoever asks this one waits for its deadline, and fails.
    nowhere = {"model": "openai:m", "base_url": "http://127.0.0.1:9/v1", "api_key": "x"}
    await talk.shop.write("update assistant set responder = 'llm', options = $1", nowhere)
    ending = await talk.says("أريد التحدث مع موظف")
    assert (ending.outcome, ending.reason) == ("handed_over", "keyword:موظف")
    assert "asked" not in ending.trace
    other = await talk.says("متى الدوام؟", who="9647701")
    assert other.trace["asked"][0]["responder"] == "llm"


async def test_a_model_that_wishes_for_a_person_names_the_desk_and_says_why(talk: Talk) -> None:
    shop = talk.shop
    room = {"name_ar": "القياس"}
    await teams.add(shop.database, shop.merchant, "front", {"name_ar": "الباب"}, actor="test")
    await teams.add(shop.database, shop.merchant, "fitting", room, actor="test")
    await shop.receive(shop.message("أريد تفصيل بدلة"))
    claim = await talk.claimed("964770")
    ending = Ending(
        claim=claim,
        hours=Hours(),
        parts=lambda text: (text,) if text else (),
        checked=whatsapp.checked,
    )
    wish = HandOver(reason="يريد تفصيل بدلة عرس", desk="fitting")
    reply = Answer(text="سيتواصل معك خيّاطنا هنا.")
    end = ending.given("model_asked", turn=turn_of(claim), reply=reply, wish=wish)
    assert end.parts == ("سيتواصل معك خيّاطنا هنا.",)
    await conversations.finish(shop.database, [end])
    assert await shop.one("select d.code from conversation k join desk d on d.id = k.desk_id") == (
        "fitting"
    )
    summary = await shop.one("select summary from hand_over")
    assert (summary["note"], summary["asked"]) == ("يريد تفصيل بدلة عرس", ["أريد تفصيل بدلة"])

"""`hudhud faq list|set|remove|unanswered`: questions that the merchant answered once for all."""

from __future__ import annotations

from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_merchant
from hudhud.errors import NotFoundError

app = typer.Typer(help="Answered questions, said by the assistant as they stand.")


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List a merchant's answered questions."""
    told = with_merchant(merchant, _listed)
    if as_json:
        print_json(told)
        return
    print_table(
        ("Topic", "Question", "Answer"),
        [
            (
                one.topic,
                _both(one.question_ar, one.question_en),
                _both(one.answer_ar, one.answer_en),
            )
            for one in told
        ],
        "No questions yet: hudhud faq set TOPIC --question-ar … --answer-ar …",
    )


@app.command("set")
def set_one(
    topic: str = typer.Argument(help="What it is known by: hours, delivery, wifi, …"),
    *,
    question_ar: str | None = typer.Option(None, "--question-ar", help="Question in Arabic."),
    question_en: str | None = typer.Option(None, "--question-en", help="Question in English."),
    answer_ar: str | None = typer.Option(None, "--answer-ar", help="Answer in Arabic."),
    answer_en: str | None = typer.Option(None, "--answer-en", help="Answer in English."),
    merchant: str | None = OfMerchant,
) -> None:
    """Write the answer to a topic; what is not named stays as it is."""
    given = {
        "question_ar": question_ar,
        "question_en": question_en,
        "answer_ar": answer_ar,
        "answer_en": answer_en,
    }
    faq_id = with_merchant(merchant, lambda database, owner: _set(database, owner, topic, given))
    typer.echo(f"Question {faq_id}: saved.")


@app.command("remove")
def remove(
    topic: str = typer.Argument(help="Its topic, by hudhud faq list."),
    *,
    merchant: str | None = OfMerchant,
) -> None:
    """Remove the answer to a topic."""
    with_merchant(merchant, lambda database, owner: _removed(database, owner, topic))
    typer.echo(f"Removed: {topic}")


@app.command("unanswered")
def unanswered(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List what customers asked last that nothing answers."""
    told = with_merchant(merchant, _unanswered)
    if as_json:
        print_json(told)
        return
    print_table(
        ("Conversation", "Asked", "Why"),
        [(one.conversation_id, one.said, one.reason) for one in told],
        "Nothing: all that was asked has an answer.",
    )


def _both(arabic: str, english: str) -> str:
    return "\n".join(filter(None, (arabic, english)))


async def _listed(database: Any, owner: int) -> Any:
    from hudhud.store.knowledge import faqs  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading(owner) as connection:
        return await faqs.listed(connection, owner)


async def _unanswered(database: Any, owner: int) -> Any:
    from hudhud.store.knowledge import faqs  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading(owner) as connection:
        return await faqs.unanswered(connection, owner)


async def _set(database: Any, owner: int, topic: str, given: dict[str, str | None]) -> int:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.core.knowledge import faqs  # noqa: PLC0415 - the same
    from hudhud.model import Faq  # noqa: PLC0415 - the same

    empty = Faq(id=0, topic=topic, question_ar="", question_en="", answer_ar="", answer_en="")
    known = {one.topic: one for one in await _listed(database, owner)}
    named = {name: value for name, value in given.items() if value is not None}
    wanted = msgspec.structs.replace(known.get(topic, empty), **named)
    return await faqs.put(database, owner, wanted)


async def _removed(database: Any, owner: int, topic: str) -> None:
    from hudhud.core.knowledge import faqs  # noqa: PLC0415 - `--help` must not wait for it

    known = {one.topic: one for one in await _listed(database, owner)}
    if topic not in known:
        raise NotFoundError(f"Topic {topic!r}; see hudhud faq list.")
    await faqs.remove(database, owner, known[topic].id)

"""`hudhud assistant show|draft|publish|versions|back|drop-draft`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import typer

from hudhud.cli.assistants.assistant import app as app  # noqa: PLC0414 - its commands go on here
from hudhud.cli.running import AsJson, OfMerchant, actor, print_json, print_table, with_database
from hudhud.settings import Settings

VERSIONS_MAX = 50
Result = TypeVar("Result")
Name = typer.Argument(help="Name of the assistant.")
Instructions = typer.Option(None, help="A file with what it is told.", exists=True, dir_okay=False)
Options = typer.Option([], "--set", help="NAME=VALUE of its responder; repeatable.")
SecondOptions = typer.Option([], "--set-second", help="The same of the second one.")
Fields = typer.Option(
    None, help="A JSON file with the fields to collect.", exists=True, dir_okay=False
)
MayUse = typer.Option([], "--tool", help="A tool that it may use, and no other; repeatable.")


@app.command("show")
def show(name: str = Name, *, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """Show what answers, and how the draft differs; keys of services are never shown."""

    async def deed(_settings: Settings, database: Any, now: Any) -> tuple[Any, Any]:
        return now, await _draft(database, now)

    from hudhud.core.assistants.asked import differences  # noqa: PLC0415 - `--help` must not wait

    now, draft = with_assistant(name, merchant, deed)
    changed = differences(now, draft) if draft else []
    if as_json:
        print_json({"published": _told(now), "draft": _told(draft) if draft else None})
        return
    typer.echo(f"{now.name}: version {now.version}, answered by {now.responder}.")
    empty = "There is no draft." if draft is None else "The draft says the same."
    print_table(("Part", "Answers now", "Draft"), changed, empty)


@app.command("draft")
def draft(
    name: str = Name,
    *,
    responder: str | None = typer.Option(None, help="Which responder: catalogue or llm."),
    second: str | None = typer.Option(None, help="Who answers when it cannot; - for nobody."),
    instructions: Path | None = Instructions,
    option: list[str] = Options,
    second_option: list[str] = SecondOptions,
    fields: Path | None = Fields,
    tool: list[str] = MayUse,
    all_tools: bool = typer.Option(False, help="Let it use every tool."),
    merchant: str | None = OfMerchant,
) -> None:
    """Change the draft; where there is none, it is begun from what answers now."""
    from hudhud.core.assistants.given import given  # noqa: PLC0415 - `--help` must not wait

    changed = given(
        responder=responder,
        second=second,
        instructions=None if instructions is None else instructions.read_text("utf-8"),
        options=option,
        second_options=second_option,
        fields=None if fields is None else fields.read_bytes(),
        tools=tool or None,
        all_tools=all_tools,
    )

    async def deed(settings: Settings, database: Any, now: Any) -> None:
        from hudhud.core.assistants.drafting import change_draft  # noqa: PLC0415 - the same

        await change_draft(database, settings, now.merchant_id, now.id, changed, by=actor().name)

    with_assistant(name, merchant, deed)
    typer.echo(f"The draft of {name} is changed; rehearse it, then publish it.")


@app.command("publish")
def publish(
    name: str = Name,
    *,
    force: str = typer.Option("", help="Why it is published although something became worse."),
    merchant: str | None = OfMerchant,
) -> None:
    """Let the draft answer from now on."""

    async def deed(_settings: Settings, database: Any, now: Any) -> int:
        from hudhud.core.assistants import publishing  # noqa: PLC0415 - `--help` must not wait

        return await publishing.publish(
            database, now.merchant_id, now.id, by=actor().name, forced=force
        )

    number = with_assistant(name, merchant, deed)
    typer.echo(f"Version {number} of {name} answers now.")


@app.command("back")
def back(
    name: str = Name,
    number: int = typer.Argument(help="Number of the version."),
    *,
    merchant: str | None = OfMerchant,
) -> None:
    """Let an older version answer again."""

    async def deed(_settings: Settings, database: Any, now: Any) -> None:
        from hudhud.core.assistants import publishing  # noqa: PLC0415 - `--help` must not wait

        await publishing.publish_again(database, now.merchant_id, now.id, number, by=actor().name)

    with_assistant(name, merchant, deed)
    typer.echo(f"Version {number} of {name} answers again.")


@app.command("drop-draft")
def drop(name: str = Name, *, merchant: str | None = OfMerchant) -> None:
    """Throw the draft away; what answers stays."""

    async def deed(_settings: Settings, database: Any, now: Any) -> None:
        from hudhud.core.assistants.drafting import drop_draft  # noqa: PLC0415 - the same

        await drop_draft(database, now.merchant_id, now.id)

    with_assistant(name, merchant, deed)
    typer.echo(f"{name} has no draft.")


@app.command("versions")
def versions(
    name: str = Name, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """List what was published, the newest first."""

    async def deed(_settings: Settings, database: Any, now: Any) -> list[Any]:
        from hudhud.store.assistants import versions as stored  # noqa: PLC0415 - the same

        async with database.reading(now.merchant_id) as connection:
            return await stored.listed(connection, now, limit=VERSIONS_MAX)

    found = with_assistant(name, merchant, deed)
    if as_json:
        print_json([{**_told(one.assistant), **_published(one)} for one in found])
        return
    print_table(
        ("Version", "Published", "By", "Forced because"),
        [(one.number, one.published_at, one.published_by, one.forced) for one in found],
        "Nothing was published yet.",
    )


def with_assistant(
    name: str | None,
    merchant: str | None,
    deed: Callable[[Settings, Any, Any], Awaitable[Result]],
) -> Result:
    """Run a deed with the assistant of this name; without a name, the only one there is.

    Raises:
        NotFoundError: no such assistant, or several and none was named.
    """

    async def run(settings: Settings, database: Any) -> Result:
        from hudhud.errors import NotFoundError  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.store import assistants, merchants  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        async with database.reading(owner.id) as connection:
            known = await assistants.listed(connection, owner.id)
        found = [one for one in known if name in (None, one.name)]
        if len(found) != 1:
            names = ", ".join(one.name for one in known) or "none yet"
            asked = f"Assistant {name!r}." if name else "Name one assistant."
            raise NotFoundError(f"{asked} Known: {names}.")
        return await deed(settings, database, found[0])

    return with_database(run)


async def _draft(database: Any, now: Any) -> Any:
    from hudhud.store.assistants import versions as stored  # noqa: PLC0415 - `--help` must not wait

    async with database.reading(now.merchant_id) as connection:
        found = await stored.numbered(connection, now, None)
    return found.assistant if found else None


def _told(one: Any) -> dict[str, Any]:
    from hudhud.core.assistants.asked import told  # noqa: PLC0415 - `--help` must not wait

    return told(one)


def _published(one: Any) -> dict[str, Any]:
    return {
        "published_at": one.published_at,
        "published_by": one.published_by,
        "forced": one.forced,
    }

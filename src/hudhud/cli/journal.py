"""`hudhud journal show|replay`: the raw webhooks, and their way through the door again."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import typer

from hudhud.cli.running import AsJson, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="The raw webhooks: look at them, put them through the door again.")
SHOWN_MAX = 1000
From = typer.Option(None, "--from", help="Since when: 2026-11-21 or 2026-11-21T09:30, in UTC.")
To = typer.Option(None, "--to", help="Until when, that moment left out. Default: now.")
OfInbox = typer.Option(None, "--inbox", help="Key of one inbox. Default: all.")
OnlySetAside = typer.Option(False, "--set-aside", help="Only those that were not understood.")


@app.command("show")
def show(
    journal_id: int | None = typer.Argument(None, help="One webhook: its body as it came."),
    since: str | None = From,
    until: str | None = To,
    inbox: str | None = OfInbox,
    *,
    only_set_aside: bool = OnlySetAside,
    limit: int = typer.Option(50, help="Most rows.", min=1, max=SHOWN_MAX),
    as_json: bool = AsJson,
) -> None:
    """Show stored webhooks as today's parser reads them, the last day without --from."""
    now = datetime.now(UTC)
    begin = _moment(since, "--from") or now - timedelta(days=1)
    end = _moment(until, "--to") or now

    async def deed(settings: Settings, database: Any) -> list[Any]:
        return await _looks(
            settings, database, inbox, (begin, end, only_set_aside), journal_id, limit
        )

    looks = with_database(deed)
    if as_json:
        print_json([_row(look, body=journal_id is not None) for look in looks])
    elif journal_id is not None:
        for look in looks:
            typer.echo(look.entry.body.decode("utf-8", "replace"))
    else:
        rows = [tuple(_row(look, body=False).values()) for look in looks]
        headings = ("Id", "Accepted", "Inbox", "Bytes", "Messages", "Stored", "Statuses")
        print_table((*headings, "Set aside", "Reason"), rows, "No webhook in that time.")


@app.command("replay")
def replay(
    since: str = typer.Option(..., "--from", help="Since when: 2026-11-21 or 2026-11-21T09:30."),
    until: str | None = To,
    inbox: str | None = OfInbox,
    *,
    only_set_aside: bool = OnlySetAside,
    rehearse: bool = typer.Option(False, "--dry-run", help="Say what it would do; change nothing."),
    as_json: bool = AsJson,
) -> None:
    """Put stored webhooks through the door again; whatever is there already stays as it is."""
    now = datetime.now(UTC)
    begin, end = _moment(since, "--from"), _moment(until, "--to") or now

    async def deed(settings: Settings, database: Any) -> dict[str, int]:
        from hudhud.core.intake import journal  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.store.journal import Span  # noqa: PLC0415 - the same

        total: dict[str, int] = {}
        inboxes, places = await _places(settings, database, inbox)
        for merchant_id, inbox_id in places:
            found = await journal.replay(
                database,
                inboxes,
                merchant_id,
                Span(since=begin, until=end, inbox_id=inbox_id, only_set_aside=only_set_aside),
                now=now,
                actor=f"cli:{getpass.getuser()}",
                rehearse=rehearse,
                tell=lambda so_far: typer.echo(f"{so_far.webhooks} webhooks …", err=True),
            )
            for name, count in msgspec.structs.asdict(found).items():
                total[name] = total.get(name, 0) + count
        return total

    total = with_database(deed)
    if as_json:
        print_json(total)
    else:
        print_table(("What", "Count"), list(total.items()), "There is no merchant yet.")


async def _places(settings: Settings, database: Any, key: str | None) -> tuple[Any, Any]:
    """The inboxes, and (merchant, inbox or None) of each part of the journal that is asked for."""
    from hudhud.core.inboxes import Inboxes  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same
    from hudhud.errors import NotFoundError  # noqa: PLC0415 - the same
    from hudhud.store import merchants  # noqa: PLC0415 - the same

    inboxes = Inboxes(database, vault_of(settings))
    if key is not None:
        found = await inboxes.by_key(key)
        if found is None:
            raise NotFoundError(f"Inbox {key!r}.")
        return inboxes, [(found.merchant_id, found.id)]
    async with database.reading() as connection:
        return inboxes, [(one.id, None) for one in await merchants.listed(connection)]


async def _looks(
    settings: Settings,
    database: Any,
    key: str | None,
    span: tuple[datetime, datetime, bool],
    journal_id: int | None,
    limit: int,
) -> list[Any]:
    from hudhud.core.intake import journal  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store import journal as store  # noqa: PLC0415 - the same

    looks: list[Any] = []
    inboxes, places = await _places(settings, database, key)
    for merchant_id, inbox_id in places:
        async with database.reading(merchant_id) as connection:
            if journal_id is not None:
                entry = await store.one(connection, journal_id)
                entries = [entry] if entry else []
            else:
                since, until, aside = span
                within = store.Span(
                    since=since, until=until, inbox_id=inbox_id, only_set_aside=aside
                )
                entries = await store.newest(connection, within, limit=limit)
            looks += [await journal.look(connection, inboxes, entry) for entry in entries]
    return sorted(looks, key=lambda look: look.entry.id)[-limit:]


def _row(look: Any, *, body: bool) -> dict[str, object]:
    entry = look.entry
    row = {
        "id": entry.id,
        "accepted_at": entry.accepted_at.isoformat(timespec="seconds"),
        "inbox": entry.inbox_key,
        "bytes": len(entry.body),
        "messages": look.messages,
        "stored": look.known,
        "statuses": look.statuses,
        "set_aside": entry.set_aside,
        "reason": look.reason or entry.reason,
    }
    return row | ({"body": entry.body.decode("utf-8", "replace")} if body else {})


def _moment(text: str | None, option: str) -> Any:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a moment as 2026-11-21T09:30", param_hint=option) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

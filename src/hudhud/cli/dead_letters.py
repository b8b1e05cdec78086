"""`hudhud dead-letters list|show|edit|retry|discard`: what was given up, and what to do (Q6)."""

from __future__ import annotations

from typing import Any, Literal

import typer

from hudhud.cli.running import AsJson, OfMerchant, actor, print_json, print_table, with_merchant

app = typer.Typer(help="Dead letters: what was given up, with its reason and its history.")
LISTED = 50
TEXT_SHOWN = 80
Told = dict[str, Any]

OfState = typer.Option("open", "--state", help="open, settled or all.")
OfKind = typer.Option(None, "--kind", help="batch (not answered) or send (not sent).")
OfReason = typer.Option(None, "--reason", help="A part of the reason.")
OfInbox = typer.Option(None, "--inbox", help="Id of the inbox.", min=1)
Older = typer.Option(None, "--older-s", help="Only those that are older, in seconds.", min=0)
AllMatching = typer.Option(
    False, "--all-matching", help="Every open letter that fits the conditions."
)
Ids = typer.Argument(None, help="Ids of letters, as `list` shows them.")


@app.command("list")
def list_them(
    *,
    state: str = OfState,
    kind: str | None = OfKind,
    reason: str | None = OfReason,
    inbox: int | None = OfInbox,
    older_s: float | None = Older,
    after: int = typer.Option(0, help="Go on after this id.", min=0),
    limit: int = typer.Option(LISTED, help="Most letters.", min=1, max=200),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """List letters, the oldest first."""
    which = _which(state=state, kind=kind, reason=reason, inbox_id=inbox, older_s=older_s)

    async def deed(database: Any, merchant_id: int) -> list[Told]:
        from hudhud.store.letters import reading  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading(merchant_id) as connection:
            rows = await reading.listed(connection, merchant_id, which, after=after, limit=limit)
        return [dict(row) for row in rows]

    rows = with_merchant(merchant, deed)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Id", "Kind", "Since", "From", "Reason", "Settled", "Text"),
        [
            (
                row["id"],
                row["kind"],
                f"{row['created_at']:%Y-%m-%d %H:%M}",
                row["contact_name"] or row["address"],
                row["reason"],
                row["settlement"],
                (row["body"] or "").replace("\n", " ")[:TEXT_SHOWN],
            )
            for row in rows
        ],
        "No such dead letter.",
    )


@app.command("show")
def show(
    letter_id: int = typer.Argument(help="Id of the letter.", min=1),
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Show one letter: its text, every attempt that failed, and who did what."""

    async def deed(database: Any, merchant_id: int) -> Told:
        from hudhud.core import dead_letters  # noqa: PLC0415 - `--help` must not wait for it

        return await dead_letters.read(database, merchant_id, letter_id)

    found = with_merchant(merchant, deed)
    if as_json:
        print_json(found)
        return
    from hudhud.text import visible  # noqa: PLC0415 - `--help` must not wait for it

    typer.echo(visible(f"{found['kind']} {found['id']}: {found['reason']}"))
    typer.echo(visible(found["body"] or ""))
    print_table(
        ("When", "What", "Outcome", "Attempt", "Reason", "Who"),
        [
            (
                f"{row['at']:%Y-%m-%d %H:%M:%S}",
                row["what"],
                row["outcome"],
                row["attempt"],
                " ".join(part for part in (row["code"], row["reason"]) if part),
                row["operator_name"] or row["actor"],
            )
            for row in found["history"]
        ],
        "No attempt was recorded.",
    )


@app.command("edit")
def edit(
    letter_id: int = typer.Argument(help="Id of a letter of kind `send`.", min=1),
    text: str = typer.Argument(help="The words that are sent instead."),
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Change the words of a refused reply; then `retry` sends them."""

    async def deed(database: Any, merchant_id: int) -> bool:
        from hudhud.core import dead_letters  # noqa: PLC0415 - `--help` must not wait for it

        return await dead_letters.edit(database, merchant_id, letter_id, text, actor())

    changed = with_merchant(merchant, deed)
    if as_json:
        print_json({"id": letter_id, "changed": changed})
    else:
        typer.echo(
            f"Changed. Send it: hudhud dead-letters retry {letter_id}" if changed else "Same."
        )


@app.command("retry")
def retry(
    letter_ids: list[int] | None = Ids,
    *,
    all_matching: bool = AllMatching,
    kind: str | None = OfKind,
    reason: str | None = OfReason,
    inbox: int | None = OfInbox,
    older_s: float | None = Older,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Try letters again: replies are sent again, messages wait for an answer again."""
    which = _which(kind=kind, reason=reason, inbox_id=inbox, older_s=older_s)
    _settle("retry", letter_ids or [], which, merchant, all_matching=all_matching, as_json=as_json)


@app.command("discard")
def discard(
    letter_ids: list[int] | None = Ids,
    *,
    all_matching: bool = AllMatching,
    kind: str | None = OfKind,
    reason: str | None = OfReason,
    inbox: int | None = OfInbox,
    older_s: float | None = Older,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Close letters without an answer; they stay, and can still be retried."""
    which = _which(kind=kind, reason=reason, inbox_id=inbox, older_s=older_s)
    _settle(
        "discard", letter_ids or [], which, merchant, all_matching=all_matching, as_json=as_json
    )


def _settle(
    verdict: Literal["retry", "discard"],
    letter_ids: list[int],
    which: Any,
    merchant: str | None,
    *,
    all_matching: bool,
    as_json: bool,
) -> None:
    if bool(letter_ids) == all_matching:
        raise typer.BadParameter("ids of letters, or --all-matching", param_hint="LETTER_IDS")

    async def deed(database: Any, merchant_id: int) -> list[Any]:
        from hudhud.core import dead_letters  # noqa: PLC0415 - `--help` must not wait for it

        # Nobody is told: the workers' own look at PostgreSQL finds what is due within a second.
        ours = (database, None, merchant_id)
        if not all_matching:
            return list(await dead_letters.settle(*ours, letter_ids, verdict, actor()))
        groups = dead_letters.settle_matching(*ours, which, verdict, actor())
        return [one async for group in groups for one in group]

    done = with_merchant(merchant, deed)
    if as_json:
        print_json([{"id": one.letter_id, "settlement": one.settlement} for one in done])
        return
    typer.echo(f"{len(done)} settled.")
    if len(letter_ids) > len(done):
        typer.echo(f"{len(letter_ids) - len(done)} left alone: settled before, or not there.")


def _which(**conditions: Any) -> Any:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.store.letters.reading import Which  # noqa: PLC0415 - the same

    try:
        return msgspec.convert(conditions, Which)
    except msgspec.ValidationError as error:
        raise typer.BadParameter(str(error)) from None

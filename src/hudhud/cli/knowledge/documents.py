"""`hudhud knowledge add|list|show|remove|search`: what the merchant wrote for people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_merchant
from hudhud.errors import BadInputError, NotFoundError

app = typer.Typer(help="Documents that the assistant searches, and quotes with their name.")
_SHOWN_CHARS = 160
Document = typer.Argument(help="Its number, by hudhud knowledge list.", min=1)


@app.command("add")
def add(
    file: str = typer.Argument(help="Text, Markdown, HTML, PDF or DOCX; - reads standard input."),
    *,
    name: str | None = typer.Option(
        None, "--name", help="What customers see beside a quote; by default the file's name."
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Read a document and keep its passages; one of the same name is replaced."""
    path = Path(file)
    if file == "-" and not name:
        raise BadInputError("Say what it is called: --name.")
    try:
        body = sys.stdin.buffer.read() if file == "-" else path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror}.") from None
    source = "" if file == "-" else path.name
    told = with_merchant(
        merchant, lambda database, owner: _added(database, owner, name or path.stem, source, body)
    )
    if as_json:
        print_json(told)
    else:
        typer.echo(f"Document {told['id']}: {told['passages']} passages.")


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List a merchant's documents: how each stands, and how many passages it has."""
    told = with_merchant(merchant, _listed)
    if as_json:
        print_json(told)
        return
    print_table(
        ("Id", "Name", "Kind", "Bytes", "Passages", "Stands"),
        [(d["id"], d["name"], d["kind"], d["bytes"], d["passages"], _stands(d)) for d in told],
        "No documents yet: hudhud knowledge add FILE",
    )


@app.command("show")
def show(
    document: int = Document,
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Show the passages that were made of a document."""
    told = with_merchant(merchant, lambda database, owner: _shown(database, owner, document))
    if as_json:
        print_json(told)
        return
    print_table(
        ("Id", "Page", "Under", "Text"),
        [(p["id"], p["page"] or "", p["heading"], p["body"]) for p in told["passages"]],
        f"Nothing was made of it: {_stands(told)}.",
    )


@app.command("remove")
def remove(document: int = Document, *, merchant: str | None = OfMerchant) -> None:
    """Remove a document with its passages."""
    name = with_merchant(merchant, lambda database, owner: _removed(database, owner, document))
    typer.echo(f"Removed: {name}")


@app.command("search")
def search(
    words: str = typer.Argument(help="What a customer would write, in any spelling."),
    *,
    limit: int = typer.Option(3, "--limit", help="How many passages at most.", min=1, max=10),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Show the passages that the assistant would find, best first."""
    told = with_merchant(merchant, lambda database, owner: _found(database, owner, words, limit))
    if as_json:
        print_json(told)
        return
    print_table(
        ("Id", "Document", "Under", "Text", "Score"),
        [(p.id, p.source, p.heading, p.text[:_SHOWN_CHARS], f"{p.score:.2f}") for p in told],
        "Nothing in the documents is about this.",
    )


def _stands(told: dict[str, Any]) -> str:
    return f"refused: {told['reason']}" if told["status"] == "refused" else str(told["status"])


async def _added(database: Any, owner: int, name: str, source: str, body: bytes) -> dict[str, Any]:
    from hudhud.core.knowledge import documents  # noqa: PLC0415 - `--help` must not wait for it

    added = await documents.add(database, owner, name=name, body=body, source=source)
    return {"id": added.document_id, "passages": added.passages}


async def _listed(database: Any, owner: int) -> list[dict[str, Any]]:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.store.knowledge import documents  # noqa: PLC0415 - the same

    async with database.reading(owner) as connection:
        return [msgspec.structs.asdict(one) for one in await documents.listed(connection, owner)]


async def _shown(database: Any, owner: int, document_id: int) -> dict[str, Any]:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.store.knowledge import documents  # noqa: PLC0415 - the same

    async with database.reading(owner) as connection:
        found = await documents.one(connection, document_id)
        if found is None:
            raise NotFoundError(f"Document {document_id}; see hudhud knowledge list.")
        passages = await documents.passages_of(connection, document_id)
    told = msgspec.structs.asdict(found)
    return {**told, "passages": [msgspec.structs.asdict(one) for one in passages]}


async def _removed(database: Any, owner: int, document_id: int) -> str:
    from hudhud.core.knowledge import documents  # noqa: PLC0415 - `--help` must not wait for it

    return await documents.remove(database, owner, document_id)


async def _found(database: Any, owner: int, words: str, limit: int) -> Any:
    from hudhud.core.knowledge import documents  # noqa: PLC0415 - `--help` must not wait for it

    return await documents.search(database, owner, words, limit=limit)

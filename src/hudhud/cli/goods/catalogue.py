"""`hudhud catalogue import|export|list`: what a merchant sells, in and out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, actor, print_json, print_table, with_merchant
from hudhud.errors import BadInputError, HudhudError

if TYPE_CHECKING:
    from hudhud.store.pool import Database

app = typer.Typer(help="What a merchant sells: bring a list, take it out, look at it.")
PROBLEMS_SHOWN = 50
LISTED_MAX = 500
Told = dict[str, Any]

_Columns = typer.Option(
    [], "--columns", help="HEADING=COLUMN (price, name_ar; empty: do not read it); repeatable."
)


@app.command("import")
def bring(
    file: str = typer.Argument(help="CSV, XLSX or JSON; - reads standard input."),
    *,
    dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would change."),
    columns: list[str] = _Columns,
    off_sale: bool = typer.Option(
        False, "--missing-off-sale", help="Take products off sale that the file does not name."
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Import what is right of a file, a few products at a time; 1 when rows are wrong."""
    data = sys.stdin.buffer.read() if file == "-" else _read(Path(file))
    chosen = _chosen(columns)
    told = with_merchant(
        merchant,
        lambda database, merchant_id: _bring(
            database,
            merchant_id,
            Path(file).name,
            data,
            chosen,
            apply=not dry_run,
            off_sale=off_sale,
        ),
    )
    if as_json:
        print_json(told)
    else:
        _print(told, dry_run=dry_run)
    if told["problems"]:
        raise typer.Exit(1)


@app.command("export")
def take_out(
    file: str = typer.Argument(help="Where to; its ending says how: .csv or .json. - is CSV."),
    *,
    merchant: str | None = OfMerchant,
) -> None:
    """Write every product into a file that comes in again unchanged."""
    place = Path(file)
    if place.suffix not in (".csv", ".json") and file != "-":
        raise BadInputError("Give a file that ends with .csv or .json.")
    data = with_merchant(
        merchant, lambda database, merchant_id: _taken_out(database, merchant_id, place.suffix)
    )
    if file == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        place.write_bytes(data)
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror}.") from None


@app.command("list")
def list_them(
    words: str = typer.Argument("", help="Only those that carry these words, in any spelling."),
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """List products with their prices and what is left of each."""
    told = with_merchant(
        merchant, lambda database, merchant_id: _listed(database, merchant_id, words)
    )
    if as_json:
        print_json(told)
        return
    print_table(
        ("Number", "Name", "Price", "Left", "On sale"),
        [(t["sku"], t["name"], t["price"], t["left"], "" if t["on_sale"] else "no") for t in told],
        "No product. Bring a list: hudhud catalogue import FILE",
    )


def _read(file: Path) -> bytes:
    from hudhud.core.importing.sheet import FILE_BYTES_MAX  # noqa: PLC0415 - `--help` must not wait

    try:
        with file.open("rb") as opened:
            return opened.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror}.") from None


def _chosen(columns: list[str]) -> dict[str, str]:
    from hudhud.core.importing.columns import COLUMNS  # noqa: PLC0415 - `--help` must not wait

    chosen = dict[str, str]()
    for one in columns:
        heading, equals, column = one.rpartition("=")
        if not equals or (column and column not in COLUMNS):
            raise BadInputError(f"--columns {one!r}: HEADING=COLUMN, of {', '.join(COLUMNS)}.")
        chosen[heading] = column
    return chosen


async def _bring(
    database: Database,
    merchant_id: int,
    name: str,
    data: bytes,
    chosen: Mapping[str, str],
    *,
    apply: bool,
    off_sale: bool,
) -> Told:
    from hudhud.core.importing import applying, preparing  # noqa: PLC0415 - `--help` must not wait
    from hudhud.store.catalogue import imports  # noqa: PLC0415 - the same

    import_id = await preparing.begin(database, merchant_id, actor=actor().name, file_name=name)
    await preparing.read(database, merchant_id, import_id, data)
    if chosen:
        await preparing.judge(database, merchant_id, import_id, chosen)
    async with database.reading(merchant_id) as connection:
        row = await imports.one(connection, import_id)
        counts = await imports.counts(connection, import_id)
        wrong = await imports.rows(connection, import_id, "wrong", limit=LISTED_MAX)
    if row is None:
        raise HudhudError
    told = {"import_id": import_id, "applied": False, "columns": row["columns"]}
    told |= {one: counts.get(one, 0) for one in ("new", "changed", "unchanged", "wrong")}
    told |= {"missing": len(row["missing"]), "off_sale": 0}
    told |= {"problems": [problem for one in wrong for problem in one["problems"]]}
    writes = told["new"] + told["changed"] + (told["missing"] if off_sale else 0)
    if apply and writes:
        written = await _with_progress(
            database,
            merchant_id,
            import_id,
            applying.apply(database, merchant_id, import_id, off_sale=off_sale),
        )
        told |= {"applied": True, "off_sale": written["off_sale"]}
    return told


async def _with_progress(
    database: Database, merchant_id: int, import_id: int, work: Any
) -> dict[str, int]:
    """Wait for the work; a bar on the terminal of a person shows how far it is."""
    import asyncio  # noqa: PLC0415 - `--help` must not wait for it

    from rich.console import Console  # noqa: PLC0415 - the same
    from rich.progress import Progress  # noqa: PLC0415 - the same

    from hudhud.store.catalogue import imports  # noqa: PLC0415 - the same

    task = asyncio.ensure_future(work)
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        shown = bar.add_task("Writing", total=None)
        while not (await asyncio.wait({task}, timeout=0.5))[0]:
            async with database.reading(merchant_id) as connection:
                row = await imports.one(connection, import_id)
            if row is not None:
                bar.update(shown, completed=row["step"], total=row["total"])
    written: dict[str, int] = task.result()
    return written


async def _taken_out(database: Database, merchant_id: int, suffix: str) -> bytes:
    from hudhud.core.importing.exporting import as_csv, as_json  # noqa: PLC0415 - `--help` first
    from hudhud.store.catalogue import entries  # noqa: PLC0415 - the same

    async with database.reading(merchant_id) as connection:
        found = await entries.entries(connection, merchant_id)
    return as_json(found) if suffix == ".json" else as_csv(found)


async def _listed(database: Database, merchant_id: int, words: str) -> list[Told]:
    from hudhud.store.catalogue import entries  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.text import money  # noqa: PLC0415 - the same
    from hudhud.text import words as words_of  # noqa: PLC0415 - the same

    async with database.reading(merchant_id) as connection:
        ids = None
        if words:
            ids = await entries.saying(connection, merchant_id, words_of(words), limit=LISTED_MAX)
        rows = await entries.page(connection, merchant_id, ids=ids, limit=LISTED_MAX)
    return [
        {
            "id": row["id"],
            "sku": row["sku"],
            "name": row["name_ar"] or row["name_en"],
            "price_minor": row["price_minor"],
            "price": money(row["price_minor"], row["currency"], "en"),
            "left": row["free"],
            "on_sale": row["active"],
        }
        for row in rows
    ]


def _print(told: Told, *, dry_run: bool) -> None:
    verb = "would be" if dry_run else "are"
    typer.echo(
        f"{told['new']} {verb} new, {told['changed']} changed, {told['unchanged']} as they were,"
        f" {told['wrong']} wrong; {told['missing']} on sale are not in the file"
        + (f", {told['off_sale']} of them went off sale." if told["off_sale"] else ".")
    )
    rows = [
        (one["row"], one["column"], one["cell"], _why(one))
        for one in told["problems"][:PROBLEMS_SHOWN]
    ]
    if rows:
        print_table(("Row", "Column", "Cell", "What is wrong"), rows, "")
    if len(told["problems"]) > PROBLEMS_SHOWN:
        typer.echo(f"And {len(told['problems']) - PROBLEMS_SHOWN} more; --json tells all of them.")


def _why(problem: Told) -> str:
    from hudhud.web.texts import text  # noqa: PLC0415 - `--help` must not wait for it

    return text("en", f"import.why.{problem['why']}", told=problem["told"])

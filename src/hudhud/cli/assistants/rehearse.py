"""`hudhud rehearse`: play scripted conversations with a draft, beside what answers now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from hudhud.cli.assistants.drafting import with_assistant
from hudhud.cli.running import AsJson, OfMerchant, actor, print_json, print_table
from hudhud.settings import Settings

FAILED = 1
Scripts = typer.Argument(
    None, help="Scripts (YAML); without one, those that the assistant keeps.", exists=True
)


def rehearse(
    files: list[Path] = Scripts,
    *,
    assistant: str | None = typer.Option(None, help="Name of the assistant, where several."),
    runs: int | None = typer.Option(
        None, help="How often each is played; 3 where a model answers."
    ),
    keep: bool = typer.Option(False, help="Keep the scripts, to be played before each publishing."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Play scripted conversations with an assistant's draft; nothing is written and nothing sent.

    Ends with 1 when an expectation does not hold with the draft, or it was stopped by the day's
    spend.
    """
    texts = [path.read_text("utf-8") for path in files or ()]

    async def deed(settings: Settings, database: Any, now: Any) -> Any:
        from hudhud.core.breaker import Policy  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same
        from hudhud.core.rehearsing import rehearse as playing  # noqa: PLC0415 - the same
        from hudhud.core.rehearsing.keeping import keep_script  # noqa: PLC0415 - the same
        from hudhud.core.rehearsing.script import read_script  # noqa: PLC0415 - the same

        scripts = [read_script(text) for text in texts]
        if keep:
            for text in texts:
                await keep_script(database, now.merchant_id, now.id, text)
        breakers = Breakers(Policy())
        if not scripts or keep:
            return await playing.rehearse_kept(
                *(database, settings, breakers, now.merchant_id, now.id),
                by=actor().name,
                runs=runs,
            )
        who = await playing.cast(database, now.merchant_id, now.id)
        return await playing.rehearse(database, settings, breakers, who, scripts, runs=runs)

    made = with_assistant(assistant, merchant, deed)
    if as_json:
        told = {"regressed": made.regressed, "failed": made.failed, "stopped": made.stopped}
        print_json({**told, "runs": made.runs, "scripts": made.scripts})
    else:
        _print(made)
    if made.failed or made.stopped:
        raise typer.Exit(FAILED)


def _print(made: Any) -> None:
    print_table(
        ("Script", "Answers now", "Draft", "Spread"),
        [
            (
                one.name,
                f"{one.before.held} of {one.before.of}" if one.before else None,
                f"{one.after.held} of {one.after.of}",
                f"{one.after.worst}–{one.after.best}" if made.runs > 1 else None,
            )
            for one in made.scripts
        ],
        "No script was played.",
    )
    missed = [
        (script.name, one.turn, one.what, one.wanted, _how(one))
        for script in made.scripts
        for one in script.expected
        if not one.after
    ]
    fine = "" if made.stopped else "Every expectation holds with the draft."
    print_table(("Script", "Turn", "Expected", "", ""), missed, fine)
    if made.stopped:
        typer.echo("Stopped: what this merchant may spend on models today is spent.", err=True)


def _how(one: Any) -> str:
    return "no answer" if one.lost else "worse" if one.regressed else ""

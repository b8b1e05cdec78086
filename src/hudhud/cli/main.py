"""The command `hudhud`: one file a command; an error is a sentence and an exit code."""

from __future__ import annotations

import os
import sys

import typer

from hudhud import __version__
from hudhud.cli import (
    breaker,
    config,
    dead_letters,
    doctor,
    inbox,
    journal,
    merchant,
    migrate,
    operator,
    processes,
    queue,
    secrets,
    template,
    up,
)
from hudhud.cli.assistants import drafting, rehearse
from hudhud.cli.goods import catalogue
from hudhud.cli.knowledge import documents, faqs
from hudhud.cli.people import contact, desk, escalation, hours
from hudhud.cli.phones import simulate
from hudhud.cli.proof import bench, demo, drill
from hudhud.cli.running import read_any_digits
from hudhud.cli.selling import order, webhook
from hudhud.cli.spending import spend
from hudhud.errors import HudhudError

INTERRUPTED = 130

app = typer.Typer(
    name="hudhud",
    help="Takes each burst of messages as one, answers once, never loses a message.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("up")(up.up)
app.command("web")(processes.web)
app.command("worker")(processes.worker)
app.command("simulator")(processes.simulator)
app.command("simulate")(simulate.simulate)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.command("config")(config.config)
app.command("migrate")(migrate.migrate)
app.add_typer(merchant.app, name="merchant")
app.add_typer(inbox.app, name="inbox")
app.add_typer(operator.app, name="operator")
app.add_typer(contact.app, name="contact")
app.add_typer(desk.app, name="desk")
app.add_typer(hours.app, name="hours")
app.command("escalation")(escalation.escalation)
app.add_typer(order.app, name="order")
app.add_typer(webhook.app, name="webhook")
app.add_typer(drafting.app, name="assistant")
app.command("rehearse")(rehearse.rehearse)
app.add_typer(documents.app, name="knowledge")
app.add_typer(faqs.app, name="faq")
app.add_typer(queue.app, name="queue")
app.add_typer(drill.app, name="drill")
app.add_typer(bench.app, name="bench")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(breaker.app, name="breaker")
app.add_typer(journal.app, name="journal")
app.add_typer(template.app, name="template")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(secrets.app, name="secrets")
app.add_typer(spend.app, name="spend")


@app.callback(invoke_without_command=True)
def options(*, version: bool = typer.Option(False, "--version", help="Say which release.")) -> None:
    """Answer what is asked of no command in particular."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run a command; 0 is done, 1 failed, 2 wrong usage, 78 wrong settings.

    An error says its sentence and no more; HUDHUD_LOG_LEVEL=debug adds where it came from.
    """
    try:
        command = typer.main.get_command(app)
        read_any_digits(command)
        command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("HUDHUD_LOG_LEVEL") == "debug":
            raise
        known = isinstance(error, HudhudError)
        # The words of an error that we did not foresee may quote a secret.
        sentence = error.sentence if isinstance(error, HudhudError) else _unforeseen(error)
        typer.echo(sentence, err=True)
        sys.exit(error.exit_code if known and isinstance(error, HudhudError) else 1)


def _unforeseen(error: Exception) -> str:
    return (
        f"This is a fault of Hudhud itself ({type(error).__name__}); "
        "the same command with HUDHUD_LOG_LEVEL=debug shows where."
    )

"""The commands of `hudhud`: one file a command."""

from __future__ import annotations

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
from hudhud.cli.process import commands
from hudhud.cli.proof import bench, demo, drill
from hudhud.cli.running import read_any_digits
from hudhud.cli.selling import order, webhook
from hudhud.cli.spending import spend

app = typer.Typer(
    name="hudhud",
    help="Takes each burst of messages as one, answers once, never loses a message.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("up")(up.up)
app.command("web")(commands.web)
app.command("worker")(commands.worker)
app.command("simulator")(commands.simulator)
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


def run() -> None:
    """Run the command that the words after `hudhud` say (entry.py ends it)."""
    command = typer.main.get_command(app)
    read_any_digits(command)
    command()

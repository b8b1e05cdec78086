"""`hudhud simulate KIND`: what a customer does on a phone of the running simulator, said here."""

from __future__ import annotations

import asyncio
from typing import Any

import typer

from hudhud.cli.process.loading import loaded
from hudhud.cli.running import AsJson, print_json, print_table
from hudhud.cli.sample_shop import simulator_url
from hudhud.errors import BadInputError, HudhudError
from hudhud.settings import Settings

TIMEOUT_S = 10.0
CUSTOMER = "966500000101"
Members = typer.Option([], "--set", help="NAME=VALUE of the kind, or of any say.")


def simulate(
    kind: str = typer.Argument("", help="What happens, as the provider calls it; empty: a list."),
    text: str = typer.Argument("", help="The text, caption, title or name."),
    *,
    by: str = typer.Option(CUSTOMER, "--from", help="Whose phone: digits, with country code."),
    number: str = typer.Option("", help="To which number; needed when there are several."),
    options: list[str] = Members,
    as_json: bool = AsJson,
) -> None:
    """Let a customer of the simulator say or do one thing; without a KIND, list all of them."""
    given = dict(_member(one) for one in options)
    told = asyncio.run(_told(loaded(), kind, number, by, {"text": text} if text else {}, given))
    if as_json:
        print_json(told)
    elif kind:
        typer.echo(told["wamid"])
    else:
        _list(told)


def _list(told: dict[str, Any]) -> None:
    rows = [
        (provider, kind, form["label"][1], ", ".join(field["name"] for field in form["fields"]))
        for provider, declared in told.items()
        for kind, form in declared["kinds"].items()
    ]
    print_table(("Provider", "Kind", "What", "Set"), rows, "Nothing can be said.")


def _member(option: str) -> tuple[str, Any]:
    name, sign, value = option.partition("=")
    if not sign or not name:
        raise typer.BadParameter("must read NAME=VALUE", param_hint="--set")
    return name, int(value) if name in ("copies", "age_s") and value.isdecimal() else value


async def _told(
    settings: Settings, kind: str, number: str, by: str, said: dict[str, Any], given: dict[str, Any]
) -> Any:
    import aiohttp  # noqa: PLC0415 - `--help` must not wait for it

    url = f"{simulator_url(settings)}/simulator"
    limit = aiohttp.ClientTimeout(total=TIMEOUT_S)
    try:
        async with aiohttp.ClientSession(timeout=limit) as http:
            if not kind:
                return await _ask(http, "GET", f"{url}/kinds")
            number = number or _only(await _ask(http, "GET", f"{url}/numbers"))
            body = {"phone_number_id": number, "kind": kind, **said, **given}
            return await _ask(http, "POST", f"{url}/phones/{by}/say", body)
    except (aiohttp.ClientError, TimeoutError):
        raise HudhudError(f"No simulator answers at {url}; hudhud up starts one.") from None


def _only(numbers: list[dict[str, Any]]) -> str:
    if len(numbers) != 1:
        known = ", ".join(f"{one['phone_number_id']} ({one['provider']})" for one in numbers)
        raise BadInputError(f"Say to which --number: {known or 'none is registered'}.")
    return str(numbers[0]["phone_number_id"])


async def _ask(http: Any, method: str, url: str, body: Any = None) -> Any:
    async with http.request(method, url, json=body) as answer:
        told = await answer.json(content_type=None)
        if answer.status != 200:  # noqa: PLR2004 - HTTP OK
            # The simulator's own refusal begins with the sentence that ours begins with.
            why = str(told.get("error", answer.status))
            raise BadInputError(why.removeprefix(BadInputError().sentence).strip())
        return told

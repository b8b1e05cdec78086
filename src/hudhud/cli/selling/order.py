"""`hudhud order list|show|place|confirm|ship|deliver|cancel|delivery`: what contacts ordered."""

from __future__ import annotations

import secrets
from typing import Any, get_args

import typer

from hudhud.cli.running import (
    AsJson,
    OfMerchant,
    actor,
    print_json,
    print_table,
    with_merchant,
)
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model import OrderState
from hudhud.text import money, whole_number

app = typer.Typer(help="Orders: read them, and say how far they are.")
LIST_MAX = 200
Number = typer.Argument(help="The order's number, as its contact was told.", min=1)
Lines = typer.Argument(
    help="What is ordered, each as PRODUCT, or PRODUCT:COUNT:SIZE:COLOUR as far as needed."
)
Reason = typer.Option("", "--reason", help="Why; kept in the order's history.")
STATES = get_args(OrderState)
States = typer.Argument(
    None, help="Of which they are told: confirmed, shipped, delivered, cancelled."
)


@app.command("list")
def list_them(
    *,
    state: str | None = typer.Option(None, help=f"Only those that are {', '.join(STATES)}."),
    limit: int = typer.Option(50, min=1, max=LIST_MAX, help="Most orders."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """List a merchant's orders, newest first."""
    if state not in (None, *STATES):
        raise BadInputError(f"A state is one of {', '.join(STATES)}.")

    async def deed(database: Any, merchant_id: int) -> Any:
        from hudhud.store.sales import orders  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading(merchant_id) as connection:
            chosen: Any = state
            return await orders.listed(connection, merchant_id, state=chosen, limit=limit)

    found = with_merchant(merchant, deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("Number", "State", "Total", "Name", "Phone", "Placed", "Conversation"),
        [
            (
                row.order.number,
                row.order.state,
                money(row.order.total_minor, row.order.currency, "en"),
                row.order.name,
                row.order.phone,
                f"{row.order.placed_at:%Y-%m-%d %H:%M}",
                row.conversation_id,
            )
            for row in found
        ],
        "No order yet.",
    )


@app.command("show")
def show(
    number: int = Number, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Show one order: its lines, for whom it is, and how it came to its state."""

    async def deed(database: Any, merchant_id: int) -> Any:
        from hudhud.store.sales import orders  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading(merchant_id) as connection:
            order = await orders.numbered(connection, merchant_id, number)
            if order is None:
                raise NotFoundError(f"Order {number}; see hudhud order list.")
            return order, await orders.history(connection, order.id)

    order, steps = with_merchant(merchant, deed)
    if as_json:
        print_json({"order": order, "history": steps})
        return
    rows = [(name, getattr(order, name)) for name in ("number", "state", "name", "phone")]
    rows += [(name, getattr(order, name)) for name in ("address", "note", "reason")]
    print_table(("", ""), [row for row in rows if row[1]], "")
    print_table(
        ("Product", "Name", "Size", "Colour", "Count", "Each", "Together"),
        [
            (
                *(line.sku, line.name_en or line.name_ar, line.size, line.colour, line.count),
                money(line.price_minor, order.currency, "en"),
                money(line.total_minor, order.currency, "en"),
            )
            for line in order.lines
        ],
        "",
    )
    delivery = "to be agreed"
    if order.delivery_minor is not None:
        delivery = money(order.delivery_minor, order.currency, "en")
    typer.echo(f"Delivery {delivery}, all {money(order.total_minor, order.currency, 'en')}")
    print_table(
        ("State", "When", "Who", "Why"),
        [(step.state, f"{step.at:%Y-%m-%d %H:%M}", step.actor, step.reason) for step in steps],
        "",
    )


@app.command("place")
def place(
    conversation_id: int = typer.Argument(help="The contact's conversation.", min=1),
    lines: list[str] = Lines,
    *,
    name: str = typer.Option(help="For whom."),
    phone: str = typer.Option(help="Their phone number."),
    address: str = typer.Option("", help="Where to."),
    note: str = typer.Option("", help="What else is to be known."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Take an order for a contact, at today's prices; its stock is reserved."""
    order = with_merchant(
        merchant,
        lambda database, merchant_id: _placed(
            *(database, merchant_id, conversation_id, lines),
            {"name": name, "phone": phone, "address": address, "note": note},
        ),
    )
    if as_json:
        print_json(order)
    else:
        total = money(order.total_minor, order.currency, "en")
        typer.echo(f"Order {order.number} is placed: {total}.")


@app.command("confirm")
def confirm(
    number: int = Number, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Confirm an order that was placed."""
    _move(number, "confirmed", "", merchant, as_json=as_json)


@app.command("ship")
def ship(
    number: int = Number, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Say that a confirmed order has left; what it reserved is off the shelf."""
    _move(number, "shipped", "", merchant, as_json=as_json)


@app.command("deliver")
def deliver(
    number: int = Number, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Say that an order arrived."""
    _move(number, "delivered", "", merchant, as_json=as_json)


@app.command("cancel")
def cancel(
    number: int = Number,
    *,
    reason: str = Reason,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Cancel an order that has not left; what it reserved can be sold again."""
    _move(number, "cancelled", reason, merchant, as_json=as_json)


@app.command("delivery")
def delivery(
    price: int | None = typer.Argument(
        None,
        help="In the currency's smallest unit; 0 is free. Without it the shop agrees it with each.",
    ),
    *,
    free_from: int | None = typer.Option(
        None, "--free-from", help="Orders of so much or more pay nothing; smallest unit."
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Charge so much for delivery, from the next quote on; cities keep the price of their own."""
    if price is None and free_from is not None:
        raise BadInputError("Say what delivery costs below --free-from.")

    async def deed(database: Any, merchant_id: int) -> None:
        from hudhud.core.sales import orders  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.store.sales import carts  # noqa: PLC0415 - the same
        from hudhud.store.sales.carts import Delivery  # noqa: PLC0415 - the same

        async with database.reading(merchant_id) as connection:
            now = await carts.delivery(connection, merchant_id)
        places = () if now is None else now.places
        charge = None
        if price is not None or places:
            charge = Delivery(price_minor=price, free_from_minor=free_from, places=places)
        await orders.charge_delivery(database, merchant_id, charge, actor=actor().name)

    with_merchant(merchant, deed)
    if as_json:
        print_json({"price_minor": price, "free_from_minor": free_from})
    else:
        typer.echo("Quotes say so from now on; orders that were placed stay as they are.")


@app.command("tell")
def tell(
    states: list[str] = States,
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Tell contacts of these states of their orders, and of no others; without any, show which."""

    async def deed(database: Any, merchant_id: int) -> list[str]:
        from hudhud.core.sales import telling  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.store.sales.telling import states as chosen  # noqa: PLC0415 - the same

        if states:
            wanted: Any = states
            await telling.choose(database, merchant_id, wanted, actor=actor().name)
        async with database.reading(merchant_id) as connection:
            return sorted(await chosen(connection, merchant_id))

    found = with_merchant(merchant, deed)
    if as_json:
        print_json({"states": found})
    else:
        typer.echo(f"Contacts are told when an order is {', '.join(found) or 'nothing at all'}.")


async def _placed(
    database: Any, merchant_id: int, conversation_id: int, lines: list[str], who: dict[str, str]
) -> Any:
    from hudhud.core.sales import placing  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.model import PlaceOrder, Refused  # noqa: PLC0415 - the same

    placed = await placing.place_for(
        *(database, merchant_id, conversation_id, [_line(line) for line in lines]),
        PlaceOrder(**who),
        actor=actor().name,
        key=secrets.token_hex(8),  # who types it twice wants two
    )
    if isinstance(placed, Refused):
        told = ", ".join(f"{what}: {there}" for what, there in placed.told.items())
        raise BadInputError(f"No order was placed ({placed.why}). {told}")
    return placed


def _line(said: str) -> Any:
    from hudhud.model import AddToCart  # noqa: PLC0415 - `--help` must not wait for it

    sku, count, size, colour = [*said.split(":"), "", "", ""][:4]
    try:
        return AddToCart(sku=sku, count=whole_number(count or "1"), size=size, colour=colour)
    except ValueError:
        raise BadInputError(f"{said!r}: PRODUCT:COUNT:SIZE:COLOUR, and COUNT a number.") from None


def _move(number: int, state: Any, reason: str, merchant: str | None, *, as_json: bool) -> None:
    async def deed(database: Any, merchant_id: int) -> Any:
        from hudhud.core.sales import orders  # noqa: PLC0415 - `--help` must not wait for it

        said = {"actor": actor().name, "reason": reason}
        return await orders.move(database, merchant_id, number, state, **said)

    order = with_merchant(merchant, deed)
    if as_json:
        print_json(order)
    else:
        typer.echo(f"Order {order.number} is {order.state}.")

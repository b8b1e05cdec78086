"""One product: its names, price, category and variants with their stock; on sale or off it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.goods import editing
from hudhud.core.goods.editing import Shelved
from hudhud.core.goods.picturing import IMAGES_MAX
from hudhud.core.importing.cells import WITHOUT_PARTS, joined
from hudhud.core.importing.sheet import Cell
from hudhud.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    NotFoundError,
    ProductUnfitError,
)
from hudhud.model.goods import Entry
from hudhud.store import attention
from hudhud.store.catalogue import entries, images
from hudhud.text import exponent
from hudhud.web.console.page import context_of, fields_of, reader_of, show

TEXTS = ("name_ar", "name_en", "category_ar", "category_en", "description_ar", "description_en")
LISTS = ("sizes", "colours_ar", "colours_en")
# Rows for variants that are not there yet; a page that is saved has as many again.
SPARE_ROWS = 3
Typed = dict[str, str]


async def new_page(request: Request) -> Response:
    """A product that is not there yet."""
    return await _page(request, None, {"on_sale": "yes", "variants": "0"})


async def add(request: Request) -> Response:
    """Make it; what cannot be keeps what was typed, and says at each field what is wrong."""
    typed = dict(await fields_of(request))
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    try:
        product_id = await editing.add(
            context.database,
            merchant_id,
            _told(typed) | {"sku": typed.get("sku", "")},
            _shelves(typed),
        )
    except ProductUnfitError as error:
        return await _page(request, None, typed, problems=_by_field(error), status=422)
    except AlreadyThereError:
        problems = {"sku": ("sku_taken", "")}
        return await _page(request, None, typed, problems=problems, status=422)
    return RedirectResponse(f"/products/{product_id}?saved", 303)


async def product_page(request: Request) -> Response:
    """How it is."""
    async with context_of(request).database.reading(
        request.state.operator.merchant_id
    ) as connection:
        entry = await entries.entry(
            connection, request.state.operator.merchant_id, request.path_params["id"]
        )
    if entry is None:
        raise HTTPException(404)
    return await _page(request, entry, _typed(entry), saved="saved" in request.query_params)


async def change(request: Request) -> Response:
    """Change it, unless somebody else did meanwhile: then both are shown, and nothing is lost."""
    typed = dict(await fields_of(request))
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    product_id = request.path_params["id"]
    problems: dict[str, tuple[str, str]] = {}
    meanwhile = False
    try:
        await editing.change(
            context.database,
            merchant_id,
            product_id,
            _told(typed),
            _shelves(typed),
            state=typed.get("state", ""),
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except ProductUnfitError as error:
        problems = _by_field(error)
    except ChangedMeanwhileError:
        meanwhile = True
    else:
        return RedirectResponse(f"/products/{product_id}?saved", 303)
    async with context.database.reading(merchant_id) as connection:
        now = await entries.entry(connection, merchant_id, product_id)
    if now is None:
        raise HTTPException(404)
    if meanwhile:
        # Saving once more is then a decision: the form knows what is there now.
        typed |= {"state": now.state(stock=False)} | _shelves_of(now, typed)
    status = 409 if meanwhile else 422
    return await _page(request, now, typed, problems=problems, meanwhile=meanwhile, status=status)


def _told(typed: Mapping[str, str]) -> dict[str, Cell]:
    told: dict[str, Cell] = {name: typed.get(name, "") for name in (*TEXTS, *LISTS, "price")}
    return told | {"on_sale": "yes" if "on_sale" in typed else "no"}


def _shelves(typed: Mapping[str, str]) -> list[Shelved]:
    """The rows of the form in which something stands and that are not to be taken out."""
    shelves = []
    for at in range(_rows(typed)):
        said = {name: typed.get(f"v{at}.{name}", "").strip() for name in Shelved.__struct_fields__}
        if f"v{at}.drop" not in typed and any(said[n] for n in said if n != "was"):
            shelves.append(Shelved(**said))
    return shelves


def _rows(typed: Mapping[str, str]) -> int:
    count = typed.get("variants", "")
    fits = count.isascii() and count.isdigit() and len(count) <= 3  # noqa: PLR2004 - digits
    return (int(count) if fits else 0) + SPARE_ROWS


def _typed(entry: Entry) -> Typed:
    """The form of a product that is there."""
    typed = {name: getattr(entry, name) for name in TEXTS}
    typed |= {name: joined(getattr(entry, name)) for name in LISTS}
    typed |= {
        "sku": entry.sku,
        "price": price_of(entry.price_minor, entry.currency),
        "state": entry.state(stock=False),
    }
    typed |= {"on_sale": "yes"} if entry.on_sale else {}
    for at, one in enumerate(entry.variants):
        typed |= {
            f"v{at}.{name}": getattr(one, name) for name in ("size", "colour_ar", "colour_en")
        }
        own = one.price_minor
        typed[f"v{at}.price"] = "" if own is None else price_of(own, entry.currency)
        typed |= {f"v{at}.stock": str(one.stock), f"v{at}.was": str(one.stock)}
    return typed | {"variants": str(len(entry.variants))}


def _shelves_of(now: Entry, typed: Mapping[str, str]) -> Typed:
    """What the form takes for the stock that was there, set to what is there now."""
    stocks = {(one.size, one.colour_ar, one.colour_en): one.stock for one in now.variants}
    fresh = {}
    for at in range(_rows(typed)):
        key = tuple(
            typed.get(f"v{at}.{name}", "").strip() for name in ("size", "colour_ar", "colour_en")
        )
        if key in stocks and typed.get(f"v{at}.was"):
            if typed.get(f"v{at}.stock") == typed.get(f"v{at}.was"):
                fresh[f"v{at}.stock"] = str(stocks[key])
            fresh[f"v{at}.was"] = str(stocks[key])
    return fresh


def price_of(minor: int, currency: str) -> str:
    """A price as its field shows it, so that it is read as it was."""
    places = exponent(currency)
    whole, part = divmod(minor, 10**places)
    decimals = f".{part:0{places}d}" if part else ""
    short = decimals.rstrip("0") if currency in WITHOUT_PARTS else decimals
    return f"{whole}{short}"


def _by_field(error: ProductUnfitError) -> dict[str, tuple[str, str]]:
    fields = {
        "no_name": "name_ar",
        "no_price": "price",
        "no_sku": "sku",
        "which_variant": "variants",
    }
    return {
        fields.get(why, field or "variants"): (why, told)
        for field, why, told in reversed(error.problems)
    }


async def _page(
    request: Request,
    entry: Entry | None,
    typed: Typed,
    *,
    problems: Mapping[str, tuple[str, str]] | None = None,
    saved: bool = False,
    meanwhile: bool = False,
    status: int = 200,
) -> Response:
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    async with context.database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        pictures = await images.of_product(connection, entry.id) if entry else []
        merchant = await attention.merchant(connection, merchant_id)
    now = context.clock()
    shown = [
        (row, context.links.to(merchant_id, row["public_id"], now, part="small"))
        for row in pictures
    ]
    values: dict[str, Any] = {"entry": entry, "typed": typed, "problems": problems or {}}
    values |= {
        "rows": _rows(typed),
        "pictures": shown,
    }
    values["currency"] = (entry.currency if entry else "") or merchant["currency"]
    values |= {"saved": saved, "meanwhile": meanwhile, "images_max": IMAGES_MAX}
    values |= {"refused": request.query_params.get("refused", "")}
    return show(
        request, "catalogue/product.html", reader.say, reader=reader, status=status, **values
    )

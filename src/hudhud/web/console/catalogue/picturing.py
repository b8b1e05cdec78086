"""A product's pictures: one comes, is described, shown earlier or later, or not any more."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.goods import picturing
from hudhud.errors import (
    BadInputError,
    BreakerOpenError,
    MediaRefusedError,
    NotFoundError,
    StorageUnavailableError,
)
from hudhud.web.console.composing import composed
from hudhud.web.console.page import context_of, form_of

MOVES: tuple[picturing.Move, ...] = ("up", "down", "drop")


async def add(request: Request) -> Response:
    """Keep the picture that was chosen."""
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    product_id = request.path_params["id"]
    async with composed(request) as given:
        if given.upload is None:
            return _back(product_id, "none")
        try:
            await picturing.add(
                context.database,
                context.storage,
                merchant_id,
                product_id,
                given.upload,
                alt=given.text,
            )
        except NotFoundError:
            raise HTTPException(404) from None
        except (MediaRefusedError, BadInputError) as error:
            return _back(product_id, "many" if isinstance(error, BadInputError) else "kind")
        except (StorageUnavailableError, BreakerOpenError):
            return _back(product_id, "away")
    return _back(product_id)


async def change(request: Request) -> Response:
    """Move a picture, or say what is to be seen on it, and in which colour."""
    form = await form_of(request)
    database, merchant_id = context_of(request).database, request.state.operator.merchant_id
    product_id, image_id = request.path_params["id"], request.path_params["image"]
    how = next((one for one in MOVES if one == form.get("move")), None)
    try:
        if how is None:
            alt, colour = form.get("alt", ""), form.get("colour", "")
            await picturing.describe(
                database, merchant_id, product_id, image_id, alt, colour=colour
            )
        else:
            await picturing.move(database, merchant_id, product_id, image_id, how)
    except NotFoundError:
        raise HTTPException(404) from None
    return _back(product_id)


def _back(product_id: int, refused: str = "") -> Response:
    query = f"?refused={refused}" if refused else ""
    return RedirectResponse(f"/products/{product_id}{query}#pictures", 303)

"""Pictures of a product: looked at, kept, in the order in which customers are to see them (S8)."""

from __future__ import annotations

import contextlib
import uuid
from typing import Literal, NamedTuple

from hudhud.core.media.choosing import named
from hudhud.core.media.keeping import kept
from hudhud.core.media.kinds import MIB, agreed
from hudhud.core.media.replying import Upload
from hudhud.core.media.storage import Storage
from hudhud.errors import (
    BadInputError,
    BreakerOpenError,
    MediaRefusedError,
    NotFoundError,
    StorageUnavailableError,
)
from hudhud.store import media
from hudhud.store.catalogue import images
from hudhud.store.media import Stored
from hudhud.store.pool import Connection, Database

# What every channel carries as a picture (PLATFORM_FACTS part 6).
BYTES_MAX = 5 * MIB
MIMES = frozenset({"image/jpeg", "image/png"})
IMAGES_MAX = 10
ALT_CHARS_MAX = 200

Move = Literal["up", "down", "drop"]


class Hung(NamedTuple):
    """A picture that lies in storage: under which id, what it is, and what is to be seen on it."""

    public_id: uuid.UUID
    stored: Stored
    file_name: str
    alt: str = ""
    colour: str = ""


async def add(
    database: Database,
    storage: Storage,
    merchant_id: int,
    product_id: int,
    upload: Upload,
    *,
    alt: str = "",
    colour: str = "",
) -> int:
    """Keep a picture of a product, behind those that it has; returns its id.

    Args:
        database: the pool.
        storage: where files lie.
        merchant_id: whose.
        product_id: of what.
        upload: the file; its first bytes say what it is, and it is read once as an image.
        alt: what is to be seen on it, for who cannot see it.
        colour: which of the product's colours it shows; empty: none of them alone.

    Raises:
        MediaRefusedError: it is no JPEG or PNG, too large, or cannot be read as an image.
        BadInputError: the product has IMAGES_MAX pictures.
        NotFoundError: this merchant has no such product.
        StorageUnavailableError: it cannot be kept now.
    """
    public_id = uuid.uuid4()
    stored = await _kept(storage, public_id, upload)
    try:
        async with database.deed(merchant_id) as connection:
            if not await images.hold(connection, merchant_id, product_id):
                raise NotFoundError(f"Product {product_id}.")  # noqa: TRY301 - its file is let go below
            if len(await images.of_product(connection, product_id)) >= IMAGES_MAX:
                raise BadInputError(f"At most {IMAGES_MAX} pictures.")  # noqa: TRY301 - the same
            name = named(upload.file_name, stored.mime)
            said = {"alt": _short(alt), "colour": _short(colour)}
            hung = Hung(public_id=public_id, stored=stored, file_name=name, **said)
            return await hang(connection, merchant_id, product_id, hung)
    except (NotFoundError, BadInputError):
        with contextlib.suppress(StorageUnavailableError, BreakerOpenError):
            for key in filter(None, (stored.key, stored.thumbnail_key)):
                await storage.drop(key)
        raise


async def hang(connection: Connection, merchant_id: int, product_id: int, one: Hung) -> int:
    """Put a stored picture behind those that a product has; returns its id."""
    media_id = await media.keep(
        connection,
        one.public_id,
        one.stored,
        merchant_id=merchant_id,
        conversation_id=None,
        kind="image",
        file_name=one.file_name,
    )
    return await images.add(
        connection, merchant_id, product_id, media_id, alt=one.alt, colour=one.colour
    )


async def describe(
    database: Database,
    merchant_id: int,
    product_id: int,
    image_id: int,
    alt: str,
    *,
    colour: str = "",
) -> None:
    """Say what is to be seen on a picture, and which of the product's colours it shows.

    Raises:
        NotFoundError: this product has no such picture.
    """
    async with database.deed(merchant_id) as connection:
        said = (_short(alt), _short(colour))
        if not await images.describe(connection, product_id, image_id, *said):
            raise NotFoundError(f"Picture {image_id}.")


async def move(
    database: Database, merchant_id: int, product_id: int, image_id: int, how: Move
) -> None:
    """Show a picture earlier or later, or not any more.

    One that is not shown any more stays where it was sent to somebody.

    Raises:
        NotFoundError: this product has no such picture.
    """
    async with database.deed(merchant_id) as connection:
        await images.hold(connection, merchant_id, product_id)
        ids = [row["id"] for row in await images.of_product(connection, product_id)]
        if image_id not in ids:
            raise NotFoundError(f"Picture {image_id}.")
        at = ids.index(image_id)
        ids.remove(image_id)
        if how != "drop":
            ids.insert(max(0, at + (-1 if how == "up" else 1)), image_id)
        await images.order(connection, product_id, ids)


async def _kept(storage: Storage, public_id: uuid.UUID, upload: Upload) -> Stored:
    written = await storage.scratch.write(public_id, 0, upload.chunks, bytes_max=BYTES_MAX)
    try:
        mime = agreed("image", upload.mime, written.head)
        if mime not in MIMES:
            raise MediaRefusedError(f"It is {mime}; give a JPEG or PNG.")
        stored = await kept(storage, public_id, written, kind="image", mime=mime)
    finally:
        storage.scratch.forget(written.path)
    if stored.thumbnail_key is None:
        # Its first bytes are those of an image, and the rest is none that can be read.
        with contextlib.suppress(StorageUnavailableError, BreakerOpenError):
            await storage.drop(stored.key)
        raise MediaRefusedError("It cannot be read as an image.")
    return stored


def _short(alt: str) -> str:
    return " ".join(alt.replace("\0", "").split())[:ALT_CHARS_MAX]

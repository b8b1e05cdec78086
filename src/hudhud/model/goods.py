"""What a merchant keeps of each product: more than a customer is told, as it is edited."""

from __future__ import annotations

import hashlib

import msgspec

from hudhud.model.outgoing import Media
from hudhud.model.turn import Product

# An answer shows so many pictures at most.
PICTURES_MAX = 3


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a product is sold; `stock` lies on the shelf, `reserved` of it is promised.

    Size and colours are empty for a product that comes as it is. `sku` is its own article number
    where it has one; without a price of its own it costs what the product costs.
    """

    size: str = ""
    colour_ar: str = ""
    colour_en: str = ""
    sku: str | None = None
    price_minor: int | None = None
    stock: int = 0
    reserved: int = 0

    @property
    def plain(self) -> bool:
        """Whether it has neither size nor colour."""
        return not (self.size or self.colour_ar or self.colour_en)

    @property
    def name(self) -> str:
        """What tells it from its siblings."""
        return " · ".join(filter(None, (self.size, self.colour_ar or self.colour_en)))


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One product as its merchant keeps it; `price_minor` is in the currency's smallest unit.

    Each has a variant at least: a product whose sizes and colours are only told has one.
    """

    id: int = 0
    sku: str
    name_ar: str = ""
    name_en: str = ""
    description_ar: str = ""
    description_en: str = ""
    category_ar: str = ""
    category_en: str = ""
    price_minor: int = 0
    currency: str = ""
    sizes: tuple[str, ...] = ()
    colours_ar: tuple[str, ...] = ()
    colours_en: tuple[str, ...] = ()
    on_sale: bool = True
    variants: tuple[Variant, ...] = (Variant(),)

    @property
    def plain(self) -> bool:
        """Whether it comes as it is, its sizes and colours only told."""
        return len(self.variants) == 1 and self.variants[0].plain

    @property
    def stock(self) -> int:
        """How many lie on the shelf, of all variants."""
        return sum(variant.stock for variant in self.variants)

    def state(self, *, stock: bool = True) -> str:
        """A short text that is another when anything of it is another; `stock`: its shelf too."""
        same = {"reserved": 0} if stock else {"reserved": 0, "stock": 0}
        variants = tuple(msgspec.structs.replace(one, **same) for one in self.variants)
        said = msgspec.json.encode(msgspec.structs.replace(self, variants=variants))
        return hashlib.sha256(said).hexdigest()[:16]

    def product(self) -> Product:
        """The same as a customer's assistant knows it."""
        names = [name for name in Product.__struct_fields__ if name in Entry.__struct_fields__]
        free = sum(max(0, variant.stock - variant.reserved) for variant in self.variants)
        return Product(**{name: getattr(self, name) for name in names}, stock=free)


def pictures_of(
    product: Product, caption: str = "", *, most: int = PICTURES_MAX
) -> tuple[Media, ...]:
    """A product's first pictures as an answer sends them (`Answer.contents`); () when it has none.

    Args:
        product: as a turn knows it.
        caption: what stands below the first of them, in the customer's language.
        most: so many at most.
    """
    told = (caption, *("" for _ in product.images))
    return tuple(
        Media(type="image", media_id=image, caption=under)
        for image, under in zip(product.images[:most], told, strict=False)
    )

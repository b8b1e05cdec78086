"""What a merchant sells and has answered once for all, found under every Arabic spelling."""

from hudhud.store.catalogue.rows import add_faqs, add_products, by_sku
from hudhud.store.catalogue.shelf import Shelf, shelf_of, warm
from hudhud.store.catalogue.variants import Stocked, hold_variants, put_variants

__all__ = [
    "Shelf",
    "Stocked",
    "add_faqs",
    "add_products",
    "by_sku",
    "hold_variants",
    "put_variants",
    "shelf_of",
    "warm",
]

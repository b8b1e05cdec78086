"""What a merchant sells and has answered once for all, found under every Arabic spelling."""

from hudhud.store.catalogue.rows import add_faqs, add_products, by_sku
from hudhud.store.catalogue.shelf import Shelf, shelf_of, warm

__all__ = ["Shelf", "add_faqs", "add_products", "by_sku", "shelf_of", "warm"]

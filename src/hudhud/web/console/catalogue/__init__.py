"""What the merchant sells: the list, one product, its pictures, lists that come in and go out."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute, Route

from hudhud.web.console.catalogue import bringing, exporting, listing, picturing, product
from hudhud.web.console.page import Handler

__all__ = ["routes"]


def routes(inside: Callable[[Handler], Handler]) -> list[BaseRoute]:
    """The addresses below `/products`, each wrapped in `inside`."""

    def read(path: str, page: Handler) -> Route:
        return Route(f"/products{path}", inside(page))

    def done(path: str, deed: Handler) -> Route:
        return Route(f"/products{path}", inside(deed), methods=["POST"])

    return [
        read("", listing.list_page),
        read("/new", product.new_page),
        done("/new", product.add),
        read("/import", bringing.choose_page),
        done("/import", bringing.bring),
        read("/imports/{id:row}", bringing.import_page),
        done("/imports/{id:row}/columns", bringing.set_columns),
        done("/imports/{id:row}/apply", bringing.apply),
        read("/export.csv", exporting.csv_file),
        read("/export.json", exporting.json_file),
        read("/{id:row}", product.product_page),
        done("/{id:row}", product.change),
        done("/{id:row}/images", picturing.add),
        done("/{id:row}/images/{image:row}", picturing.change),
    ]

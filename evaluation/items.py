"""The items: what a customer writes, in the order of their bursts, and what has to come of it.

They lie in `items/SET/SHOP.jsonl`, a line each, written by hand and without a look at how the
product searches: whoever mends the search leaves them alone. docs/proof.md says of every set what
its figures are worth.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import msgspec

FOLDER = Path(__file__).parent / "items"

Dialect = Literal["msa", "gulf", "iraqi", "egyptian", "levantine", "maghrebi", "arabizi", "english"]
Kind = Literal["product", "faq", "intent", "order", "collect"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
ARABIC = DIALECTS[:-1]


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One conversation and what it should come to; what is empty or None is not judged.

    `turns` are bursts, each answered before the next is said. `products` are the skus any of which
    is what was meant, `faq` the topics, `intent` the readings of the last burst. `collected` are
    the fields at the end, `order` the skus and how many of each were ordered; `says` the
    sizes and colours that were chosen, as the last order's text holds them; with `no_order` the
    customer thought better of it. `hand_over` says whether a person is wanted.
    """

    id: str
    dialect: Dialect
    shop: str
    kind: Kind
    turns: tuple[tuple[str, ...], ...]
    products: tuple[str, ...] = ()
    faq: tuple[str, ...] = ()
    intent: tuple[str, ...] = ()
    hand_over: bool | None = None
    collected: dict[str, str] = {}
    order: dict[str, int] = {}
    says: tuple[str, ...] = ()
    no_order: bool = False


def sets(folder: Path = FOLDER) -> dict[str, list[Item]]:
    """The items of a folder and of those in it, by file and line, under their folder's name.

    Raises:
        msgspec.ValidationError: a line is no item.
    """
    told: dict[str, list[Item]] = {}
    for path in sorted(folder.rglob("*.jsonl")):
        lines = path.read_bytes().splitlines()
        told.setdefault(path.parent.name, []).extend(
            msgspec.json.decode(line, type=Item) for line in lines
        )
    return told


def items(folder: Path = FOLDER) -> list[Item]:
    """Every item of all the sets."""
    return [item for one in sets(folder).values() for item in one]

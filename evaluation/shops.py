"""The merchants of the evaluation: the sample shop, and three of `shops/` in the same form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from hudhud.model import Assistant
from hudhud.ops.sample.sample import Sample, sample

FOLDER = Path(__file__).parent / "shops"


def shops() -> Mapping[str, Sample]:
    """Every merchant by its slug."""
    ours = [sample(), *(_read(path) for path in sorted(FOLDER.glob("*.json")))]
    return {shop.merchant.slug: shop for shop in ours}


def assistant_for(shop: Sample, *, collects: bool) -> Assistant:
    """The shop's own assistant, or the one that collects fields."""
    return next(one for one in shop.assistants if bool(one.fields) is collects)


def _read(path: Path) -> Sample:
    told = msgspec.json.decode(path.read_bytes())
    for rows in ("products", "faqs", "assistants"):
        told[rows] = [row | {"id": place} for place, row in enumerate(told[rows], 1)]
    told["products"] = [
        row | {"currency": told["merchant"]["currency"]} for row in told["products"]
    ]
    told["assistants"] = [row | {"merchant_id": 0} for row in told["assistants"]]
    return msgspec.convert(told, Sample)

"""Draws what the sample shop sells, so that its pictures are our own and no bytes of the package.

Each is a silhouette in the first colour of the product, on a light ground.
"""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, ImageDraw

from hudhud.model import Product

SIDE_PX = 480
_FINER = 2  # edges are smooth when it is drawn larger first
_GROUND = (246, 241, 233)
_EDGE = (122, 108, 92)
Points = tuple[tuple[int, int], ...]
Colour = tuple[int, int, int]

# Of a square of a hundred by a hundred, from its upper left corner.
_SHAPES: dict[str, Points] = {
    "shirt": (
        (42, 16), (50, 21), (58, 16), (70, 21), (87, 58), (76, 63), (69, 44), (69, 86), (31, 86),
        (31, 44), (24, 63), (13, 58), (30, 21),
    ),
    "tee": (
        (41, 17), (50, 22), (59, 17), (69, 21), (87, 38), (77, 49), (69, 43), (69, 86), (31, 86),
        (31, 43), (23, 49), (13, 38), (31, 21),
    ),
    "trousers": ((33, 12), (67, 12), (72, 90), (56, 90), (50, 40), (44, 90), (28, 90)),
    "shorts": ((32, 22), (68, 22), (75, 68), (54, 70), (50, 46), (46, 70), (25, 68)),
    "dress": (
        (39, 12), (44, 21), (56, 21), (61, 12), (66, 16), (60, 42), (80, 90), (20, 90), (40, 42),
        (34, 16),
    ),
    "robe": (
        (43, 9), (50, 13), (57, 9), (70, 15), (88, 60), (77, 65), (69, 42), (77, 93), (23, 93),
        (31, 42), (23, 65), (12, 60), (30, 15),
    ),
    "skirt": ((38, 14), (62, 14), (82, 88), (18, 88)),
    "shoe": (
        (12, 44), (20, 50), (32, 46), (44, 44), (58, 56), (78, 62), (88, 70), (88, 77), (12, 77),
    ),
    "heel": (
        (14, 34), (26, 46), (52, 66), (76, 68), (88, 75), (58, 78), (30, 58), (22, 78), (18, 78),
    ),
    "belt": ((6, 44), (94, 44), (94, 56), (6, 56)),
    "bag": ((25, 42), (75, 42), (83, 86), (17, 86)),
    "scarf": (
        (50, 10), (69, 20), (75, 42), (72, 58), (88, 90), (12, 90), (28, 58), (25, 42), (31, 20),
    ),
    "cap": (
        (18, 60), (22, 42), (36, 29), (52, 27), (66, 36), (71, 54), (93, 62), (90, 68), (60, 62),
    ),
}  # fmt: skip
# What is drawn over it: lines, darker than the thing.
_SEAMS: dict[str, tuple[Points, ...]] = {
    "shirt": (((50, 21), (50, 86)), ((42, 16), (46, 27), (50, 21), (54, 27), (58, 16))),
    "tee": (((41, 17), (50, 26), (59, 17)),),
    "trousers": (((32, 18), (68, 18)), ((50, 12), (50, 40))),
    "shorts": (((31, 28), (69, 28)), ((50, 22), (50, 46))),
    "dress": (((40, 42), (60, 42)), ((46, 46), (38, 90)), ((54, 46), (62, 90))),
    "robe": (((50, 13), (50, 93)),),
    "skirt": (((37, 20), (63, 20)), *(((50, 20), (x, 88)) for x in (32, 44, 56, 68))),
    "shoe": (((12, 70), (88, 72)), ((36, 52), (46, 48)), ((42, 56), (52, 52))),
    "heel": (((26, 46), (34, 60)),),
    "belt": (((14, 39), (28, 39), (28, 61), (14, 61), (14, 39)), ((22, 50), (33, 50))),
    "bag": (((34, 42), (36, 24), (64, 24), (66, 42)), ((24, 52), (76, 52))),
    "scarf": (((31, 62), (50, 72), (69, 62)),),
    "cap": (((52, 27), (46, 61)), ((22, 58), (60, 62))),
}
_FACE = (38, 24, 62, 56)
# By article number: the product itself, or the range that it is of.
_DRAWN_AS = {
    "SH": "shirt", "TS": "tee", "TR": "trousers", "TR-05": "shorts", "JK": "shirt", "DR": "dress",
    "DR-03": "robe", "AB": "robe", "DS": "robe", "SO": "shoe", "SO-04": "heel", "KD": "tee",
    "KD-02": "shirt", "TP": "shirt", "TP-02": "skirt", "AC-01": "belt", "AC-02": "bag",
    "AC-03": "scarf", "AC-04": "cap",
}  # fmt: skip
_COLOURS: dict[str, Colour] = {
    "white": (255, 255, 255), "black": (45, 44, 48), "grey": (150, 152, 156), "red": (178, 45, 48),
    "blue": (62, 104, 168), "navy": (38, 52, 92), "beige": (219, 199, 166), "pink": (233, 170, 184),
    "brown": (112, 78, 54), "green": (70, 120, 84), "camel": (190, 146, 96),
}  # fmt: skip


class Drawn(NamedTuple):
    """A picture as JPEG, and its thumbnail as WebP."""

    picture: bytes
    small: bytes


def drawn(product: Product) -> Drawn:
    """Draw a product of the sample shop.

    Args:
        product: its article number says what it is, its first colour which one.
    """
    kind = _DRAWN_AS.get(product.sku) or _DRAWN_AS[product.sku.partition("-")[0]]
    fill = _colour(product)
    side = SIDE_PX * _FINER
    image = Image.new("RGB", (side, side), _GROUND)
    pen, width = ImageDraw.Draw(image), side // 120
    shape = _scaled(_SHAPES[kind], side)
    pen.polygon(shape, fill=fill)
    pen.line([*shape, shape[0]], fill=_EDGE, width=width, joint="curve")
    if kind == "scarf":
        left, top, right, bottom = (side * at // 100 for at in _FACE)
        pen.ellipse((left, top, right, bottom), fill=_GROUND, outline=_EDGE, width=width)
    for seam in _SEAMS[kind]:
        pen.line(_scaled(seam, side), fill=_seam(fill), width=width, joint="curve")
    whole = image.reduce(_FINER)
    return Drawn(
        _encoded(whole, "JPEG", quality=88), _encoded(whole.reduce(2), "WEBP", quality=80, method=0)
    )


def _colour(product: Product) -> Colour:
    said = product.colours_en[0].lower().split() if product.colours_en else []
    return next((_COLOURS[word] for word in reversed(said) if word in _COLOURS), _COLOURS["grey"])


def _seam(fill: Colour) -> Colour:
    """Darker than the thing; lighter on what is nearly black."""
    dark = sum(fill) < 3 * 80
    red, green, blue = (min(255, one + 70) if dark else one * 3 // 4 for one in fill)
    return red, green, blue


def _scaled(points: Points, side: int) -> list[tuple[float, float]]:
    return [(x * side / 100, y * side / 100) for x, y in points]


def _encoded(image: Image.Image, form: str, **how: object) -> bytes:
    held = io.BytesIO()
    image.save(held, form, **how)
    return held.getvalue()

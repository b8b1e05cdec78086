"""Draws a QR code: for a page as SVG, for a terminal in half blocks."""

from __future__ import annotations

import io

import segno


def svg(text: str) -> str:
    """An `<svg>` without styles of its own, dark on light in every scheme of colours."""
    drawn: str = segno.make(text, error="l", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return drawn


def half_blocks(text: str) -> str:
    """Lines for a terminal, dark on light by its own inverse letters."""
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True, border=2)
    return drawn.getvalue()

"""A template on a page: its words in pieces, and what a form filled into them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hudhud.model import Media, Template, TemplateForm
from hudhud.store.templates.rows import StoredTemplate

VALUE_CHARS_MAX = 1024
FILES = ("image", "video", "document")
_PLACE = re.compile(r"\{\{\s*(\w{1,64})\s*\}\}")


class Piece(NamedTuple):
    """A part of a text; with `place` it stands where a value goes, called as the form calls it."""

    text: str
    place: str = ""


class Blank(NamedTuple):
    """One thing to fill: the form's name of it, how the template calls it, an example."""

    name: str
    place: str
    example: str
    where: str


def pieces(text: str, where: str, values: Mapping[str, str]) -> Iterator[Piece]:
    """A text with its values put in, and each place still to be told apart.

    Args:
        text: of the template.
        where: `header`, `body` or `button`.
        values: by the form's names: `body.1`.
    """
    end = 0
    for found in _PLACE.finditer(text):
        yield Piece(text[end : found.start()])
        name = f"{where}.{found[1]}"
        yield Piece(values.get(name) or found[0], name)
        end = found.end()
    yield Piece(text[end:])


def blanks(form: TemplateForm) -> list[Blank]:
    """What a person has to fill, in the order in which it is read."""
    found = [Blank("header_link", "", "", form.header)] if form.header in FILES else []
    for where, places in (("header", form.header_places), ("body", form.body_places)):
        found += [
            Blank(f"{where}.{place}", place, form.examples.get(f"{where}.{place}", ""), where)
            for place in places
        ]
    found += [
        # The provider's example is the whole address; ours to give is its end.
        Blank(
            f"button.{at}",
            button.text,
            button.example.removeprefix(button.link.partition("{{")[0]),
            "button",
        )
        for at, button in enumerate(form.buttons)
        if button.filled
    ]
    return found


def asked(row: StoredTemplate, form: TemplateForm, given: Mapping[str, str]) -> Template:
    """What a filled form asks to send.

    Args:
        row: the template.
        form: what there is to fill.
        given: by the form's names.
    """
    values = {name: given.get(name, "").strip()[:VALUE_CHARS_MAX] for name in _names(form)}
    media = None
    if form.header in FILES:
        kind: Any = form.header
        media = Media(type=kind, link=values["header_link"])
    return Template(
        name=row.name,
        language=row.language,
        header=tuple(values[f"header.{place}"] for place in form.header_places),
        header_media=media,
        body=tuple(values[f"body.{place}"] for place in form.body_places),
        buttons={
            at: values[f"button.{at}"] for at, button in enumerate(form.buttons) if button.filled
        },
    )


def _names(form: TemplateForm) -> list[str]:
    return [blank.name for blank in blanks(form)]

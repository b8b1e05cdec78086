"""How a template stands, and how it reads with its values; pure."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from hudhud.errors import TemplateUnfitError
from hudhud.model import Template, TemplateForm
from hudhud.store.templates.rows import StoredTemplate

Standing = Literal["ready", "paused", "refused", "waiting", "gone"]
_PLACE = re.compile(r"\{\{\s*(\w{1,64})\s*\}\}")
# Flagged ones still leave; the provider has only announced that it may end them.
_READY = frozenset({"APPROVED", "FLAGGED"})
_PAUSED = frozenset({"PAUSED"})
_WAITING = frozenset({"PENDING", "IN_APPEAL", ""})
_FILES = frozenset({"image", "video", "document"})


def standing(row: StoredTemplate) -> Standing:
    """Whether it may be sent: only `ready` may."""
    if row.gone_at is not None:
        return "gone"
    if row.paused_at is not None or row.status in _PAUSED:
        return "paused"
    if row.status in _READY:
        return "ready"
    return "waiting" if row.status in _WAITING else "refused"


def filled(form: TemplateForm, asked: Template, *, named: bool) -> Template:
    """The template whole: each place with its value, and its words as the contact will read them.

    Args:
        form: what there is to fill.
        asked: what was given.
        named: whether the provider wants places by their names.

    Raises:
        TemplateUnfitError: a value is missing or too many, or there is a part that we cannot fill.
    """
    if form.unfit:
        raise TemplateUnfitError(
            f"It has parts that cannot be filled here: {form.unfit}.", code="unfit"
        )
    if problem := _problem(form, asked):
        raise TemplateUnfitError(problem, code="values")
    return msgspec.structs.replace(
        asked,
        body_names=form.body_places if named else (),
        header_names=form.header_places if named else (),
        preview=words_of(form, asked),
    )


def words_of(form: TemplateForm, asked: Template) -> str:
    """What the contact will read, without buttons; a place without a value stays as it is."""
    head = put(form.header_text, form.header_places, asked.header)
    body = put(form.body, form.body_places, asked.body)
    return "\n".join(filter(None, (head, body, form.footer)))


def put(text: str, places: tuple[str, ...], values: tuple[str, ...]) -> str:
    """Put values into a text, by place; one look over it, so that no value is read as a place."""
    by_place = {place: value for place, value in zip(places, values, strict=False) if value}
    return _PLACE.sub(lambda found: by_place.get(found[1], found[0]), text)


def _problem(form: TemplateForm, asked: Template) -> str:
    wanted = {place for place, button in enumerate(form.buttons) if button.filled}
    if len(asked.body) != len(form.body_places):
        return f"Its text has {len(form.body_places)} places, and {len(asked.body)} were filled."
    if len(asked.header) != len(form.header_places):
        return (
            f"Its header has {len(form.header_places)} places, and {len(asked.header)} were filled."
        )
    if asked.header_media is not None and asked.header_media.type != form.header:
        return f"Its header is not of the kind {asked.header_media.type}."
    if form.header in _FILES and asked.header_media is None:
        return f"Its header wants a file of the kind {form.header}."
    if set(asked.buttons) != wanted:
        return f"The buttons to be filled are {sorted(wanted) or 'none'}, by their places from 0."
    return ""

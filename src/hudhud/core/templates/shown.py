"""One template as pages and programs see it: how it stands, what there is to fill."""

from __future__ import annotations

from typing import Any

import msgspec

from hudhud import registry
from hudhud.core.templates.filling import standing
from hudhud.model import TemplateForm
from hudhud.store.templates.rows import StoredTemplate


def form_of(row: StoredTemplate) -> TemplateForm:
    """What is read and what is filled in it, as its channel reads it."""
    form: TemplateForm = registry.adapter("channels", row.channel).form_of(row.components)
    return form


def told(row: StoredTemplate) -> dict[str, Any]:
    """The same as JSON: its names, its `standing` (only `ready` may be sent) and its `form`."""
    shown: dict[str, Any] = msgspec.to_builtins(row, builtin_types=(type(row.synced_at),))
    del shown["components"]
    return shown | {"standing": standing(row), "form": msgspec.to_builtins(form_of(row))}

"""What webhooks say of message templates: status, quality, category (PLATFORM_FACTS part 2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from hudhud.channels import storable
from hudhud.channels.loose import record, words
from hudhud.model import TemplateTold

REASON_CHARS_MAX = 500
LANGUAGE_CHARS_MAX = 16


class _Told(NamedTuple):
    what: Literal["status", "quality", "category", "text"]
    key: str = ""


FIELDS = {
    "message_template_status_update": _Told("status", "event"),
    "message_template_quality_update": _Told("quality", "new_quality_score"),
    "template_category_update": _Told("category", "new_category"),
    "message_template_components_update": _Told("text"),
}
# Meta's word for one that is approved again.
_STATUSES = {"REINSTATED": "APPROVED"}


def read_template(
    field: str, value: dict[str, Any], *, scope: str, at: datetime | None
) -> TemplateTold | str:
    """Read one such change; a str is the reason why it could not be.

    Args:
        field: one of FIELDS.
        value: of the change.
        scope: Meta's id of the WhatsApp account, as the entry names it.
        at: the entry's stamp.
    """
    what, key = FIELDS[field]
    name = words(value.get("message_template_name"))
    language = words(value.get("message_template_language")).replace("-", "_")
    external_id = words(value.get("message_template_id"))
    if not (scope and name and language):
        return "a template without a name"
    said = words(value.get(key)).upper()
    if key and not said:
        return f"no {key}"
    return TemplateTold(
        scope=storable.external_id(scope),
        name=storable.external_id(name),
        language=storable.text(language, LANGUAGE_CHARS_MAX),
        external_id=storable.external_id(external_id),
        what=what,
        value=storable.text(_STATUSES.get(said, said), storable.NAME_CHARS_MAX),
        reason=_reason(value) if what == "status" else "",
        provider_at=at,
    )


def _reason(value: dict[str, Any]) -> str:
    """Why, in Meta's words; its own `NONE` says nothing."""
    told = (
        words(record(value.get("rejection_info")).get("reason")),
        words(value.get("reason")),
        words(record(value.get("other_info")).get("description")),
        words(record(value.get("disable_info")).get("disable_date")),
    )
    found = next((each for each in told if each and each != "NONE"), "")
    return storable.text(found, REASON_CHARS_MAX)

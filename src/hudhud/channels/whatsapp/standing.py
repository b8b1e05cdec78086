"""How a number stands with Meta, by what Meta tells of it: its name and its limits. Pure."""

from __future__ import annotations

from hudhud.channels.contract import Step
from hudhud.channels.loose import items, record, words

_NAMES_GOOD = frozenset({"APPROVED", "AVAILABLE_WITHOUT_REVIEW"})
_NAMES_BAD = frozenset({"DECLINED", "EXPIRED"})
_QUALITIES = {"GREEN": "good", "YELLOW": "medium", "RED": "low"}
# New people whom the number may write to first in 24 hours.
_TIERS = {
    "TIER_50": "50",
    "TIER_250": "250",
    "TIER_1K": "1,000",
    "TIER_2K": "2,000",
    "TIER_10K": "10,000",
    "TIER_100K": "100,000",
    "TIER_UNLIMITED": "∞",
}


def named(found: dict[str, object]) -> Step:
    """The name that customers see, and whether Meta approved it."""
    status, values = words(found.get("name_status")), {"name": words(found.get("verified_name"))}
    if status in _NAMES_BAD:
        return Step("display_name", False, "declined", values, status)
    if status in _NAMES_GOOD:
        return Step("display_name", True, values=values)
    return Step("display_name", None, "pending" if status else "unread", values, status)


def limits(found: dict[str, object]) -> Step:
    """Whether the number may send at all, its quality, and how many new people a day."""
    health = record(found.get("health_status"))
    can, status = words(health.get("can_send_message")), words(found.get("status"))
    quality = words(found.get("quality_rating"))
    tier = words(found.get("messaging_limit_tier"))
    values = {
        "status": status,
        "quality": _QUALITIES.get(quality, quality or "?"),
        "tier": _TIERS.get(tier, tier or "?"),
    }
    if can in {"BLOCKED", "LIMITED"}:
        return Step("limits", False, can.lower(), values, _reasons(health))
    if status not in {"", "CONNECTED"}:
        return Step("limits", False, "status", values, status)
    if quality == "RED":
        return Step("limits", False, "quality", values, quality)
    if not quality:
        return Step("limits", None, "unread", values)
    return Step("limits", True, "ok" if tier else "untold", values)


def owner(found: dict[str, object]) -> str:
    """The WhatsApp Business Account that the number's health names."""
    entities = map(record, items(record(found.get("health_status")).get("entities")))
    return next((words(one.get("id")) for one in entities if one.get("entity_type") == "WABA"), "")


def _reasons(health: dict[str, object]) -> str:
    errors = [e for one in items(health.get("entities")) for e in items(record(one).get("errors"))]
    told = (
        " ".join(
            filter(None, (words(e.get("error_description")), words(e.get("possible_solution"))))
        )
        for e in map(record, errors)
    )
    return " ".join(dict.fromkeys(filter(None, told)))

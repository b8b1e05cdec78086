"""What an interactive message must have: buttons, list, link, flow and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hudhud.simulator.graph.checks import (
    WEB_URL,
    Refusals,
    as_list,
    as_object,
    as_optional_text,
    as_text,
    missing,
    wrong,
)

BUTTONS_MAX = 3
BUTTON_TITLE_CHARS_MAX = 20
BUTTON_ID_CHARS_MAX = 256
SECTIONS_MAX = 10
ROWS_MAX = 10
ROW_TITLE_CHARS_MAX = 24
ROW_ID_CHARS_MAX = 200
ROW_DESCRIPTION_CHARS_MAX = 72
LIST_BUTTON_CHARS_MAX = 20
HEADER_CHARS_MAX = 60
FOOTER_CHARS_MAX = 60
BODY_CHARS_MAX = 1024
PRODUCTS_MAX = 30
CTA_CHARS_MAX = 20
FLOW_CTA_CHARS_MAX = 30


def check_interactive(part: dict[str, Any]) -> Refusals:
    """Yield what Meta would refuse in `interactive`.

    Args:
        part: the send's `interactive` object.

    Source: PLATFORM_FACTS part 5; Meta's message reference.
    """
    kind = part.get("type")
    rule = KINDS.get(kind) if isinstance(kind, str) else None
    if rule is None:
        yield (
            missing("interactive.type")
            if kind is None
            else wrong("interactive.type", "must be one of: " + ", ".join(KINDS))
        )
        return
    yield from _frame(part, body_optional=kind == "product")
    action = part.get("action")
    yield from as_object(action, "interactive.action")
    if isinstance(action, dict):
        yield from rule(action)


def _frame(part: dict[str, Any], *, body_optional: bool) -> Refusals:
    for name, chars_max in (("body", BODY_CHARS_MAX), ("footer", FOOTER_CHARS_MAX)):
        value = part.get(name)
        path = f"interactive.{name}"
        if value is None and (name == "footer" or body_optional):
            continue
        yield from as_object(value, path)
        if isinstance(value, dict):
            yield from as_text(value.get("text"), f"{path}.text", chars_max=chars_max)
    header = part.get("header")
    if header is not None:
        yield from as_object(header, "interactive.header")
    if isinstance(header, dict) and header.get("type") == "text":
        yield from as_text(
            header.get("text"), "interactive.header.text", chars_max=HEADER_CHARS_MAX
        )


def _buttons(action: dict[str, Any]) -> Refusals:
    path = "interactive.action.buttons"
    buttons = action.get("buttons")
    yield from as_list(buttons, path, count_max=BUTTONS_MAX)
    replies = [b.get("reply") for b in _objects(buttons)]
    for place, reply in enumerate(replies):
        yield from as_object(reply, f"{path}[{place}].reply")
    known = [reply for reply in replies if isinstance(reply, dict)]
    for place, reply in enumerate(known):
        here = f"{path}[{place}].reply"
        yield from as_text(reply.get("title"), f"{here}.title", chars_max=BUTTON_TITLE_CHARS_MAX)
        yield from as_text(reply.get("id"), f"{here}.id", chars_max=BUTTON_ID_CHARS_MAX)
    yield from _unlike(known, path)


def _list(action: dict[str, Any]) -> Refusals:
    path = "interactive.action"
    yield from as_text(action.get("button"), f"{path}.button", chars_max=LIST_BUTTON_CHARS_MAX)
    sections = action.get("sections")
    yield from as_list(sections, f"{path}.sections", count_max=SECTIONS_MAX)
    rows: list[dict[str, Any]] = []
    for place, section in enumerate(_objects(sections)):
        here = f"{path}.sections[{place}]"
        yield from as_list(section.get("rows"), f"{here}.rows", count_max=ROWS_MAX)
        if len(_objects(sections)) > 1:
            yield from as_text(section.get("title"), f"{here}.title", chars_max=ROW_TITLE_CHARS_MAX)
        rows += _objects(section.get("rows"))
    if len(rows) > ROWS_MAX:
        yield wrong(f"{path}.sections", f"must have at most {ROWS_MAX} rows in all")
    for row in rows:
        yield from as_text(row.get("title"), "row.title", chars_max=ROW_TITLE_CHARS_MAX)
        yield from as_text(row.get("id"), "row.id", chars_max=ROW_ID_CHARS_MAX)
        yield from as_optional_text(
            row.get("description"), "row.description", chars_max=ROW_DESCRIPTION_CHARS_MAX
        )
    yield from _unlike(rows, f"{path}.sections")


def _link(action: dict[str, Any]) -> Refusals:
    parameters = action.get("parameters")
    path = "interactive.action.parameters"
    yield from as_object(parameters, path)
    if isinstance(parameters, dict):
        text = parameters.get("display_text")
        yield from as_text(text, f"{path}.display_text", chars_max=CTA_CHARS_MAX)
        if not WEB_URL.fullmatch(str(parameters.get("url") or "")):
            yield wrong(f"{path}.url", "must be a web address")


def _flow(action: dict[str, Any]) -> Refusals:
    parameters = action.get("parameters")
    path = "interactive.action.parameters"
    yield from as_object(parameters, path)
    if isinstance(parameters, dict):
        cta = parameters.get("flow_cta")
        yield from as_text(cta, f"{path}.flow_cta", chars_max=FLOW_CTA_CHARS_MAX)
        if not parameters.get("flow_id") and not parameters.get("flow_name"):
            yield missing(f"{path}.flow_id")


def _products(action: dict[str, Any]) -> Refusals:
    yield from as_text(action.get("catalog_id"), "interactive.action.catalog_id", chars_max=256)
    sections = action.get("sections")
    yield from as_list(sections, "interactive.action.sections", count_max=SECTIONS_MAX)
    items = [item for s in _objects(sections) for item in _objects(s.get("product_items"))]
    if not 1 <= len(items) <= PRODUCTS_MAX:
        yield wrong("interactive.action.sections", f"must have from 1 to {PRODUCTS_MAX} products")


def _product(action: dict[str, Any]) -> Refusals:
    for name in ("catalog_id", "product_retailer_id"):
        yield from as_text(action.get(name), f"interactive.action.{name}", chars_max=256)


def _named(action: dict[str, Any]) -> Refusals:
    yield from as_text(action.get("name"), "interactive.action.name", chars_max=64)


def _unlike(items: list[dict[str, Any]], path: str) -> Refusals:
    ids = Counter(str(item.get("id")) for item in items)
    if any(count > 1 for count in ids.values()):
        yield wrong(path, "must not have one id twice")


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


KINDS: dict[str, Callable[[dict[str, Any]], Refusals]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "flow": _flow,
    "product": _product,
    "product_list": _products,
    "catalog_message": _named,
    "location_request_message": _named,
    "call_permission_request": _named,
}

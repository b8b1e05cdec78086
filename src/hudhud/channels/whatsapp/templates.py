"""The message templates of a WhatsApp account: the list, page by page, and what is in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import aiohttp

from hudhud.channels import storable
from hudhud.channels.graph.calling import call
from hudhud.channels.loose import items, record, words
from hudhud.channels.whatsapp.options import Options
from hudhud.channels.whatsapp.standing import owner
from hudhud.errors import SendUnknownError
from hudhud.model import HeaderKind, TemplateButton, TemplateForm, TemplatePage, TemplateSeen

PAGE_MAX = 50
PAGE_BYTES_MAX = 4 * 1024 * 1024
_FIELDS = (
    "id,name,language,status,category,quality_score,rejected_reason,parameter_format,components"
)
_PLACE = re.compile(r"\{\{\s*(\w{1,64})\s*\}\}")
_HEADERS: dict[str, HeaderKind] = {
    "TEXT": "text",
    "IMAGE": "image",
    "VIDEO": "video",
    "DOCUMENT": "document",
}
_BUTTONS: dict[str, Literal["reply", "link", "call"]] = {
    "QUICK_REPLY": "reply",
    "URL": "link",
    "PHONE_NUMBER": "call",
}


async def templates(
    http: aiohttp.ClientSession, options: Options, *, after: str, timeout_s: float
) -> TemplatePage:
    """One page of the account's templates, of every language and status.

    Args:
        http: the shared session.
        options: of a number; `waba_id` names the account.
        after: the cursor of the page before; empty for the first.
        timeout_s: for the call.

    Raises:
        SendNotMadeError, SendUnknownError, SendRejectedError: as of any call; an answer without a
            list is unknown, and never an empty list.

    Source: Meta's WhatsApp Business Management API, `/{waba_id}/message_templates`.
    """
    asked = {"fields": _FIELDS, "limit": str(PAGE_MAX)} | ({"after": after} if after else {})
    answer = await call(
        http,
        options,
        "GET",
        f"{options.waba_id}/message_templates",
        params=asked,
        timeout_s=timeout_s,
        bytes_max=PAGE_BYTES_MAX,
    )
    if not isinstance(answer.get("data"), list):
        raise SendUnknownError("Meta's answer holds no list.")
    paging = record(answer.get("paging"))
    following = words(record(paging.get("cursors")).get("after")) if paging.get("next") else ""
    found = tuple(filter(None, map(_seen, items(answer.get("data")))))
    return TemplatePage(templates=found, after=following)


async def account_above(http: aiohttp.ClientSession, options: Options, *, timeout_s: float) -> str:
    """Meta's id of the WhatsApp account that a number belongs to; empty when it is not told.

    Raises:
        SendNotMadeError, SendUnknownError, SendRejectedError: as of any call.

    Source: Meta's reference of the phone number, `health_status`.
    """
    asked = {"fields": "health_status"}
    number = options.phone_number_id
    return owner(await call(http, options, "GET", number, params=asked, timeout_s=timeout_s))


def form_of(components: list[dict[str, Any]]) -> TemplateForm:
    """What is read and what is filled in a template; pure, and never raises.

    Args:
        components: as Meta's list names them, or as they were stored.
    """
    parts = {words(record(each).get("type")).upper(): record(each) for each in items(components)}
    header = parts.get("HEADER", {})
    head: HeaderKind = ""
    if header:
        head = _HEADERS.get(words(header.get("format")).upper() or "TEXT", "other")
    header_text = words(header.get("text")) if head == "text" else ""
    body = words(parts.get("BODY", {}).get("text"))
    rows = [record(each) for each in items(parts.get("BUTTONS", {}).get("buttons"))]
    buttons = tuple(map(_button, rows))
    strange = sorted(set(parts) - {"HEADER", "BODY", "FOOTER", "BUTTONS"})
    strange += ["HEADER"] if head == "other" else []
    strange += [words(row.get("type")) for row in rows if _button(row).kind == "other"]
    return TemplateForm(
        header=head,
        header_text=header_text,
        header_places=_places(header_text),
        body=body,
        body_places=_places(body),
        footer=words(parts.get("FOOTER", {}).get("text")),
        buttons=buttons,
        examples=dict(_examples(header, parts.get("BODY", {}))),
        unfit=", ".join(strange),
    )


def _seen(raw: Any) -> TemplateSeen | None:
    given = record(raw)
    name, language = words(given.get("name")), words(given.get("language"))
    if not (name and language) or storable.external_id(name) != name:
        return None
    reason = words(given.get("rejected_reason"))
    return TemplateSeen(
        name=name,
        language=storable.text(language, storable.NAME_CHARS_MAX),
        external_id=storable.external_id(words(given.get("id"))),
        category=_word(given.get("category")),
        status=_word(given.get("status")),
        quality=_word(record(given.get("quality_score")).get("score")),
        reason="" if reason == "NONE" else storable.text(reason, storable.NAME_CHARS_MAX),
        parameter_format=_word(given.get("parameter_format")),
        components=[storable.content(record(each)) for each in items(given.get("components"))],
    )


def _word(value: Any) -> str:
    return storable.text(words(value).upper(), storable.NAME_CHARS_MAX)


def _places(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(_PLACE.findall(text)))
    # Numbers are filled in their order, wherever they stand in the text.
    numbered = all(place.isascii() and place.isdigit() for place in found)
    return tuple(sorted(found, key=int)) if numbered else found


def _button(row: dict[str, Any]) -> TemplateButton:
    link = words(row.get("url"))
    example = next((words(each) for each in items(row.get("example")) if words(each)), "")
    return TemplateButton(
        kind=_BUTTONS.get(words(row.get("type")).upper(), "other"),
        text=words(row.get("text")),
        link=link or words(row.get("phone_number")),
        filled=bool(_PLACE.search(link)),
        example=example,
    )


def _examples(header: dict[str, Any], body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Meta's examples by the place that they are for: `header.1`, `body.first_name`."""
    for where, part in (("header", header), ("body", body)):
        example = record(part.get("example"))
        for named in items(example.get(f"{where}_text_named_params")):
            yield (
                f"{where}.{words(record(named).get('param_name'))}",
                words(record(named).get("example")),
            )
        told = items(example.get(f"{where}_text"))
        row = items(told[0]) if told and isinstance(told[0], list) else told
        for place, value in enumerate(row, 1):
            yield f"{where}.{place}", words(value)

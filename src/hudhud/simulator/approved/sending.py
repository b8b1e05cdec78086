"""A send of a template: what Meta refuses, and what the customer reads. Pure but for the look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hudhud.simulator.approved.texts import Approved, find
from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.face import Option, Part
from hudhud.simulator.providers.whatsapp.faces import media
from hudhud.simulator.state import World

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
FILLED_CHARS_MAX = 1024
MISSING, COUNT, NONE_SUCH, TOO_LONG, FORMAT, PAUSED, DISABLED = (
    131008, 132000, 132001, 132005, 132012, 132015, 132016,
)  # fmt: skip
_MEDIA = frozenset({"IMAGE", "VIDEO", "DOCUMENT"})
Given = dict[str, list[dict[str, Any]]]


def refusal_of_template(world: World, number: Number, part: dict[str, Any]) -> Refusal | None:
    """The first thing for which Meta would refuse this template.

    Args:
        world: whose templates.
        number: who sends.
        part: the `template` of a call that has the right shape.

    Source: PLATFORM_FACTS part 6; Meta's error codes 132000 to 132016.
    """
    name, language = str(part["name"]), str(part["language"]["code"])
    text = find(world, number.waba_id, name, language)
    if text is None or text.status in ("PENDING", "REJECTED", "IN_APPEAL"):
        details = f"template name ({name}) does not exist in {language}"
        return Refusal(code=NONE_SUCH, details=details)
    if text.status == "PAUSED":
        return Refusal(code=PAUSED, details=f"template {name} is paused for its quality")
    if text.status == "DISABLED":
        return Refusal(code=DISABLED, details=f"template {name} is disabled for its quality")
    return next(_refusals(text, _given(part)), None)


def read(world: World, number: Number, part: dict[str, Any]) -> tuple[str, tuple[Part, ...]]:
    """The words of an acceptable template as its customer reads them, and its bubble."""
    text = find(world, number.waba_id, str(part["name"]), str(part["language"]["code"]))
    if text is None:
        return str(part["name"]), ()
    given, words = _given(part), []
    face: list[Part] = []
    for component in text.components:
        kind = component["type"]
        if kind == "HEADER" and component.get("format") in _MEDIA:
            sent = given["header"][0]
            face += media(sent["type"])(sent[sent["type"]])
        elif kind in ("HEADER", "BODY", "FOOTER"):
            filled = _filled(component["text"], given.get(kind.lower(), []))
            what = {"HEADER": "header", "BODY": "text", "FOOTER": "footer"}[kind]
            face.append(Part(what=what, text=filled))  # type: ignore[arg-type] # one of the three
            words.append(filled)
        elif kind == "BUTTONS":
            options = tuple(
                _option(at, button, given) for at, button in enumerate(component["buttons"])
            )
            face.append(Part(what="options", options=options))
    return "\n".join(words), tuple(face)


def _given(part: dict[str, Any]) -> Given:
    """The parameters by what they are for: `header`, `body`, `button.0`."""
    found: Given = {}
    for component in part.get("components") or ():
        if not isinstance(component, dict):
            continue
        kind = str(component.get("type", "")).lower()
        where = f"button.{component.get('index')}" if kind == "button" else kind
        values = component.get("parameters") or []
        found[where] = [each for each in values if isinstance(each, dict)]
    return found


def _refusals(text: Approved, given: Given) -> Iterator[Refusal]:
    for component in text.components:
        where = component["type"].lower()
        if component.get("format") in _MEDIA:
            yield from _media_refusals(component["format"], given.get("header", []))
        elif where in ("header", "body"):
            yield from _place_refusals(text, where, component["text"], given.get(where, []))
        elif where == "buttons":
            for at, button in enumerate(component["buttons"]):
                if PLACE.search(button.get("url", "")) and not given.get(f"button.{at}"):
                    details = f"buttons: Button at index {at} of type Url requires a parameter"
                    yield Refusal(code=MISSING, details=details)
    known = {component["type"].lower() for component in text.components}
    for where, values in given.items():
        if values and where in ("header", "body") and where not in known:
            yield _miscounted(where, len(values), 0)


def _media_refusals(wanted: str, values: list[dict[str, Any]]) -> Iterator[Refusal]:
    kind = str(values[0].get("type", "")).upper() if values else "UNKNOWN"
    if kind != wanted:
        details = f"header: Format mismatch, expected {wanted}, received {kind}"
        yield Refusal(code=FORMAT, details=details)
        return
    file = values[0].get(kind.lower())
    if not isinstance(file, dict) or not (file.get("link") or file.get("id")):
        yield Refusal(code=MISSING, details="header: the file has neither link nor id")


def _place_refusals(
    text: Approved, where: str, words: str, values: list[dict[str, Any]]
) -> Iterator[Refusal]:
    places = list(dict.fromkeys(PLACE.findall(words)))
    if len(places) != len(values):
        yield _miscounted(where, len(values), len(places))
        return
    if any(value.get("type") != "text" for value in values):
        yield Refusal(code=FORMAT, details=f"{where}: its parameters are texts")
    named = [value.get("parameter_name") for value in values]
    if text.parameter_format == "NAMED" and set(named) != set(places):
        yield Refusal(code=FORMAT, details=f"{where}: Parameter name is missing or unknown")
    for value in values:
        if not value.get("text") or re.search(r"[\n\t]| {5}", str(value["text"])):
            details = f"{where}: Param text cannot have new-line/tab characters or 5 spaces"
            yield Refusal(code=FORMAT, details=details)
    if len(_filled(words, values)) > FILLED_CHARS_MAX:
        yield Refusal(code=TOO_LONG, details=f"{where}: the filled text is too long")


def _miscounted(where: str, given: int, wanted: int) -> Refusal:
    details = (
        f"{where}: number of localizable_params ({given}) does not match the expected number "
        f"of params ({wanted})"
    )
    return Refusal(code=COUNT, details=details)


def _filled(words: str, values: list[dict[str, Any]]) -> str:
    by_place = {
        str(value.get("parameter_name") or at): str(value.get("text", ""))
        for at, value in enumerate(values, 1)
    }
    return PLACE.sub(lambda found: by_place.get(found[1], found[0]), words)


def _option(at: int, button: dict[str, Any], given: Given) -> Option:
    title = str(button.get("text", ""))
    if button["type"] == "URL":
        return Option(title=title, url=_filled(button["url"], given.get(f"button.{at}", [])))
    if button["type"] == "PHONE_NUMBER":
        return Option(title=title, url=f"tel:{button.get('phone_number', '')}")
    return Option(title=title, say={"kind": "button", "text": title})

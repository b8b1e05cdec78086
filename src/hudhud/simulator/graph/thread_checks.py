"""Whether Meta would take this call into a thread of Instagram or Messenger. Pure."""

from __future__ import annotations

from typing import Any

from hudhud.simulator.graph.checks import WEB_URL, Refusals
from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.providers.threads.platform import Platform

NOT_VALID = 100
QUICK_REPLIES_MAX = 13
TITLE_CHARS_MAX = 20
PAYLOAD_CHARS_MAX = 1000
METADATA_CHARS_MAX = 1000
ELEMENTS_MAX = 10
ELEMENT_CHARS_MAX = 80
BUTTONS_MAX = 3
BUTTON_TEXT_CHARS_MAX = 640
COURTESIES = frozenset({"typing_on", "typing_off", "mark_seen"})
REACTIONS = frozenset({"react", "unreact"})
KINDS = frozenset({"RESPONSE", "UPDATE", "MESSAGE_TAG"})
BEYOND_TITLE = ("subtitle", "image_url", "default_action", "buttons")


def check_call(platform: Platform, body: Any) -> Refusal | None:
    """Say the first thing that Meta would refuse in a call to `/me/messages`.

    Args:
        platform: Instagram or Messenger.
        body: the decoded JSON body.

    Source: PLATFORM_FACTS part 8; Meta's Send API references.
    """
    return next(_refusals(platform, body), None)


def _wrong(details: str) -> Refusal:
    return Refusal(code=NOT_VALID, details=details)


def _refusals(platform: Platform, body: Any) -> Refusals:
    if not isinstance(body, dict):
        yield _wrong("The body must be a JSON object.")
        return
    recipient = body.get("recipient")
    if not isinstance(recipient, dict) or not isinstance(recipient.get("id"), str):
        yield _wrong("The parameter recipient is required.")
    action, message = body.get("sender_action"), body.get("message")
    if action is not None:
        if message is not None:
            yield _wrong("A call has a sender_action or a message, not both.")
        yield from _action(platform, action, body.get("payload"))
        return
    yield from _kind(platform, body)
    if not isinstance(message, dict):
        yield _wrong("The parameter message is required.")
        return
    yield from _message(platform, message)


def _action(platform: Platform, action: Any, payload: Any) -> Refusals:
    if action in REACTIONS:
        if not isinstance(payload, dict) or not payload.get("message_id"):
            yield _wrong("Param payload[message_id] is required.")
        elif action == "react" and not payload.get("reaction"):
            yield _wrong("Param payload[reaction] is required.")
        elif action == "react" and platform.in_bytes and payload["reaction"] != "love":
            yield _wrong("Param payload[reaction] must be love.")
    elif action not in COURTESIES:
        yield _wrong("Param sender_action must be one of typing_on, typing_off, mark_seen.")


def _kind(platform: Platform, body: dict[str, Any]) -> Refusals:
    kind, tag = body.get("messaging_type", "RESPONSE"), body.get("tag")
    if kind not in KINDS:
        yield _wrong("Param messaging_type must be one of RESPONSE, UPDATE, MESSAGE_TAG.")
    if kind == "MESSAGE_TAG" and tag not in platform.tags:
        yield _wrong("Param tag must be one of " + ", ".join(sorted(platform.tags)) + ".")


def _message(platform: Platform, message: dict[str, Any]) -> Refusals:
    text, file = message.get("text"), message.get("attachment")
    if text is not None and file is not None:
        yield _wrong("A message has a text or an attachment, not both.")
    if file is not None:
        yield from _attachment(platform, file)
    elif not isinstance(text, str) or not text.strip():
        yield _wrong("Message cannot be empty, must provide valid attachment or text.")
    elif platform.size(text) > platform.text_max:
        most = platform.text_max
        yield _wrong(f"Length of param message[text] must be less than or equal to {most}.")
    if len(str(message.get("metadata") or "")) > METADATA_CHARS_MAX:
        yield _wrong(f"Param message[metadata] must be at most {METADATA_CHARS_MAX} long.")
    if "quick_replies" in message:
        yield from _quick_replies(message["quick_replies"])


def _quick_replies(replies: Any) -> Refusals:
    if not isinstance(replies, list) or not 1 <= len(replies) <= QUICK_REPLIES_MAX:
        yield _wrong(f"Param message[quick_replies] must have 1 to {QUICK_REPLIES_MAX} items.")
        return
    for reply in replies:
        if not isinstance(reply, dict) or reply.get("content_type") != "text":
            yield _wrong("Param content_type of a quick reply must be text here.")
            return
        yield from _text(reply, "title", TITLE_CHARS_MAX)
        yield from _text(reply, "payload", PAYLOAD_CHARS_MAX)


def _attachment(platform: Platform, file: Any) -> Refusals:
    type_ = file.get("type") if isinstance(file, dict) else None
    payload = file.get("payload") if isinstance(file, dict) else None
    if type_ == "like_heart" and type_ in platform.files:
        return
    if not isinstance(payload, dict):
        yield _wrong("Param message[attachment][payload] is required.")
    elif type_ == "template":
        yield from _template(payload)
    elif type_ not in platform.files:
        types = ", ".join(sorted(platform.files))
        yield _wrong(f"Param message[attachment][type] must be one of {types}, template.")
    elif type_ != "MEDIA_SHARE" and not WEB_URL.fullmatch(str(payload.get("url"))):
        yield _wrong("Param message[attachment][payload][url] must be a web address.")


def _template(payload: dict[str, Any]) -> Refusals:
    type_ = payload.get("template_type")
    if type_ == "button":
        yield from _text(payload, "text", BUTTON_TEXT_CHARS_MAX)
        yield from _buttons(payload.get("buttons"), least=1)
    elif type_ == "generic":
        elements = payload.get("elements")
        if not isinstance(elements, list) or not 1 <= len(elements) <= ELEMENTS_MAX:
            yield _wrong(f"Param elements must have 1 to {ELEMENTS_MAX} items.")
            return
        for element in elements:
            yield from _element(element)
    else:
        yield _wrong("Param template_type must be button or generic here.")


def _element(element: Any) -> Refusals:
    if not isinstance(element, dict):
        yield _wrong("An element must be an object.")
        return
    yield from _text(element, "title", ELEMENT_CHARS_MAX)
    if "subtitle" in element:
        yield from _text(element, "subtitle", ELEMENT_CHARS_MAX)
    if not any(element.get(name) for name in BEYOND_TITLE):
        yield _wrong("An element needs one more property than its title.")
    yield from _buttons(element.get("buttons") or [], least=0)


def _buttons(buttons: Any, *, least: int) -> Refusals:
    if not isinstance(buttons, list) or not least <= len(buttons) <= BUTTONS_MAX:
        yield _wrong(f"Param buttons must have {least} to {BUTTONS_MAX} items.")
        return
    for button in buttons:
        if not isinstance(button, dict) or button.get("type") not in ("web_url", "postback"):
            yield _wrong("A button's type must be web_url or postback here.")
            return
        yield from _text(button, "title", TITLE_CHARS_MAX)
        if button["type"] == "postback":
            yield from _text(button, "payload", PAYLOAD_CHARS_MAX)
        elif not WEB_URL.fullmatch(str(button.get("url"))):
            yield _wrong("A button's url must be a web address.")


def _text(holder: dict[str, Any], name: str, chars_max: int) -> Refusals:
    value = holder.get(name)
    if not isinstance(value, str) or not value.strip():
        yield _wrong(f"Param {name} is required.")
    elif len(value) > chars_max:
        yield _wrong(f"Length of param {name} must be less than or equal to {chars_max}.")

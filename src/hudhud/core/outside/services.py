"""Names of the services outside, one breaker each (R1)."""

from __future__ import annotations

from typing import Any

import msgspec

from hudhud import registry
from hudhud.core.assistants.keys import keys_of
from hudhud.core.secrets import vault_of
from hudhud.model import Assistant
from hudhud.readers import prices_of
from hudhud.settings import Settings

NAME_CHARS_MAX = 200
# It asks nobody outside, so it can always be asked.
OFFLINE = "catalogue"


def inbox_service(inbox_id: int) -> str:
    """The provider as this inbox reaches it: a number may be refused while its neighbours work."""
    return f"inbox/{inbox_id}"


def responder_service(responder: str, options: Any) -> str:
    """The model behind a responder, by endpoint; empty when it asks nobody outside.

    Args:
        responder: its kind.
        options: of its own type.
    """
    place: str = registry.adapter("responders", responder).service(options)
    return f"responder/{responder}/{place}"[:NAME_CHARS_MAX] if place else ""


def options_of(assistant: Assistant, settings: Settings) -> Any:
    """An assistant's options in its responder's own type.

    What the assistant leaves open, the installation's own settings fill.

    Raises:
        NotFoundError: no such responder.
        msgspec.ValidationError: the stored options are not what it takes.
        SecretUnreadableError: what signs was sealed with another key.
    """
    wanted = registry.adapter("responders", assistant.responder).Options
    if assistant.responder == "webhook":
        return msgspec.convert(_signing(assistant.options, settings), wanted)
    if assistant.responder != "llm":
        return msgspec.convert(assistant.options, wanted)
    # Elsewhere than to the installation's own endpoint its key never goes.
    own = assistant.options.get("base_url") or settings.llm_base_url
    defaults: dict[str, Any] = {
        "model": settings.llm_model,
        "base_url": settings.llm_base_url,
        "api_key": settings.llm_api_key if own == settings.llm_base_url else "",
    }
    kept = {k: v for k, v in assistant.options.items() if v != ""}
    given = {
        **{k: v for k, v in defaults.items() if v},
        **kept,
        **keys_of(settings, assistant).get("llm", {}),
    }
    read, written = prices_of(settings.llm_prices).get(given.get("model", ""), (0.0, 0.0))
    return msgspec.convert({"price_in": read, "price_out": written, **given}, wanted)


def chain(assistant: Assistant, settings: Settings) -> tuple[Assistant, ...]:
    """Who is asked, in order: the assistant's responder, its second one, the offline one.

    Each as the same assistant with that responder in the first place. The offline one ends the
    chain where the options of the one before it ask for that (`offline_last`), and where it does
    not stand in the chain anyway.

    Raises:
        NotFoundError: no such responder.
        msgspec.ValidationError: the stored options are not what it takes.
    """
    second = second_of(assistant)
    asked = [assistant] if second is None else [assistant, second]
    ends_offline = getattr(options_of(asked[-1], settings), "offline_last", False)
    if ends_offline and OFFLINE not in {one.responder for one in asked}:
        asked.append(msgspec.structs.replace(assistant, responder=OFFLINE, options={}))
    return tuple(asked)


def second_of(assistant: Assistant) -> Assistant | None:
    """The same assistant with its second responder in the first place; None when it has none."""
    if assistant.second_responder is None:
        return None
    return msgspec.structs.replace(
        assistant,
        responder=assistant.second_responder,
        options=assistant.second_options,
        second_responder=None,
    )


def _signing(options: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The options of an inbox's own URL: its secrets opened, and what may be private.

    Nothing signs that did not lie sealed.
    """
    apart = ("sealed", "place", "secrets")
    opened = {name: value for name, value in options.items() if name not in apart}
    if "sealed" in options:
        plain = vault_of(settings).open(options["place"], options["sealed"].encode())
        opened["secrets"] = msgspec.json.decode(plain)
    return {**opened, "trusted": settings.webhook_trusted.split(",")}

"""Which model, where, how much it may say, and what that costs."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

# Options that are sealed at rest and never shown.
SECRETS = frozenset({"api_key"})


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Which model, where, and how much it may say.

    `model` is `openai:NAME`, `anthropic:NAME`, `google:NAME` or another name of pydantic-ai;
    `base_url` and `api_key` are the endpoint's. `price_in` and `price_out` are what a million
    tokens read and written cost, in the smallest unit of the currency in which spend is counted.
    Core fills what an assistant leaves empty from the settings. `offline_last`: when no model
    answers, the offline responder is asked before a person is.
    """

    model: str = ""
    base_url: str = ""
    api_key: str = ""
    temperature: float = 0.3
    max_tokens: int = 800
    price_in: float = 0.0
    price_out: float = 0.0
    offline_last: bool = True


def service(options: Options) -> str:
    """The endpoint's host and port and the model's name, or the provider's own.

    Two models of one endpoint are two services: one of them may be away while the other works.
    """
    # `netloc` without what stands before the @: it may hold a password.
    host = urlsplit(options.base_url).netloc.rpartition("@")[2]
    return f"{host}/{options.model}" if host else options.model.replace(":", "/", 1)

"""A service has one name for all who ask it, and no secret is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hudhud import registry
from hudhud.core.outside.services import (
    NAME_CHARS_MAX,
    chain,
    options_of,
    responder_service,
    second_of,
)
from hudhud.core.spending.purse import price_of
from hudhud.model import Assistant, Usage
from hudhud.responders import llm
from hudhud.settings import Settings


def assistant(responder: str = "llm", **more) -> Assistant:
    defaults = {"id": 1, "merchant_id": 1, "name": "هدهد", "instructions": "", "options": {}}
    return Assistant(**(defaults | {"responder": responder} | more))


@pytest.mark.parametrize("kind", ["catalogue", "llm"])
def test_every_responder_says_whom_it_asks(kind):
    module = registry.adapter("responders", kind)
    assert isinstance(module.service(module.Options()), str)


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"model": "openai:m"}, "openai/m"),
        ({"model": "anthropic:c", "base_url": ""}, "anthropic/c"),
        ({"model": "openai:m", "base_url": "https://host.test/v1"}, "host.test/openai:m"),
        ({"model": "q", "base_url": "http://u:canary@[::1]:8000/v1?key=canary"}, "[::1]:8000/q"),
    ],
)
def test_a_model_is_named_by_host_and_model_and_by_nothing_secret(options, name):
    asked = llm.Options(api_key="canary", **options)
    assert responder_service("llm", asked) == f"responder/llm/{name}"


def test_who_asks_nobody_has_no_breaker_and_a_long_name_has_an_end():
    assert responder_service("catalogue", options_of(assistant("catalogue"), SETTINGS)) == ""
    long = responder_service("llm", llm.Options(model="m" * 1000))
    assert len(long) == NAME_CHARS_MAX


SETTINGS = Settings(data_dir=Path("/nowhere"), llm_model="openai:m", llm_base_url="http://h/v1")


def test_two_assistants_that_leave_the_model_open_share_a_breaker_and_a_third_has_its_own():
    names = [
        responder_service("llm", options_of(one, SETTINGS))
        for one in (assistant(), assistant(id=2), assistant(options={"model": "openai:n"}))
    ]
    assert names[0] == names[1] == "responder/llm/h/openai:m"
    assert names[2] == "responder/llm/h/openai:n"


def test_a_second_responder_is_the_same_assistant_with_other_means():
    first = assistant(second_responder="catalogue", second_options={"low_stock": 2})
    second = second_of(first)
    assert second is not None
    assert (second.responder, second.options, second.name) == (
        "catalogue",
        {"low_stock": 2},
        "هدهد",
    )
    assert second_of(second) is None
    assert second_of(assistant()) is None


def test_the_offline_responder_ends_a_chain_unless_it_stands_there_or_is_not_wanted():
    def kinds(**more) -> list[str]:
        return [one.responder for one in chain(assistant(**more), SETTINGS)]

    unwanted = {"offline_last": False}
    assert kinds() == ["llm", "catalogue"]
    assert kinds(second_responder="llm") == ["llm", "llm", "catalogue"]
    assert kinds(second_responder="catalogue") == ["llm", "catalogue"]
    assert kinds(options=unwanted) == ["llm"]
    assert kinds(second_responder="llm", second_options=unwanted) == ["llm", "llm"]
    assert kinds(responder="catalogue") == ["catalogue"]


def test_a_price_is_the_assistants_own_or_the_installations():
    priced = Settings(data_dir=Path("/nowhere"), llm_model="openai:m", llm_prices="openai:m=25/200")
    usage = Usage(tokens_in=2, tokens_out=3)
    assert price_of(options_of(assistant(), priced)).micro(usage) == 650
    assert price_of(options_of(assistant(options={"price_in": 1}), priced)).micro(usage) == 602
    assert not any(price_of(options_of(assistant(options={"model": "openai:n"}), priced)))
    assert not any(price_of(options_of(assistant("catalogue"), priced)))

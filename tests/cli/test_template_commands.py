"""`hudhud template`: what is known is listed and shown, what cannot be read says why."""

from __future__ import annotations

from command_line import CANARY, connect


def test_without_templates_each_command_says_what_to_do(served):
    assert served("merchant", "add", "shop", "متجر").code == 0
    assert "hudhud template sync" in served("template", "list").out
    assert served("template", "list", "--json").json() == []
    assert served("template", "show", "7").code == 1
    assert "hudhud template sync KEY" in served("template", "sync").out
    assert served("template", "sync", "nobody").code == 1
    assert served("template", "sync", "--waba-id", "77").code == 2


def test_a_provider_that_is_not_reached_is_told_and_the_account_stays_named(served):
    served("merchant", "add", "shop", "متجر")
    key = connect(served, "--set", "api_url=http://127.0.0.1:9", "--json").json()["key"]
    refused = served("template", "sync", key)
    assert refused.code == 1
    assert served("template", "sync", key, "--waba-id", "not an id").code == 2
    again = served("template", "sync", key, "--waba-id", "77001")
    assert again.code == 1
    # Every inbox that names its account is asked from now on.
    assert served("template", "sync").code == 1
    assert CANARY not in refused.everything + again.everything

"""Whoever reads a text keeps it: a bench that sends one text to all measures a reading once."""

from __future__ import annotations

import json

from bench.work import signed


def test_no_two_messages_of_a_run_have_the_same_text() -> None:
    webhooks = signed(20_000, account="1", secret="s", conversations=4_000, burst=5)
    told = [json.loads(webhook.body)["entry"][0]["changes"][0]["value"] for webhook in webhooks]
    texts = [value["messages"][0]["text"]["body"] for value in told]
    assert len(set(texts)) == len(texts)
    assert 25 <= sum(map(len, texts)) / len(texts) <= 60  # as customers write, not longer

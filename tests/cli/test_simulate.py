"""`hudhud simulate`: what a customer does, said from the command line to a running simulator."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import Command

from hudhud.settings import Settings
from hudhud.simulator.app import create_server

DEADLINE_S = 30.0


class Running:
    """A simulator beside the test, with numbers that take webhooks on trust."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/simulator{path}",
            data=None if body is None else json.dumps(body).encode(),
        )
        with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:  # noqa: S310 - the same
            return json.load(answer)

    def register(self, number: str) -> None:
        given = ("display_phone_number", "name", "token", "app_secret", "verify_token")
        url = "http://127.0.0.1:1/nobody"
        account = {"phone_number_id": number, "webhook_url": url, "challenge": False}
        self.ask("/numbers", account | {name: f"{name}-{number}" for name in given})


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Iterator[Running]:
    del command  # it clears the environment first
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(Settings(data_dir=tmp_path))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    deadline = time.monotonic() + DEADLINE_S
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    port = listener.getsockname()[1]
    monkeypatch.setenv("HUDHUD_SIMULATOR_PORT", str(port))
    yield Running(port)
    server.should_exit = True
    thread.join(DEADLINE_S)
    listener.close()


def test_what_a_customer_does_is_said_in_one_line(command: Command, running: Running):
    running.register("100200300")
    said = command("simulate", "text", "السلام عليكم", "--from", "966500000007")
    assert said.code == 0
    (bubble,) = running.ask("/phones/966500000007")["messages"]
    assert (bubble["wamid"], bubble["text"]) == (said.out.strip(), "السلام عليكم")
    ordered = command(
        *("simulate", "order", "--from", "966500000007"),
        *("--set", "quantity=3", "--set", "copies=2", "--json"),
    )
    assert len(ordered.json()["wamids"]) == 1
    assert running.ask("/phones/966500000007")["messages"][1]["face"][0]["text"] == "3 × SKU-1"


def test_the_kinds_are_listed_with_what_can_be_set(command: Command, running: Running):
    del running
    listed = command("simulate").out
    assert "user_id_update" in listed
    assert "new_wa_id" in listed
    assert "whatsapp" in command("simulate", "--json").json()


def test_what_cannot_be_said_is_a_sentence(command: Command, running: Running):
    assert "none is registered" in command("simulate", "text", "x").err
    running.register("1")
    running.register("2")
    assert "1 (whatsapp), 2 (whatsapp)" in command("simulate", "text", "x").err
    wrong = command("simulate", "poll", "--number", "1")
    assert (wrong.code, "poll" in wrong.err) == (2, True)
    assert command("simulate", "text", "x", "--set", "colour").code == 2


def test_a_simulator_that_does_not_run_is_said(command: Command, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUDHUD_SIMULATOR_PORT", "1")
    said = command("simulate", "text", "x")
    assert said.code == 1
    assert "hudhud up" in said.err

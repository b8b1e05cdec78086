"""`hudhud inbox qr|connect`: the code that links a phone, in the terminal."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from command_line import CANARY, connect

from hudhud.core.linking.drawing import half_blocks

CODE = "2@a-code-that-links-a-phone"


class Evolution(http.server.BaseHTTPRequestHandler):
    """An instance that is linked once its code was asked for `scans` times."""

    asked: list[tuple[str, Any]]
    scans: int

    def do_GET(self) -> None:
        cls = type(self)
        cls.asked.append((self.path, None))
        if "connectionState" in self.path:
            self._say({"instance": {"state": "open" if cls.scans <= 0 else "close"}})
        else:
            cls.scans -= 1
            self._say({"code": CODE, "pairingCode": "ABCD1234"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        type(self).asked.append((self.path, body))
        self._say({"webhook": {}})

    def _say(self, told: Any) -> None:
        raw = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def evolution() -> Iterator[Any]:
    class Instance(Evolution):
        asked, scans = [], 1

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Instance)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Instance.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield Instance
    server.shutdown()
    server.server_close()
    thread.join()


def added(served: Any, evolution: Any) -> str:
    assert served("merchant", "add", "shop", "Shop").code == 0
    given = {"instance_name": "shop", "api_url": evolution.url, "apikey": f"{CANARY}-key"}
    given |= {"webhook_secret": f"{CANARY}-hook"}
    words = [word for name, value in given.items() for word in ("--set", f"{name}={value}")]
    said = served("inbox", "add", "evolution", "Phone", *words, "--json")
    return str(said.json()["key"])


def test_the_code_is_drawn_once_and_no_secret_is_said(served, evolution):
    key = added(served, evolution)
    said = served("inbox", "qr", key, "--wait-s", "0")
    assert said.code == 1
    assert half_blocks(CODE) in said.out
    assert "ABCD1234" in said.out
    assert CANARY not in said.everything


def test_it_ends_when_the_phone_is_linked(served, evolution):
    key = added(served, evolution)
    evolution.scans = 0
    said = served("inbox", "qr", key)
    assert (said.code, said.out.strip()) == (0, "The phone is linked.")


def test_connect_points_the_webhooks_here_first(served, evolution):
    key = added(served, evolution)
    evolution.scans = 0
    assert served("inbox", "connect", key).code == 0
    path, body = evolution.asked[0]
    assert path == "/webhook/set/shop"
    assert body["webhook"]["url"] == f"http://127.0.0.1:39417/webhooks/evolution/{key}"
    assert body["webhook"]["headers"] == {"x-hudhud-secret": f"{CANARY}-hook"}


def test_an_inbox_without_a_phone_says_so(served):
    assert served("merchant", "add", "shop", "Shop").code == 0
    key = connect(served, "--json").json()["key"]
    said = served("inbox", "qr", key)
    assert said.code == 2
    assert "has no phone to link" in said.err
    assert served("inbox", "qr", "nobody").code == 1

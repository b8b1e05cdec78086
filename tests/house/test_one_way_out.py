"""Whoever opens a connection to the outside is named here, with what stands before it (R1).

`tests/worker/test_nothing_leaves_unguarded.py` sees the same from below: every socket of a walk.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import house

OPENS = frozenset(
    {
        "AsyncClient", "ClientSession", "HTTPConnection", "HTTPSConnection", "SMTP", "SMTP_SSL",
        "TCPConnector", "connect_tcp", "create_connection", "create_unix_connection",
        "open_connection", "open_unix_connection", "sock_connect", "urlopen", "urlretrieve",
    }
)  # fmt: skip
KNOWN = {
    "src/hudhud/core/outside/session.py": "the door: it refuses what no breaker let through",
    "src/hudhud/responders/llm/providers.py": "a client for each answer, behind its breaker",
    "src/hudhud/responders/webhook/posting.py": "a session for each question, behind its breaker",
    "src/hudhud/queue/dial.py": "Valkey: its client distrusts it after one failure, and probes",
    "src/hudhud/cli/up.py": "asks whether our own port answers",
    "src/hudhud/cli/phones/simulate.py": "speaks to our own simulator",
    "src/hudhud/cli/sample_shop.py": "registers the sample number at our own simulator",
}
# Stages and stand-ins; what they ask is ours.
APART = ("src/hudhud/simulator/", "src/hudhud/ops/")


def opened(code: str) -> Iterator[str]:
    """Calls that open a connection: `aiohttp.ClientSession(…)`, `loop.create_connection(…)`."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.rpartition(".")[2] in OPENS:
                yield name


def test_no_other_file_opens_a_connection_to_the_outside() -> None:
    found = {
        house.name_of(path)
        for path in house.SOURCE.rglob("*.py")
        if any(opened(path.read_text(encoding="utf-8")))
    }
    assert {name for name in found if not name.startswith(APART)} == set(KNOWN)


def test_a_connection_is_recognised() -> None:
    code = "async with aiohttp.ClientSession() as http: http.get(url)"
    assert list(opened(code)) == ["aiohttp.ClientSession"]
    assert list(opened("urllib.request.urlopen(url)"))
    assert list(opened("asyncio.get_running_loop().create_connection(p, host)"))
    assert list(opened("ClientSession()"))
    assert not list(opened("self.http.get(url)"))

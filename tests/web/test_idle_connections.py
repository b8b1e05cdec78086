"""Whoever asks lets go of an idle connection first: no request meets one that is closing."""

from __future__ import annotations

from hudhud.core.outside.session import http_session
from hudhud.settings import Settings
from hudhud.simulator import app as simulator
from hudhud.web import asgi

NGINX_S, CADDY_S, NODE_S = 60, 120, 5


async def test_a_proxy_lets_go_of_a_connection_before_we_do() -> None:
    server = asgi._configuration(asgi.Probes, asgi.Webhooks, Settings())  # type: ignore[arg-type]
    assert server.timeout_keep_alive > max(NGINX_S, CADDY_S)


async def test_we_let_go_of_a_connection_before_a_provider_does() -> None:
    async with http_session() as http:
        assert http.connector is not None
        ours_s = http.connector._keepalive_timeout  # type: ignore[attr-defined]
        assert ours_s < min(NODE_S, simulator.KEEPALIVE_S)

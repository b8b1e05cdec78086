"""Each answer is kept with its trace, and a collector that is named is told of it as spans."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import msgspec
import pytest
import structlog
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from worker_ground import Provider, connected_shop, running_provider, settings, working

from hudhud.core.app import opened
from hudhud.model import Product
from hudhud.store import assistants, catalogue
from hudhud.store.lookups import NAMES
from hudhud.store.pool import Database
from shop import Shop

SECONDS_MAX = 30.0
WORDS = "بكم القميص الأزرق يا هدهد؟"
STEPS = ["claim", "look_ups", "search", "responder"]
BROKEN = """create or replace function lookup_contact(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language plpgsql stable as $$
begin
    raise exception 'broken on purpose';
end $$"""
SHIRT = Product(
    id=0,
    sku="قميص-١",
    name_ar="قميص أزرق",
    name_en="Blue shirt",
    description_ar="قطن",
    description_en="Cotton",
    category_ar="قمصان",
    category_en="Shirts",
    sizes=("M",),
    colours_ar=("أزرق",),
    colours_en=("Blue",),
    price_minor=28_000,
    currency="IQD",
    stock=3,
)


@dataclass
class Collector:
    """Takes what is exported, or keeps it waiting until `gate` opens."""

    url: str = ""
    hangs: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0
    keys: list[str] = field(default_factory=list)
    spans: list[Any] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.asked += 1
        self.keys.append(request.headers.get("x-key", ""))
        if self.hangs:
            await self.gate.wait()
        told = ExportTraceServiceRequest.FromString(await request.read())
        for resource in told.resource_spans:
            for scope in resource.scope_spans:
                self.spans += scope.spans
        return web.Response()

    def named(self, name: str) -> list[Any]:
        return [span for span in self.spans if span.name == name]


@asynccontextmanager
async def collecting(*, hangs: bool = False) -> AsyncIterator[Collector]:
    collector = Collector(hangs=hangs)
    app = web.Application()
    app.router.add_post("/v1/traces", collector.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    collector.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield collector
    collector.gate.set()
    await runner.cleanup()


async def selling(database: Database, provider: Provider) -> Shop:
    shop = await connected_shop(database, provider)
    async with database.deed(shop.merchant) as connection:
        assistant = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="catalogue"
        )
        await connection.execute("update inbox set assistant_id = $1", assistant)
        await catalogue.add_products(connection, shop.merchant, [SHIRT])
    return shop


async def until(true: Any) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while not await true():
            await asyncio.sleep(0.02)


async def asked(shop: Shop, customers: int, *, first: int = 0) -> None:
    who = range(first, first + customers)
    await shop.receive(*(shop.message(WORDS, who=f"77{n}") for n in who))
    await shop.make_due()


async def accepted(shop: Shop) -> int:
    return int(await shop.one("select count(*) from outbox where state = 'accepted'"))


async def test_an_answer_keeps_what_was_read_found_and_asked_and_how_long_it_took(
    database_url: Any, queue_url: str
) -> None:
    chosen = settings(database_url.app_url, queue_url, switches="queue=off", context="merged")
    async with running_provider() as provider, opened(chosen, name="test", pool_size=6) as app:
        shop = await selling(app.database, provider)
        async with working(app):
            await asked(shop, 1)
            await until(lambda: accepted(shop))
        row = (await shop.rows("select trace, claimed_at, finished_at from batch"))[0]
    trace = row["trace"]
    assert [step["name"] for step in trace["steps"]] == STEPS
    took_ms = (row["finished_at"] - row["claimed_at"]).total_seconds() * 1000
    assert sum(step["ms"] for step in trace["steps"]) <= took_ms + 50
    assert set(trace["read"]["look_ups"]) == set(NAMES)
    assert trace["found"]["products"][0]["sku"] == SHIRT.sku
    assert trace["asked"][0]["responder"] == "catalogue"
    assert len(trace["id"]) == 32


async def test_a_line_of_the_log_names_the_trace_of_its_answer(
    database_url: Any, queue_url: str
) -> None:
    chosen = settings(database_url.app_url, queue_url, switches="queue=off")
    lines: list[dict[str, Any]] = []
    before = structlog.get_config()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            lambda _logger, _name, line: lines.append(dict(line)) or "",
        ],
    )
    try:
        async with running_provider() as provider, opened(chosen, name="test", pool_size=6) as app:
            shop = await selling(app.database, provider)
            owner = await asyncpg.connect(database_url.owner_url)
            await owner.execute(BROKEN)
            await owner.close()
            async with working(app):
                await asked(shop, 1)
                await until(lambda: accepted(shop))
            (trace,) = [row[0] for row in await shop.rows("select trace ->> 'id' from batch")]
    finally:
        structlog.configure(**before)
    failed = [line for line in lines if line.get("event") == "context.look_up_failed"]
    assert [(line["look_up"], line["trace"]) for line in failed] == [("contact", trace)]


async def test_a_collector_is_told_every_step_and_nobodys_words(
    database_url: Any, queue_url: str
) -> None:
    async with collecting() as collector, running_provider() as provider:
        chosen = settings(
            database_url.app_url,
            queue_url,
            switches="queue=off",
            otlp_url=collector.url,
            otlp_headers={"x-key": "secret"},
        )
        async with opened(chosen, name="test", pool_size=6) as app:
            shop = await selling(app.database, provider)
            async with working(app):
                await asked(shop, 2)

                async def told() -> bool:
                    return len(collector.named("send")) == 2 == len(collector.named("answer"))

                await until(told)
            traces = {row[0] for row in await shop.rows("select trace ->> 'id' from batch")}
    assert {span.trace_id.hex() for span in collector.spans} == traces
    assert set(collector.keys) == {"secret"}
    for root in collector.named("answer"):
        children = [s for s in collector.spans if s.parent_span_id == root.span_id]
        assert {span.trace_id for span in children} == {root.trace_id}
        assert [s.name for s in children if s.name != "send"] == [*STEPS, "finish"]
        assert all(s.start_time_unix_nano <= s.end_time_unix_nano for s in children)
        assert root.start_time_unix_nano == min(s.start_time_unix_nano for s in children)
    assert len({span.span_id for span in collector.spans}) == len(collector.spans)
    words = msgspec.json.encode([str(span) for span in collector.spans]).decode()
    for word in WORDS.split():
        assert word not in words
        assert word.encode().hex() not in words


async def test_an_answer_is_not_later_because_the_collector_hangs(
    database_url: Any, queue_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hudhud.core.tracing.spans.EVERY_S", 0.02)
    monkeypatch.setattr("hudhud.core.tracing.spans.TIMEOUT_S", 0.3)
    async with collecting(hangs=True) as collector, running_provider() as provider:
        chosen = settings(
            database_url.app_url, queue_url, switches="queue=off", otlp_url=collector.url
        )
        async with opened(chosen, name="test", pool_size=6) as app:
            shop = await selling(app.database, provider)
            async with working(app):
                await asked(shop, 1)  # the first answer warms everything, and meets the collector
                await until(lambda: _answered(shop, 1))
                async with asyncio.timeout(SECONDS_MAX):
                    while not collector.asked:
                        await asyncio.sleep(0.01)
                began = time.monotonic()
                await asked(shop, 20, first=1)
                await until(lambda: _answered(shop, 21))
                took_s = time.monotonic() - began
    assert collector.spans == []
    assert took_s < 3


async def _answered(shop: Shop, count: int) -> bool:
    return bool(await shop.one("select count(*) from batch") >= count)

"""The ceiling: what any Python process could do at most with such webhooks on this machine.

A bare ASGI route that proves the signature, and the smallest statement that is still correct, in
commits that are shared by whatever waits. No inboxes, contacts, journal, spool, hints, statuses,
limits or metrics: nothing but what law 2 needs.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import msgspec
import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

from bench.ground import Ground
from bench.processes import Process, answers, free_port, running

DATABASE = "ceiling"
GROUP_MAX = 512
SCHEMA = """
create table thread (
    id bigint generated always as identity primary key,
    account text collate "C" not null,
    customer text collate "C" not null,
    waiting integer not null default 0,
    due_at timestamptz,
    unique (account, customer)
);
create table letter (
    id bigint generated always as identity primary key,
    thread_id bigint not null,
    account text collate "C" not null,
    external_id text collate "C" not null,
    body bytea not null,
    accepted_at timestamptz not null default now(),
    unique (account, external_id)
);
-- Lock first and in one order, then key and message, then the due time: any other order loses a
-- message of two concurrent commits, deadlocks, or counts a duplicate.
create function take(accounts text[], customers text[], externals text[], bodies bytea[])
returns table (thread bigint, due_ms double precision) language plpgsql as $$
declare threads bigint[];
begin
    insert into thread (account, customer)
    select distinct u.a, u.c from unnest(accounts, customers) u(a, c)
    where not exists (select 1 from thread t where t.account = u.a and t.customer = u.c)
    order by 1, 2 on conflict do nothing;
    with locked as materialized (
        select t.id, t.account, t.customer from thread t
        where (t.account, t.customer) in (select u.a, u.c from unnest(accounts, customers) u(a, c))
        order by t.account, t.customer for no key update)
    select array_agg(l.id order by u.o) into threads
    from unnest(accounts, customers) with ordinality u(a, c, o)
    join locked l on l.account = u.a and l.customer = u.c;
    return query
    with stored as (
        insert into letter (thread_id, account, external_id, body)
        select u.t, u.a, u.e, u.b from unnest(threads, accounts, externals, bodies)
            with ordinality u(t, a, e, b, o) order by u.o
        on conflict do nothing returning thread_id),
    counted as (select thread_id, count(*)::integer as n from stored group by 1)
    update thread t set waiting = t.waiting + c.n,
        due_at = case when t.waiting + c.n >= 5 then least(t.due_at, now())
            else coalesce(t.due_at, now() + interval '8 s') end
    from counted c where t.id = c.thread_id and t.id = any (threads)
    returning t.id, greatest(0, extract(epoch from t.due_at - now()) * 1000)::double precision;
end $$;
"""


class Text(msgspec.Struct):
    """A customer's message, as far as the statement needs it."""

    id: str
    customer: str = msgspec.field(name="from")


class Metadata(msgspec.Struct):
    """The number that was written to."""

    phone_number_id: str


class Value(msgspec.Struct):
    """What changed."""

    metadata: Metadata
    messages: list[Text]


class Change(msgspec.Struct):
    """One change of an entry."""

    value: Value


class Entry(msgspec.Struct):
    """One entry of a webhook."""

    changes: list[Change]


class Body(msgspec.Struct):
    """A webhook's body."""

    entry: list[Entry]


Letter = tuple[str, str, str, bytes]


class Ceiling:
    """The route, and the one connection that commits."""

    def __init__(self, database_url: str, secret: str) -> None:
        """Keep what is needed; uvicorn's lifespan opens the connection."""
        self._url = database_url
        self._secret = secret.encode()
        self._decoder = msgspec.json.Decoder(Body)
        self._waiting: list[tuple[Letter, asyncio.Future[None]]] = []
        self._came = asyncio.Event()

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Serve the lifespan, or answer one webhook: 200 after its commit."""
        if scope["type"] == "lifespan":
            await receive()
            self._committing = asyncio.create_task(self._commit())
            await send({"type": "lifespan.startup.complete"})
            await receive()
            self._committing.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
        assert scope["type"] == "http"  # noqa: S101 - nothing else is served
        status = 200 if scope["method"] == "GET" or await self._take(scope, receive) else 401
        headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
        await send(
            {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
        )
        await send({"type": "http.response.body", "body": b"ok", "more_body": False})

    async def _take(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> bool:
        body = b""
        more = True
        while more:
            event = await receive()
            assert event["type"] == "http.request"  # noqa: S101 - our client does not hang up
            body, more = body + event["body"], event["more_body"]
        given = dict(scope["headers"]).get(b"x-hub-signature-256", b"")
        proof = b"sha256=" + hmac.digest(self._secret, body, "sha256").hex().encode()
        if not hmac.compare_digest(proof, given):
            return False
        done = asyncio.get_running_loop().create_future()
        value = self._decoder.decode(body).entry[0].changes[0].value
        message = value.messages[0]
        letter = (value.metadata.phone_number_id, message.customer, message.id, body)
        self._waiting.append((letter, done))
        self._came.set()
        await done
        return True

    async def _commit(self) -> None:
        connection = await asyncpg.connect(self._url)
        statement = await connection.prepare("select * from take($1, $2, $3, $4)")
        while True:
            await self._came.wait()
            group, self._waiting = self._waiting[:GROUP_MAX], self._waiting[GROUP_MAX:]
            if not self._waiting:
                self._came.clear()
            columns = zip(*(letter for letter, _ in group), strict=True)
            await statement.fetch(*map(list, columns))
            for _, done in group:
                done.set_result(None)


@contextmanager
def bare(on: Ground, url: str, secret: str) -> Iterator[tuple[Process, int]]:
    """The ceiling as a process of its own, and its port."""
    port = free_port()
    environ = {**on.environ, "BENCH_URL": url, "BENCH_SECRET": secret}
    with running(
        ["bench.ceiling", str(port)],
        environ,
        on.folder / "ceiling.log",
        lambda _: answers(port, "/"),
    ) as process:
        yield process, port


async def prepare(on: Ground) -> str:
    """Make the ceiling's own database beside the product's; returns its URL."""
    await on.administer(f"create database {DATABASE} owner hudhud_owner")
    url = on.postgresql.owner_url.replace("/hudhud?", f"/{DATABASE}?")
    connection = await asyncpg.connect(url)
    await connection.execute(SCHEMA)
    await connection.close()
    return url


def main() -> None:
    """Serve on a port, as the product's web process does."""
    app = Ceiling(os.environ["BENCH_URL"], os.environ["BENCH_SECRET"])
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        server_header=False,
        log_level="error",
    )


if __name__ == "__main__":
    main()

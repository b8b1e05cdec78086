"""What is measured on: durable engines, a merchant whose provider is the sink, our processes."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import asyncpg

from bench import sink
from bench.client import Posted, post
from bench.processes import Process, answers, bare_environ, free_port, running
from bench.work import BETWEEN, Signed, signed
from hudhud.core.connecting import connect
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import add_merchant
from hudhud.model import Inbox
from hudhud.ops.engines import PostgresqlEngine, ValkeyEngine, start_postgresql, start_valkey
from hudhud.store import assistants
from hudhud.store.pool import Database
from hudhud.store.schema.migrate import migrate

FIRST_NUMBER = 700_000_000_000
STALL_S_MAX = 120.0
LOOK_S, STILL_S = 0.02, 0.3
# Of PostgreSQL's log, at 16 MB: as many as a run writes, and as a server keeps that has run before.
LOG_FILES = 24
KEPT = {"min_wal_size": f"{16 * (LOG_FILES + 1)}MB"}
STATEMENTS = {"shared_preload_libraries": "pg_stat_statements", "pg_stat_statements.track": "top"}
# Asked by conversation, as the indexes are: to count the messages of an inbox reads all there are,
# and what the bench asks of PostgreSQL is charged to whoever is measured.
OPEN = """select count(*) from conversation where inbox_id = $1 and (
    exists (select from message where conversation_id = conversation.id
        and direction = 'in' and wakes and batch_id is null)
    or $2 and exists (select from outbox where conversation_id = conversation.id
        and state in ('queued', 'sending', 'unknown')))"""
STORED = """select coalesce(sum(those.count), 0) from conversation, lateral (
    select count(*) from message where conversation_id = conversation.id and direction = 'in'
    ) as those where inbox_id = $1"""
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Running engines, the sink, and how our processes are started on them.

    `owner` has connections of the tables' owner, who sees every row; the product never has it.
    """

    folder: Path
    postgresql: PostgresqlEngine
    valkey: ValkeyEngine
    database: Database
    owner: asyncpg.Pool[asyncpg.Record]
    merchant_id: int
    vault: Vault
    environ: Mapping[str, str]
    web_port: int
    sink_port: int
    _messages: Iterator[int] = field(default_factory=itertools.count)

    async def inbox(
        self, *, window_ms: int = 1000, batch_max: int = 5, delay_s: float = 0.0
    ) -> Inbox:
        """One more number that is written to, answered by the instant responder."""
        number = str(FIRST_NUMBER + next(_numbers))
        given = {
            "phone_number_id": number,
            "token": "token",
            "app_secret": secrets.token_hex(16),
            "verify_token": "verify",
            "api_url": f"http://127.0.0.1:{self.sink_port}",
        }
        async with self.database.deed(self.merchant_id) as connection:
            assistant_id = await assistants.add(
                connection,
                self.merchant_id,
                name=number,
                responder="instant",
                options={"delay_s": delay_s},
            )
            return await connect(
                connection,
                self.vault,
                merchant_id=self.merchant_id,
                channel="whatsapp",
                name=number,
                given=given,
                assistant_id=assistant_id,
                window_ms=window_ms,
                batch_max=batch_max,
            )

    def webhooks(
        self,
        inbox: Inbox,
        count: int,
        *,
        conversations: int,
        burst: int = 1,
        newcomers: bool,
        in_step: int = BETWEEN,
    ) -> list[Signed]:
        """Signed webhooks of an inbox; `newcomers` never wrote before, others come back."""
        first = next(self._messages) * 10_000_000
        return signed(
            count,
            account=inbox.account,
            secret=str(inbox.options["app_secret"]),
            conversations=conversations,
            burst=burst,
            first=first,
            first_customer=first if newcomers else 0,
            in_step=in_step,
        )

    @contextmanager
    def web(self, **variables: str) -> Iterator[Process]:
        """A web process that is ready."""
        environ = {**self.environ, **variables}
        log = self.folder / f"web-{next(_numbers)}.log"
        with running(
            ["hudhud", "web"], environ, log, lambda _: answers(self.web_port, "/health/ready")
        ) as process:
            yield process

    @contextmanager
    def workers(self, count: int = 1, **variables: str) -> Iterator[list[Process]]:
        """So many worker processes that have started."""
        environ = {**self.environ, **variables}
        with ExitStack() as stack:
            yield [
                stack.enter_context(
                    running(
                        ["bench.worker"],
                        environ,
                        self.folder / f"worker-{next(_numbers)}.log",
                        lambda process: process.said("worker.started"),
                    )
                )
                for _ in range(count)
            ]

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Rows, as the owner sees them."""
        return list(await self.owner.fetch(sql, *values))

    async def one(self, sql: str, *values: object) -> Any:
        """The first value of the first row."""
        return await self.owner.fetchval(sql, *values)

    async def post(
        self, inbox: Inbox, webhooks: Sequence[Signed], *, in_flight: int = 64, per_s: float = 0.0
    ) -> Posted:
        """Send webhooks to the web process, and see that each one that got its 200 is stored.

        Raises:
            RuntimeError: an answer was not 200.
            TimeoutError: a 200 was given for what does not come into the database.
        """
        before = await self.stored(inbox)
        posted = await self.send(inbox, webhooks, in_flight=in_flight, per_s=per_s)
        wanted = before + len(webhooks)
        spooled = wanted - await self.stored(inbox)
        async with asyncio.timeout(STALL_S_MAX):
            while await self.stored(inbox) != wanted:  # noqa: ASYNC110 - a database
                await asyncio.sleep(LOOK_S)
        return replace(posted, spooled=spooled)

    async def send(
        self, inbox: Inbox, webhooks: Sequence[Signed], *, in_flight: int = 64, per_s: float = 0.0
    ) -> Posted:
        """As `post`, but whoever calls looks into the database.

        Raises:
            RuntimeError: an answer was not 200.
        """
        path = f"/webhooks/whatsapp/{inbox.key}"
        return await post(self.web_port, webhooks, path=path, in_flight=in_flight, per_s=per_s)

    async def stored(self, inbox: Inbox) -> int:
        """Messages of customers that are in the database."""
        return int(await self.one(STORED, inbox.id))

    async def answered(self, inbox: Inbox, *, sent: bool = True) -> None:
        """Wait until every message of an inbox is in a batch and every answer was taken.

        Args:
            inbox: of which the messages are.
            sent: whether to wait for the provider too.

        Raises:
            TimeoutError: nothing changes any more, and something is left.
        """
        left = -1
        while left:
            async with asyncio.timeout(STALL_S_MAX):
                before = left
                while left == before:
                    await self._still()
                    left = await self.one(OPEN, inbox.id, sent)

    async def _still(self) -> None:
        """Until nothing came to the sink for a moment: to ask it costs next to nothing."""
        came, since = -1, time.monotonic()
        while time.monotonic() - since < STILL_S:
            before, came = came, await asyncio.to_thread(sink.count, self.sink_port)
            if came != before:
                since = time.monotonic()
            await asyncio.sleep(LOOK_S)

    async def forget(self, inbox: Inbox) -> None:
        """Have nobody answer what waits in an inbox: a run with many peers outlasts any window."""
        await self.owner.execute(
            "update conversation set due_at = null where inbox_id = $1", inbox.id
        )
        await self.owner.execute(
            "delete from message where inbox_id = $1 and batch_id is null", inbox.id
        )

    async def administer(self, statement: str, *, database: str = "postgres") -> None:
        """One statement of the superuser."""
        url = self.postgresql.admin_url.replace("/postgres?", f"/{database}?")
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def engine(self) -> dict[str, float]:
        """Valkey's own counters (`INFO`) that are numbers, by name."""
        path = unquote(self.valkey.url.removeprefix("unix://"))
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b"INFO\r\n")
        length = int((await reader.readline())[1:])
        text = (await reader.readexactly(length)).decode()
        writer.close()
        await writer.wait_closed()
        lines = (line.partition(":") for line in text.splitlines())
        return {
            name: float(value) for name, _, value in lines if value.replace(".", "", 1).isdigit()
        }


@asynccontextmanager
async def ground(
    folder: Path, *, settings: Mapping[str, str] | None = None, **variables: str
) -> AsyncIterator[Ground]:
    """Engines in a folder of their own, a merchant and the sink; all stopped whatever happens.

    Args:
        folder: made anew.
        settings: of PostgreSQL, beside the product's.
        variables: settings of our processes, by name, beside the defaults.
    """
    await asyncio.to_thread(folder.mkdir, 0o755)
    settings = {**KEPT, **(settings or {})}
    postgresql = await asyncio.to_thread(start_postgresql, folder / "data", settings=settings)
    valkey = await asyncio.to_thread(start_valkey, folder / "data")
    key_hex = secrets.token_hex(32)
    web_port, sink_port = free_port(), free_port()
    environ = {
        **bare_environ(),
        "HUDHUD_DATABASE_URL": postgresql.app_url,
        "HUDHUD_QUEUE_URL": valkey.url,
        "HUDHUD_DATA_DIR": str(folder / "data"),
        "HUDHUD_PORT": str(web_port),
        "HUDHUD_WORKER_METRICS_PORT": "0",
        # What a provider allows one number is not what is measured.
        "HUDHUD_SENDS_PER_S": "10000",
        "HUDHUD_LOG_FORMAT": "json",
        "SECRET_KEY": secrets.token_hex(32),
        "ENCRYPTION_KEY_HEX": key_hex,
        **variables,
    }
    try:
        await migrate(postgresql.owner_url, runtime_role="hudhud_app")
        await _wear(postgresql)
        database = await Database.open(postgresql.app_url, size=2, name="hudhud-bench")
        owner = await asyncpg.create_pool(postgresql.owner_url, min_size=1, max_size=2)
        try:
            merchant_id = await add_merchant(
                database, key="bench", name="قياس", language="ar", currency="IQD"
            )
            with running(
                ["bench.sink", str(sink_port)],
                environ,
                folder / "sink.log",
                lambda _: answers(sink_port, "/count"),
            ):
                yield Ground(
                    folder=folder,
                    postgresql=postgresql,
                    valkey=valkey,
                    database=database,
                    owner=owner,
                    merchant_id=merchant_id,
                    vault=Vault(key_hex),
                    environ=environ,
                    web_port=web_port,
                    sink_port=sink_port,
                )
        finally:
            await owner.close()
            await database.close()
    finally:
        for engine in (valkey, postgresql):
            await asyncio.to_thread(engine.stop)


async def _wear(postgresql: PostgresqlEngine) -> None:
    """Have the files of the log that a server which has run for a while takes again.

    A new server makes each of them, and everybody waits 46 ms meanwhile: in a round of half a
    second that is a tenth, for one round and not for the next.
    """
    connection = await asyncpg.connect(postgresql.admin_url)
    try:
        for _ in range(LOG_FILES):
            await connection.execute(
                "select pg_logical_emit_message(false, 'bench', ''); select pg_switch_wal()"
            )
        await connection.execute("checkpoint")
    finally:
        await connection.close()

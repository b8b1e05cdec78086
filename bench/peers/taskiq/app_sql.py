"""A burst gets one answer, with taskiq and PostgreSQL (https://taskiq-python.github.io/).

Messages and answers are rows; the job goes into Redis after the commit, so a crash in between
leaves messages without a job: taskiq has no transaction that spans both.
"""

import asyncio
import hmac
import json
import os
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from taskiq import TaskiqEvents, TaskiqScheduler, TaskiqState
from taskiq_redis import ListRedisScheduleSource, RedisStreamBroker

SECRET = os.environ["APP_SECRET"].encode()
WINDOW_S = float(os.environ["WINDOW_S"])
BURST = int(os.environ["BURST"])
ANSWER_S = float(os.environ["ANSWER_S"])

KEEP = """
with kept as (
    insert into message (id, conversation, body) values ($1, $2, $3)
    on conflict do nothing returning conversation
)
insert into conversation as c (id, waiting) select conversation, 1 from kept
on conflict (id) do update set waiting = c.waiting + 1 returning waiting
"""
WAITING = "select id, body from message where conversation = $1 and answer is null order by seq"
MARK = "update message set answer = $1 where id = any($2) and answer is null returning id"
REPLY = "insert into outbox (id, conversation, messages, at, body) values ($1, $2, $3, $4, $5)"
LEFT = "update conversation set waiting = waiting - $2 where id = $1 returning waiting"

URL = os.environ["QUEUE_URL"]
# What a killed worker held is taken over after `idle_timeout` ms; a lock on looking for it, which
# by default lives for ever when its holder is killed, after `unacknowledged_lock_timeout` s.
broker = RedisStreamBroker(URL, idle_timeout=10_000, unacknowledged_lock_timeout=10)
schedules = ListRedisScheduleSource(URL)
scheduler = TaskiqScheduler(broker, sources=[schedules])


def connect() -> asyncpg.Pool:
    return asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=10, max_size=10)


async def webhook(request: Request) -> Response:
    body = await request.body()
    signature = "sha256=" + hmac.digest(SECRET, body, "sha256").hex()
    if not hmac.compare_digest(signature, request.headers.get("x-hub-signature-256", "")):
        return Response(status_code=401)
    for entry in json.loads(body)["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                await accept(request.app.state.database, message)
    return Response()


async def accept(database: asyncpg.Pool, message: dict) -> None:
    conversation = message["from"]
    waiting = await database.fetchval(KEEP, message["id"], conversation, json.dumps(message))
    if waiting == BURST:
        await schedule(conversation, "", 0)
    elif waiting == 1:
        await schedule(conversation, message["id"], WINDOW_S)


async def schedule(conversation: str, first: str, delay_s: float) -> None:
    if not delay_s:
        await answer.kiq(conversation, first)
        return
    due = datetime.now(UTC) + timedelta(seconds=delay_s)
    await answer.schedule_by_time(schedules, due, conversation, first)


@broker.task
async def answer(conversation: str, first: str) -> None:
    database = broker.state.database
    messages = await database.fetch(WAITING, conversation)
    if not messages or (first and messages[0]["id"] != first):
        return
    ids, started, reply = [message["id"] for message in messages], time.time(), uuid.uuid4()
    body = await respond(messages)
    async with database.acquire() as connection, connection.transaction():
        if len(await connection.fetch(MARK, reply, ids)) != len(ids):
            raise RuntimeError("another worker answered some of these; the job is tried again")
        await connection.execute(REPLY, reply, conversation, ids, started, body)
        left = await connection.fetchval(LEFT, conversation, len(ids))
    if left:
        await schedule(conversation, "", WINDOW_S)


async def respond(messages: list) -> str:
    if ANSWER_S:
        await asyncio.sleep(ANSWER_S)
    return f"وصلت رسائلك: {len(messages)}"


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    await broker.startup()
    async with connect() as app.state.database:
        yield
    await broker.shutdown()


@broker.on_event(TaskiqEvents.WORKER_STARTUP)
async def startup(state: TaskiqState) -> None:
    state.database = await connect()


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])], lifespan=lifespan)

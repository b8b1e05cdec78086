"""A burst gets one answer, with taskiq alone.

https://taskiq-python.github.io/guide/scheduling-tasks.html

It has no unique tasks; `schedule_by_time` delays one, and a scheduler of its own kicks it in the
second after. The messages wait in a list of their own, because a task cannot be added to.
"""

import asyncio
import hmac
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from taskiq import TaskiqScheduler
from taskiq_redis import ListRedisScheduleSource, RedisStreamBroker

SECRET = os.environ["APP_SECRET"].encode()
WINDOW_S = float(os.environ["WINDOW_S"])
BURST = int(os.environ["BURST"])
ANSWER_S = float(os.environ["ANSWER_S"])

URL = os.environ["QUEUE_URL"]
# What a killed worker held is taken over after `idle_timeout` ms; a lock on looking for it, which
# by default lives for ever when its holder is killed, after `unacknowledged_lock_timeout` s.
broker = RedisStreamBroker(URL, idle_timeout=10_000, unacknowledged_lock_timeout=10)
schedules = ListRedisScheduleSource(URL)
scheduler = TaskiqScheduler(broker, sources=[schedules])
redis = Redis.from_url(URL)
keep = redis.register_script("""
if not redis.call('SET', KEYS[1], 1, 'NX', 'EX', 86400) then return 0 end
return redis.call('RPUSH', KEYS[2], ARGV[1])
""")
# Two workers may hold one job after a crash: only the first finds its messages still waiting.
close = redis.register_script("""
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return 0 end
redis.call('RPUSH', 'outbox', ARGV[2])
redis.call('LTRIM', KEYS[1], ARGV[3], -1)
return redis.call('LLEN', KEYS[1])
""")


async def webhook(request: Request) -> Response:
    body = await request.body()
    signature = "sha256=" + hmac.digest(SECRET, body, "sha256").hex()
    if not hmac.compare_digest(signature, request.headers.get("x-hub-signature-256", "")):
        return Response(status_code=401)
    for entry in json.loads(body)["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                await accept(message)
    return Response()


async def accept(message: dict) -> None:
    conversation = message["from"]
    waiting = await keep(
        keys=[f"seen:{message['id']}", f"waiting:{conversation}"], args=[json.dumps(message)]
    )
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
    waiting = f"waiting:{conversation}"
    raw = await redis.lrange(waiting, 0, -1)
    messages = [json.loads(one) for one in raw]
    if not messages or (first and messages[0]["id"] != first):
        return
    started = time.time()
    reply = {
        "conversation": conversation,
        "messages": [message["id"] for message in messages],
        "at": started,
        "body": await respond(messages),
    }
    if await close(keys=[waiting], args=[raw[0], json.dumps(reply), len(raw)]):
        await schedule(conversation, "", WINDOW_S)


async def respond(messages: list[dict]) -> str:
    if ANSWER_S:
        await asyncio.sleep(ANSWER_S)
    return f"وصلت رسائلك: {len(messages)}"


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    await broker.startup()
    yield
    await broker.shutdown()


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])], lifespan=lifespan)

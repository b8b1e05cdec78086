"""A burst gets one answer, with arq alone (https://arq-docs.helpmanual.io/).

`_defer_by` delays a job; `_job_id` would refuse the next burst while the last one runs. The
messages wait in a list of their own, because a job cannot be added to.
"""

import asyncio
import hmac
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from arq import ArqRedis, create_pool
from arq.connections import RedisSettings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET = os.environ["APP_SECRET"].encode()
WINDOW_S = float(os.environ["WINDOW_S"])
BURST = int(os.environ["BURST"])
ANSWER_S = float(os.environ["ANSWER_S"])

SETTINGS = RedisSettings.from_dsn(os.environ["QUEUE_URL"])
KEEP = """
if not redis.call('SET', KEYS[1], 1, 'NX', 'EX', 86400) then return 0 end
return redis.call('RPUSH', KEYS[2], ARGV[1])
"""
# Two workers may hold one job after a crash: only the first finds its messages still waiting.
CLOSE = """
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return 0 end
redis.call('RPUSH', 'outbox', ARGV[2])
redis.call('LTRIM', KEYS[1], ARGV[3], -1)
return redis.call('LLEN', KEYS[1])
"""


async def webhook(request: Request) -> Response:
    body = await request.body()
    signature = "sha256=" + hmac.digest(SECRET, body, "sha256").hex()
    if not hmac.compare_digest(signature, request.headers.get("x-hub-signature-256", "")):
        return Response(status_code=401)
    for entry in json.loads(body)["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                await accept(request.app.state.queue, message)
    return Response()


async def accept(queue: ArqRedis, message: dict) -> None:
    conversation = message["from"]
    keys = [f"seen:{message['id']}", f"waiting:{conversation}"]
    waiting = await queue.register_script(KEEP)(keys=keys, args=[json.dumps(message)])
    if waiting == BURST:
        await schedule(queue, conversation, "", 0)
    elif waiting == 1:
        await schedule(queue, conversation, message["id"], WINDOW_S)


async def schedule(queue: ArqRedis, conversation: str, first: str, delay_s: float) -> None:
    await queue.enqueue_job("answer", conversation, first, _defer_by=delay_s)


async def answer(context: dict, conversation: str, first: str) -> None:
    queue, waiting = context["redis"], f"waiting:{conversation}"
    raw = await queue.lrange(waiting, 0, -1)
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
    close = queue.register_script(CLOSE)
    if await close(keys=[waiting], args=[raw[0], json.dumps(reply), len(raw)]):
        await schedule(queue, conversation, "", WINDOW_S)


async def respond(messages: list[dict]) -> str:
    if ANSWER_S:
        await asyncio.sleep(ANSWER_S)
    return f"وصلت رسائلك: {len(messages)}"


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.queue = await create_pool(SETTINGS)
    yield
    await app.state.queue.aclose()


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])], lifespan=lifespan)


class Worker:
    functions = (answer,)
    redis_settings = SETTINGS
    max_jobs = 64
    max_tries = 5
    keep_result = 0
    # What a killed worker held is free again ten seconds after this.
    job_timeout = 10
    # It polls; twice a second by default, which alone would make an answer late.
    poll_delay = 0.01

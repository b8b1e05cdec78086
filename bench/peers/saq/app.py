"""A burst gets one answer, with SAQ alone (https://saq-py.readthedocs.io/en/latest/).

`scheduled` delays a job; a job's `key` would refuse the next burst while the last one runs. The
messages wait in a list of their own, because a job cannot be added to.
"""

import asyncio
import hmac
import json
import math
import os
import time

from saq import Queue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET = os.environ["APP_SECRET"].encode()
WINDOW_S = float(os.environ["WINDOW_S"])
BURST = int(os.environ["BURST"])
ANSWER_S = float(os.environ["ANSWER_S"])

queue = Queue.from_url(os.environ["QUEUE_URL"])
keep = queue.redis.register_script("""
if not redis.call('SET', KEYS[1], 1, 'NX', 'EX', 86400) then return 0 end
return redis.call('RPUSH', KEYS[2], ARGV[1])
""")
# Two workers may hold one job after a crash: only the first finds its messages still waiting.
close = queue.redis.register_script("""
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
    # Whole seconds are what `scheduled` takes: rounded up, an answer is never early.
    at = math.ceil(time.time() + delay_s) if delay_s else 0
    await queue.enqueue(
        "answer", conversation=conversation, first=first, scheduled=at, timeout=10, retries=5
    )


async def answer(_context: dict, *, conversation: str, first: str) -> None:
    waiting = f"waiting:{conversation}"
    raw = await queue.redis.lrange(waiting, 0, -1)
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


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])
settings = {
    "queue": queue,
    "functions": [answer],
    "concurrency": 64,
    "timers": {"schedule": 1, "sweep": 5},
}

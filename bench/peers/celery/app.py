"""A burst gets one answer, with Celery alone.

https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/redis.html

It has no unique tasks; `countdown` delays one. The messages wait in a list of their own, because a
task cannot be added to.
"""

import hmac
import json
import os
import time

from celery import Celery
from redis import Redis
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET = os.environ["APP_SECRET"].encode()
WINDOW_S = float(os.environ["WINDOW_S"])
BURST = int(os.environ["BURST"])
ANSWER_S = float(os.environ["ANSWER_S"])

queue = Celery("answers", broker=os.environ["QUEUE_URL"])
queue.conf.update(
    task_ignore_result=True,
    # A killed worker's tasks come again, after `visibility_timeout` seconds; unless told so,
    # only each tenth look, a hundred seconds apart, asks for them.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={"visibility_timeout": 20, "unacked_restore_throttle": 1},
)
redis = Redis.from_url(os.environ["QUEUE_URL"])
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
                # Its client blocks: a thread, as Starlette's documentation has it.
                await run_in_threadpool(accept, message)
    return Response()


def accept(message: dict) -> None:
    conversation = message["from"]
    waiting = keep(
        keys=[f"seen:{message['id']}", f"waiting:{conversation}"], args=[json.dumps(message)]
    )
    if waiting == BURST:
        schedule(conversation, "", 0)
    elif waiting == 1:
        schedule(conversation, message["id"], WINDOW_S)


def schedule(conversation: str, first: str, delay_s: float) -> None:
    answer.apply_async((conversation, first), countdown=delay_s or None)


@queue.task(autoretry_for=(Exception,), max_retries=5)
def answer(conversation: str, first: str) -> None:
    waiting = f"waiting:{conversation}"
    raw = redis.lrange(waiting, 0, -1)
    messages = [json.loads(one) for one in raw]
    if not messages or (first and messages[0]["id"] != first):
        return
    started = time.time()
    reply = {
        "conversation": conversation,
        "messages": [message["id"] for message in messages],
        "at": started,
        "body": respond(messages),
    }
    if close(keys=[waiting], args=[raw[0], json.dumps(reply), len(raw)]):
        schedule(conversation, "", WINDOW_S)


def respond(messages: list) -> str:
    if ANSWER_S:
        time.sleep(ANSWER_S)
    return f"وصلت رسائلك: {len(messages)}"


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])

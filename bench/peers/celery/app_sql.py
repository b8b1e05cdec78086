"""A burst gets one answer, with Celery and PostgreSQL.

https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/redis.html

Messages and answers are rows; the job goes into Redis after the commit, so a crash in between
leaves messages without a job: Celery has no transaction that spans both.
"""

import hmac
import json
import os
import time
import uuid
from contextlib import AbstractContextManager

from celery import Celery
from psycopg import Connection
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET = os.environ["APP_SECRET"].encode()
WINDOW_S = float(os.environ["WINDOW_S"])
BURST = int(os.environ["BURST"])
ANSWER_S = float(os.environ["ANSWER_S"])

KEEP = """
with kept as (
    insert into message (id, conversation, body) values (%s, %s, %s)
    on conflict do nothing returning conversation
)
insert into conversation as c (id, waiting) select conversation, 1 from kept
on conflict (id) do update set waiting = c.waiting + 1 returning waiting
"""
WAITING = "select id, body from message where conversation = %s and answer is null order by seq"
MARK = "update message set answer = %s where id = any(%s) and answer is null"
REPLY = "insert into outbox (id, conversation, messages, at, body) values (%s, %s, %s, %s, %s)"
LEFT = "update conversation set waiting = waiting - %s where id = %s returning waiting"

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


database = ConnectionPool(os.environ["DATABASE_URL"], min_size=10, max_size=10, open=False)


def connected() -> AbstractContextManager[Connection]:
    database.open()  # by the process that uses it, after a worker's fork; once does
    return database.connection()


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
    with connected() as connection:
        kept = connection.execute(KEEP, (message["id"], conversation, json.dumps(message)))
        row = kept.fetchone()
    waiting = row[0] if row else 0
    if waiting == BURST:
        schedule(conversation, "", 0)
    elif waiting == 1:
        schedule(conversation, message["id"], WINDOW_S)


def schedule(conversation: str, first: str, delay_s: float) -> None:
    answer.apply_async((conversation, first), countdown=delay_s or None)


@queue.task(autoretry_for=(Exception,), max_retries=5)
def answer(conversation: str, first: str) -> None:
    with connected() as connection:
        messages = connection.execute(WAITING, (conversation,)).fetchall()
    if not messages or (first and messages[0][0] != first):
        return
    ids, started, reply = [message[0] for message in messages], time.time(), uuid.uuid4()
    body = respond(messages)
    with connected() as connection:
        if connection.execute(MARK, (reply, ids)).rowcount != len(ids):
            raise RuntimeError("another worker answered some of these; the job is tried again")
        connection.execute(REPLY, (reply, conversation, ids, started, body))
        (left,) = connection.execute(LEFT, (len(ids), conversation)).fetchone()
    if left:
        schedule(conversation, "", WINDOW_S)


def respond(messages: list) -> str:
    if ANSWER_S:
        time.sleep(ANSWER_S)
    return f"وصلت رسائلك: {len(messages)}"


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])

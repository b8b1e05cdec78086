"""A burst gets one answer, with DBOS
(https://docs.dbos.dev/python/tutorials/workflow-tutorial#debouncing-workflows).

Its store is PostgreSQL, so this is both variants. A debounced workflow keeps only the last input,
hence the rows; rows and workflow are two transactions.
"""

import hmac
import json
import os
import time
import uuid
from contextlib import AbstractContextManager
from functools import cache
from threading import Event

from dbos import DBOS, DBOSClient, DebouncerClient
from psycopg import Connection, Rollback
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

SYSTEM_URL = os.environ["DATABASE_URL"]


database = ConnectionPool(SYSTEM_URL, min_size=10, max_size=10, open=False)


def connected() -> AbstractContextManager[Connection]:
    database.open()  # by the process that uses it, after a worker's fork; once does
    return database.connection()


@cache
def debouncer() -> DebouncerClient:
    client = DBOSClient(system_database_url=SYSTEM_URL)
    # Not longer than the window from the first message, whatever comes after it.
    return DebouncerClient(
        client,
        {"workflow_name": "answer", "queue_name": "answers"},
        debounce_timeout_sec=WINDOW_S,
    )


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
    if row:
        debouncer().debounce(conversation, 0.001 if row[0] >= BURST else WINDOW_S, conversation)


@DBOS.workflow(name="answer")
def answer(conversation: str) -> None:
    messages = waiting(conversation)
    if messages:
        started, body = time.time(), respond(messages)
        if settle(conversation, messages, started, body):
            debouncer().debounce(conversation, WINDOW_S, conversation)


@DBOS.step()
def waiting(conversation: str) -> list[str]:
    with connected() as connection:
        return [row[0] for row in connection.execute(WAITING, (conversation,)).fetchall()]


@DBOS.step()
def settle(conversation: str, ids: list[str], started: float, body: str) -> int:
    reply = uuid.uuid4()
    with connected() as connection, connection.transaction():
        # The step runs again after a crash, or beside another of this conversation: once counts.
        if connection.execute(MARK, (reply, ids)).rowcount != len(ids):
            raise Rollback
        connection.execute(REPLY, (reply, conversation, ids, started, body))
        return connection.execute(LEFT, (len(ids), conversation)).fetchone()[0]
    return 0


@DBOS.step()
def respond(messages: list) -> str:
    if ANSWER_S:
        time.sleep(ANSWER_S)
    return f"وصلت رسائلك: {len(messages)}"


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])

if __name__ == "__main__":
    config = {"name": "answers", "system_database_url": SYSTEM_URL, "run_admin_server": False}
    DBOS(config={**config, "log_level": "ERROR", "executor_id": "one"})
    DBOS.launch()
    # It polls; once a second by default, which alone would make an answer late.
    DBOS.register_queue("answers", worker_concurrency=64, polling_interval_sec=0.05)
    Event().wait()

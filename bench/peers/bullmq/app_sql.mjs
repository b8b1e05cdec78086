// A burst gets one answer, with BullMQ and PostgreSQL (https://docs.bullmq.io/guide/jobs/delayed).
//
// Messages and answers are rows; the job goes into Redis after the commit, so a crash in between
// leaves messages without a job: BullMQ has no transaction that spans both.

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { Queue, Worker } from "bullmq";
import Redis from "ioredis";
import pg from "pg";

const { APP_SECRET, PORT, QUEUE_URL, DATABASE_URL } = process.env;
const [WINDOW_MS, BURST] = [Number(process.env.WINDOW_S) * 1000, Number(process.env.BURST)];
const ANSWER_MS = Number(process.env.ANSWER_S) * 1000;

const KEEP = `
with kept as (
    insert into message (id, conversation, body) values ($1, $2, $3)
    on conflict do nothing returning conversation
)
insert into conversation as c (id, waiting) select conversation, 1 from kept
on conflict (id) do update set waiting = c.waiting + 1 returning waiting`;
const WAITING =
  "select id, body from message where conversation = $1 and answer is null order by seq";
const MARK = "update message set answer = $1 where id = any($2) and answer is null";
const REPLY =
  "insert into outbox (id, conversation, messages, at, body) values ($1, $2, $3, $4, $5)";
const LEFT = "update conversation set waiting = waiting - $2 where id = $1 returning waiting";

const redis = new Redis(QUEUE_URL, { maxRetriesPerRequest: null });
const queue = new Queue("answers", {
  connection: redis,
  defaultJobOptions: { attempts: 5, removeOnComplete: true },
});
const database = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

const serve = (accept) =>
  http
    .createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      const signature = "sha256=" + createHmac("sha256", APP_SECRET).update(body).digest("hex");
      const given = request.headers["x-hub-signature-256"] ?? "";
      const proved =
        given.length === signature.length &&
        timingSafeEqual(Buffer.from(given), Buffer.from(signature));
      try {
        if (proved)
          for (const entry of JSON.parse(body).entry)
            for (const change of entry.changes)
              for (const message of change.value.messages ?? []) await accept(message);
        response.writeHead(proved ? 200 : 401, { "content-length": 0 }).end();
      } catch (error) {
        console.error(error);
        response.writeHead(503, { "content-length": 0 }).end();
      }
    })
    .listen(Number(PORT), "127.0.0.1");

const accept = async (message) => {
  const conversation = message.from;
  const kept = await database.query(KEEP, [message.id, conversation, JSON.stringify(message)]);
  const waiting = kept.rows[0]?.waiting;
  if (waiting === BURST) await schedule(conversation, "", 0);
  else if (waiting === 1) await schedule(conversation, message.id, WINDOW_MS);
};

const schedule = (conversation, first, delay) =>
  queue.add("answer", { conversation, first }, { delay });

const answer = async ({ data: { conversation, first } }) => {
  const { rows: messages } = await database.query(WAITING, [conversation]);
  if (!messages.length || (first && messages[0].id !== first)) return;
  const [ids, at, reply] = [messages.map(({ id }) => id), Date.now() / 1000, randomUUID()];
  const body = await respond(messages);
  const left = await transaction(async (client) => {
    const marked = await client.query(MARK, [reply, ids]);
    if (marked.rowCount !== ids.length) throw new Error("another worker answered some of these");
    await client.query(REPLY, [reply, conversation, ids, at, body]);
    return (await client.query(LEFT, [conversation, ids.length])).rows[0].waiting;
  });
  if (left) await schedule(conversation, "", WINDOW_MS);
};

const transaction = async (deed) => {
  const client = await database.connect();
  try {
    await client.query("begin");
    const result = await deed(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
};

const respond = async (messages) => {
  if (ANSWER_MS) await sleep(ANSWER_MS);
  return `وصلت رسائلك: ${messages.length}`;
};

if (process.argv[2] === "web") serve(accept);
else
  new Worker("answers", answer, {
    connection: redis,
    concurrency: 64,
    // What a killed worker held is stalled after this, and looked for as often.
    lockDuration: 10000,
    stalledInterval: 5000,
    maxStalledCount: 5,
  });

// A burst gets one answer, with BullMQ alone (https://docs.bullmq.io/guide/jobs/delayed).
//
// `delay` delays a job; `deduplication` would ignore the next burst while the last one runs, and keeps
// only the last data. So the messages wait in a list of their own.

import { createHmac, timingSafeEqual } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { Queue, Worker } from "bullmq";
import Redis from "ioredis";

const { APP_SECRET, PORT, QUEUE_URL } = process.env;
const [WINDOW_MS, BURST] = [Number(process.env.WINDOW_S) * 1000, Number(process.env.BURST)];
const ANSWER_MS = Number(process.env.ANSWER_S) * 1000;

const redis = new Redis(QUEUE_URL, { maxRetriesPerRequest: null });
const queue = new Queue("answers", {
  connection: redis,
  defaultJobOptions: { attempts: 5, removeOnComplete: true },
});
redis.defineCommand("keep", {
  numberOfKeys: 2,
  lua: `
if not redis.call('SET', KEYS[1], 1, 'NX', 'EX', 86400) then return 0 end
return redis.call('RPUSH', KEYS[2], ARGV[1])`,
});
// Two workers may hold one job after a crash: only the first finds its messages still waiting.
redis.defineCommand("settle", {
  numberOfKeys: 1,
  lua: `
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return 0 end
redis.call('RPUSH', 'outbox', ARGV[2])
redis.call('LTRIM', KEYS[1], ARGV[3], -1)
return redis.call('LLEN', KEYS[1])`,
});

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
  const [conversation, text] = [message.from, JSON.stringify(message)];
  const waiting = await redis.keep(`seen:${message.id}`, `waiting:${conversation}`, text);
  if (waiting === BURST) await schedule(conversation, "", 0);
  else if (waiting === 1) await schedule(conversation, message.id, WINDOW_MS);
};

const schedule = (conversation, first, delay) =>
  queue.add("answer", { conversation, first }, { delay });

const answer = async ({ data: { conversation, first } }) => {
  const raw = await redis.lrange(`waiting:${conversation}`, 0, -1);
  const messages = raw.map((text) => JSON.parse(text));
  if (!messages.length || (first && messages[0].id !== first)) return;
  const at = Date.now() / 1000;
  const body = await respond(messages);
  const reply = { conversation, messages: messages.map(({ id }) => id), at, body };
  const left = await redis.settle(
    `waiting:${conversation}`,
    raw[0],
    JSON.stringify(reply),
    raw.length,
  );
  if (left) await schedule(conversation, "", WINDOW_MS);
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

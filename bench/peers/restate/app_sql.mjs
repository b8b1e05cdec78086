// A burst gets one answer, with Restate and PostgreSQL
// (https://docs.restate.dev/foundations/services#virtual-object).
//
// One conversation is one virtual object: its handlers run one after the other. A step may run again
// after a crash, so each is one statement that changes nothing the second time.

import { createHmac, timingSafeEqual } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import * as restate from "@restatedev/restate-sdk";
import pg from "pg";

const { APP_SECRET, PORT, INGRESS_URL, WORKER_PORT, DATABASE_URL } = process.env;
const [WINDOW_MS, BURST] = [Number(process.env.WINDOW_S) * 1000, Number(process.env.BURST)];
const ANSWER_MS = Number(process.env.ANSWER_S) * 1000;

const KEEP =
  "insert into message (id, conversation, body) values ($1, $2, $3) on conflict do nothing";
const REPLY = `
with reply as (
    insert into outbox (id, conversation, messages, at, body) values ($1, $2, $3, $4, $5)
    on conflict do nothing
)
update message set answer = $1 where id = any($3) and answer is null`;

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

// The message's id as idempotency key: what the provider sends again is taken once.
const accept = async (message) => {
  const taken = await fetch(`${INGRESS_URL}/conversation/${message.from}/receive/send`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": message.id },
    body: JSON.stringify(message),
  });
  if (!taken.ok) throw new Error(await taken.text());
  await taken.arrayBuffer();
};

const conversation = restate.object({
  name: "conversation",
  handlers: {
    receive: async (context, message) => {
      const row = [message.id, context.key, JSON.stringify(message)];
      await context.run("keep", async () => void (await database.query(KEEP, row)));
      const waiting = [...((await context.get("waiting")) ?? []), message];
      context.set("waiting", waiting);
      if (waiting.length === BURST) schedule(context, "", 0);
      else if (waiting.length === 1) schedule(context, message.id, WINDOW_MS);
    },
    answer: async (context, first) => {
      const waiting = (await context.get("waiting")) ?? [];
      if (!waiting.length || (first && waiting[0].id !== first)) return;
      const [ids, at] = [waiting.map(({ id }) => id), await context.date.now()];
      const body = await context.run("respond", () => respond(waiting));
      const row = [context.rand.uuidv4(), context.key, ids, at / 1000, body];
      await context.run("reply", async () => void (await database.query(REPLY, row)));
      context.clear("waiting");
    },
  },
});

const schedule = (context, first, delay) =>
  context
    .objectSendClient(conversation, context.key)
    .answer(first, restate.rpc.sendOpts({ delay }));

const respond = async (messages) => {
  if (ANSWER_MS) await sleep(ANSWER_MS);
  return `وصلت رسائلك: ${messages.length}`;
};

if (process.argv[2] === "web") serve(accept);
else restate.serve({ services: [conversation], port: Number(WORKER_PORT) });

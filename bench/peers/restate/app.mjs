// A burst gets one answer, with Restate alone
// (https://docs.restate.dev/foundations/services#virtual-object).
//
// One conversation is one virtual object: its handlers run one after the other, its state is durable.
// What is sent outside, here a line of a file, may be sent again after a crash.

import { createHmac, timingSafeEqual } from "node:crypto";
import { appendFile } from "node:fs/promises";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import * as restate from "@restatedev/restate-sdk";

const { APP_SECRET, PORT, INGRESS_URL, WORKER_PORT, OUTBOX_FILE } = process.env;
const [WINDOW_MS, BURST] = [Number(process.env.WINDOW_S) * 1000, Number(process.env.BURST)];
const ANSWER_MS = Number(process.env.ANSWER_S) * 1000;

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
      const reply = { conversation: context.key, messages: ids, at: at / 1000, body };
      await context.run("send", () => appendFile(OUTBOX_FILE, JSON.stringify(reply) + "\n"));
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

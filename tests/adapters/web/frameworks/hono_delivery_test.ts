import { assertEquals, assertMatch } from "@std/assert";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import { createClient, fixedSource } from "../../../../adapters/client/mod.ts";
import { sink } from "../../../../adapters/delivery/mod.ts";
import { honoFlags } from "./middlewares.ts";

const rules = [{ key: "exp", variations: ["a", "b"] }];
const source = fixedSource({ features: { f: { rules } } });

/** Makes an execution context as Cloudflare Workers have it, and the list of what it waits for. */
function execution() {
  const waiting: Promise<unknown>[] = [];
  const context = {
    waitUntil: (promise: Promise<unknown>) => void waiting.push(promise),
    passThroughOnException: () => {},
    props: {},
  };
  return { waiting, context };
}

Deno.test("flags() of Hono delivers after the response where the platform waits for it", async () => {
  const exposed: unknown[] = [];
  const client = createClient({
    source,
    trackingCallback: (_experiment, _result, user) => {
      exposed.push(user.attributes["id"]);
    },
  });
  const app = new Hono().use(honoFlags(client))
    .get("/", (c) => c.text(String(c.var.flags.isOn("f"))));
  const { waiting, context } = execution();
  const request = { headers: { cookie: "gbuuid=7" } };
  await app.request("/", request, {}, context);
  assertEquals(waiting.length, 1);
  await Promise.all(waiting);
  assertEquals(exposed, ["7"]);
  await client.close();
});

Deno.test("flags() of Hono delivers what a stream records, and what was recorded before anything was thrown", async () => {
  const exposed: unknown[] = [];
  const client = createClient({
    source,
    sinks: [sink({
      name: "service",
      send: (events) => void exposed.push(...events.map(({ type }) => type)),
    })],
  });
  const app = new Hono().use(honoFlags(client))
    .get("/stream", (c) =>
      stream(c, async (body) => {
        await body.write("first ");
        await body.write(String(c.var.flags.isOn("f")));
        c.var.flags.logEvent("read");
      }))
    .get("/throw", (c) => {
      c.var.flags.isOn("f");
      throw "no error";
    });
  const { waiting, context } = execution();
  const ask = (path: string) => app.request(path, {}, {}, context);
  assertMatch(await (await ask("/stream")).text(), /^first (?:true|false)$/);
  await Promise.all(waiting);
  assertEquals(exposed, ["experiment.viewed", "custom"]);
  const thrown = await Promise.resolve(ask("/throw")).catch(String);
  assertEquals(thrown, "no error");
  await Promise.all(waiting);
  assertEquals(exposed.length, 3);
  await client.close();
});

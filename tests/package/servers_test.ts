import { assertEquals } from "@std/assert";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { withProject } from "./project.ts";

/** Serves a page by each framework, asks for it, and prints what came back. */
const program = `
  import { createServer } from "node:http";
  import { serve } from "@hono/node-server";
  import express from "express";
  import fastify from "fastify";
  import { Hono } from "hono";
  import Koa from "koa";
  import { createClient, fixedSource } from "@growthstream/sdk/client";
  import * as onExpress from "@growthstream/sdk/express";
  import * as onFastify from "@growthstream/sdk/fastify";
  import * as onHono from "@growthstream/sdk/hono";
  import * as onKoa from "@growthstream/sdk/koa";
  import { healthResponse, metricsText, requestUser } from "@growthstream/sdk/web";

  const exposed = [];
  const rules = [{ key: "button-test", variations: ["Buy", "Order"] }];
  const client = createClient({
    source: fixedSource({ features: { button: { rules } } }),
    trackingCallback: (experiment, result, user) => {
      exposed.push(user.attributes.id);
    },
  });
  let visitors = 0;
  const options = { stickyCookies: true, createId: () => "visitor-" + ++visitors };
  const value = (user) => user.getFeatureValue("button", "none");

  const ask = async (name, port, close) => {
    const answer = await fetch("http://127.0.0.1:" + port + "/");
    const names = answer.headers.getSetCookie()
      .map((cookie) => cookie.slice(0, cookie.indexOf("=")));
    console.log(name, answer.status, await answer.text(), names.join(" "));
    await close();
  };
  const listen = (server) => new Promise((resolve) => {
    const ready = () => resolve([server.address().port, () => {
      server.closeAllConnections?.();
      server.close();
    }]);
    server.listening ? ready() : server.once("listening", ready);
  });

  const e = express();
  e.use(onExpress.flags(client, options));
  e.get("/", (request, response) => {
    response.cookie("a", "1").send(value(onExpress.flagsOf(request)));
  });
  await ask("express", ...await listen(e.listen(0)));

  const k = new Koa();
  k.use(onKoa.flags(client, options));
  k.use((context) => {
    context.cookies.set("a", "1");
    context.body = value(onKoa.flagsOf(context));
  });
  await ask("koa", ...await listen(k.listen(0)));

  const h = new Hono().use(onHono.flags(client, options))
    .get("/", (c) => c.text(value(c.var.flags)));
  if (globalThis.Bun) {
    const server = Bun.serve({ port: 0, fetch: h.fetch });
    await ask("hono", server.port, () => server.stop(true));
    const plain = Bun.serve({
      port: 0,
      fetch: (request) => {
        const { user, headers } = requestUser(client, request, options);
        const text = value(user);
        return new Response(text, { headers });
      },
    });
    await ask("bun", plain.port, () => plain.stop(true));
  } else {
    const server = serve({ fetch: h.fetch, port: 0 });
    await ask("hono", ...await listen(server));
    const plain = createServer((request, response) => {
      const { user, headers } = requestUser(client, request, options);
      const text = value(user);
      response.setHeader("set-cookie", headers.getSetCookie());
      response.end(text);
    });
    await ask("node", ...await listen(plain.listen(0)));
  }

  const f = fastify({ forceCloseConnections: true });
  f.register(onFastify.flags(client, options));
  f.get("/", (request, reply) => {
    reply.header("set-cookie", "a=1");
    return reply.send(value(onFastify.flagsOf(request)));
  });
  await f.listen({ port: 0, host: "127.0.0.1" });
  console.log(healthResponse(client).status, metricsText(client).endsWith("# EOF\\n"));
  await ask("fastify", f.server.address().port, () => f.close());
  // The server has closed the client, which delivered everything.
  console.log(healthResponse(client).status, exposed.join(" "));
`;

const expected = (plain: string) =>
  [
    "express 200 Buy a gbuuid gbStickyBuckets__id||visitor-1",
    "koa 200 Order a gbuuid gbStickyBuckets__id||visitor-2",
    "hono 200 Buy gbuuid gbStickyBuckets__id||visitor-3",
    `${plain} 200 Buy gbuuid gbStickyBuckets__id||visitor-4`,
    "200 true",
    "fastify 200 Buy a gbuuid gbStickyBuckets__id||visitor-5",
    "503 visitor-1 visitor-2 visitor-3 visitor-4 visitor-5",
    "",
  ].join("\n");

Deno.test("the package serves by each framework, on Node and on Bun", async (test) => {
  const packages = [
    "express@5",
    "fastify@5",
    "koa@3",
    "hono@4",
    "@hono/node-server@2",
  ];
  await withProject(packages, async ({ write, run }) => {
    await write({ "servers.mjs": program });
    const runtimes = [
      ["Node 24", "node"],
      ["Bun", "bun"],
    ] as const;
    for (const [name, plain] of runtimes) {
      await test.step(name, async () => {
        const program = await runtimeProgram(plain);
        const { success, text } = await run(program, "servers.mjs");
        const values = (given: string) => given.replace(/Buy|Order/g, "value");
        assertEquals(
          [success, values(text)],
          [true, values(expected(plain))],
        );
      });
    }
  });
});

import { assertEquals } from "@std/assert";
import { request } from "node:http";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { createClient, fixedSource } from "../../../../adapters/client/mod.ts";
import type { FeatureReads } from "../../../../adapters/client/mod.ts";
import { listen } from "./express.ts";
import {
  expressFlags,
  expressFlagsOf,
  fastifyFlags,
  fastifyFlagsOf,
  honoFlags,
  koaFlags,
  koaFlagsOf,
} from "./middlewares.ts";

const rules = [{ key: "exp", variations: ["a", "b"] }];
const source = fixedSource({ features: { f: { rules } } });
const forwarded = {
  "x-forwarded-proto": "https",
  "x-forwarded-host": "shop.example",
};

function urlOf(user: FeatureReads): string {
  return String(user.snapshot().url);
}

/** Asks behind a proxy, and gives the address that features saw, and whether the cookie is secure. */
async function ask(origin: string): Promise<readonly unknown[]> {
  const answer = await fetch(`${origin}/a?b=1`, { headers: forwarded });
  const [cookie = ""] = answer.headers.getSetCookie();
  return [await answer.text(), cookie.endsWith("; Secure")];
}

function plain(origin: string): readonly unknown[] {
  return [`${origin}/a?b=1`, false];
}
const secure = ["https://shop.example/a?b=1", true];

Deno.test("flags() of Express believes a proxy as the application does", async () => {
  const client = createClient({ source });
  for (const trust of [false, true]) {
    const app = express().set("trust proxy", trust);
    app.use("/", expressFlags(client));
    app.use((request, response) => {
      response.send(urlOf(expressFlagsOf(request)));
    });
    const { origin, close } = await listen(app.listen(0));
    assertEquals(await ask(origin), trust ? secure : plain(origin));
    await close();
  }
  await client.close();
});

Deno.test("flags() of Express sees the whole address where it is mounted below", async () => {
  const client = createClient({ source });
  const app = express();
  const router = express.Router();
  router.use(expressFlags(client));
  router.use((request, response) => {
    response.send(urlOf(expressFlagsOf(request)));
  });
  app.use("/a", router);
  const { origin, close } = await listen(app.listen(0));
  assertEquals(await ask(origin), plain(origin));
  await close();
  await client.close();
});

Deno.test("flags() of Express and Koa sees the path of a request that names its whole address", async () => {
  const client = createClient({ source });
  const pathOf = (user: FeatureReads) =>
    String((user.snapshot().attributes as { readonly path?: string }).path);
  const onExpress = express().use(expressFlags(client), (request, response) => {
    response.send(pathOf(expressFlagsOf(request)));
  });
  const onKoa = new Koa().use(koaFlags(client)).use((context) => {
    context.body = pathOf(koaFlagsOf(context));
  });
  const served = [
    await listen(onExpress.listen(0)),
    await listen(onKoa.listen(0)),
  ];
  const ports = served.map(({ origin }) => new URL(origin).port);
  for (const port of ports) {
    const text = await new Promise((resolve, reject) => {
      const options = { port, path: "http://shop.example/a?b=1" };
      const sent = request(options, async (answer) => {
        const pieces = await Array.fromAsync(answer);
        resolve(pieces.join(""));
      });
      sent.on("error", reject).end();
    });
    assertEquals(text, "/a");
  }
  await Promise.all(served.map((each) => each.close()));
  await client.close();
});

Deno.test("flags() of Koa believes a proxy as the application does", async () => {
  const client = createClient({ source });
  for (const proxy of [false, true]) {
    const app = new Koa({ proxy });
    app.use(koaFlags(client));
    app.use((context) => {
      context.body = urlOf(koaFlagsOf(context));
    });
    const { origin, close } = await listen(app.listen(0));
    assertEquals(await ask(origin), proxy ? secure : plain(origin));
    await close();
  }
  await client.close();
});

Deno.test("flags() of Fastify believes a proxy as the application does", async () => {
  const client = createClient({ source });
  for (const trustProxy of [false, true]) {
    const app = fastify({ trustProxy });
    app.register(fastifyFlags(client, { closesClient: false }));
    app.get("/a", (request) => urlOf(fastifyFlagsOf(request)));
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    assertEquals(await ask(origin), trustProxy ? secure : plain(origin));
    await app.close();
  }
  await client.close();
});

Deno.test("flags() of Fastify counts for the whole server, and closes the client with it", async () => {
  const exposed: unknown[] = [];
  const client = createClient({
    source,
    trackingCallback: (_experiment, _result, user) => {
      exposed.push(user.attributes["id"]);
    },
  });
  const app = fastify();
  await app.register(fastifyFlags(client));
  await app.register((part) => {
    part.get("/part", (request) => fastifyFlagsOf(request).isOn("f"));
    return Promise.resolve();
  });
  const headers = { cookie: "gbuuid=7" };
  assertEquals((await app.inject({ url: "/part", headers })).statusCode, 200);
  await app.close();
  assertEquals([client.health().status.status, exposed], ["closed", ["7"]]);
});

Deno.test("flags() of Hono leaves a response whose headers can't be changed", async () => {
  const client = createClient({ source });
  const app = new Hono().use(honoFlags(client))
    .get("/", () => Response.redirect("https://shop.example/", 302));
  const answer = await app.request("/");
  assertEquals([
    answer.status,
    answer.headers.get("location"),
    answer.headers.getSetCookie().length,
  ], [302, "https://shop.example/", 1]);
  await client.close();
});

Deno.test("flags() of Hono leaves a connection that becomes a WebSocket", async () => {
  const client = createClient({ source });
  const app = new Hono().use(honoFlags(client)).get("/", (c) => {
    const { socket, response } = Deno.upgradeWebSocket(c.req.raw);
    socket.onopen = () => {
      socket.send(String(c.var.flags.isOn("f")));
      socket.close();
    };
    return response;
  });
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const socket = new WebSocket(`ws://localhost:${server.addr.port}/`);
  const message = await new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = () => reject(new Error("It did not open"));
  });
  assertEquals(["true", "false"].includes(String(message)), true);
  await new Promise((done) => socket.onclose = done);
  await server.shutdown();
  await client.close();
});

Deno.test("flags() of Hono adds no cookie to the response that opens a WebSocket", async () => {
  const client = createClient({ source });
  const added: string[] = [];
  const headers = { append: (name: string) => void added.push(name) };
  // Such as the one of a Durable Object: no other response can be made of it.
  const upgrade = Object.create(Response.prototype, {
    status: { value: 101 },
    headers: { value: headers },
  });
  const context = {
    req: { raw: new Request("https://shop.example/") },
    res: upgrade as Response,
    set: () => {},
    header: (name: string) => void added.push(name),
  };
  await honoFlags(client)(context, () => Promise.resolve());
  assertEquals(added, []);
  await client.close();
});

Deno.test("flags() of Express takes a trusted host that another host begins with", async () => {
  const client = createClient({ source });
  const app = express().set("trust proxy", true);
  app.use(expressFlags(client));
  app.use((request, response) => {
    response.send(urlOf(expressFlagsOf(request)));
  });
  const { origin, close } = await listen(app.listen(0));
  const answer = await fetch(`${origin}/a`, {
    headers: { "x-forwarded-host": "127.0.0" },
  });
  assertEquals(await answer.text(), "http://127.0.0/a");
  await close();
  await client.close();
});

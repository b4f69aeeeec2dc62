import { assertEquals } from "@std/assert";
import express from "express";
import express4 from "express4";
import fastify from "fastify";
import fastify4 from "fastify4";
import { Hono } from "hono";
import Koa from "koa";
import {
  type Client,
  createClient,
  type FeatureReads,
  fixedSource,
  memoryStickyBuckets,
} from "../../../../adapters/client/mod.ts";
import type { Served } from "./framework.ts";
import { listen } from "./express.ts";
import {
  expressFlags,
  expressFlagsOf,
  fastifyFlags,
  fastifyFlagsOf,
  honoFlags,
  honoFlagsOf,
  koaFlags,
  koaFlagsOf,
} from "./middlewares.ts";

/** What the middlewares of these tests are made with. */
interface Options {
  readonly attributes: () => { readonly plan: string };
  readonly stickyCookies: boolean;
}

/**
 * Serves `/` and `/shop/`, which answer the user's identity and a feature; the middleware is mounted for all
 * paths, and `/shop` has it again: the same function, or one of its own. `/shop/away` redirects.
 */
type Serve = (
  client: Client,
  options: Options,
  isSame: boolean,
) => Promise<Served>;

function answerOf(user: FeatureReads): string {
  const { id } = user.snapshot().attributes as { readonly id?: string };
  return `${id} ${user.getFeatureValue("button", "none")}`;
}

function serveExpress(make: typeof express): Serve {
  return async (client, options, isSame) => {
    const flags = expressFlags(client, options);
    const router = make.Router();
    router.use(isSame ? flags : expressFlags(client, options));
    router.get("/", (request, response) => {
      response.send(answerOf(expressFlagsOf(request)));
    });
    router.get("/away", (_request, response) => response.redirect("/"));
    const app = make().use(flags).use("/shop", router);
    app.get("/", (request, response) => {
      response.send(answerOf(expressFlagsOf(request)));
    });
    return await listen(app.listen(0));
  };
}

function serveFastify(make: typeof fastify): Serve {
  return async (client, options, isSame) => {
    const plugin = { ...options, closesClient: false };
    const flags = fastifyFlags(client, plugin);
    const app = make({ forceCloseConnections: true });
    app.register(flags);
    app.get("/", (request) => answerOf(fastifyFlagsOf(request)));
    app.register(async (part) => {
      await part.register(isSame ? flags : fastifyFlags(client, plugin));
      part.get("/shop/", (request) => answerOf(fastifyFlagsOf(request)));
      part.get("/shop/away", (_request, reply) => {
        reply.code(302).header("location", "/").send();
      });
    });
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    return { origin, close: () => app.close() };
  };
}

const serveHono: Serve = (client, options, isSame) => {
  const flags = honoFlags(client, options);
  const shop = new Hono().use(isSame ? flags : honoFlags(client, options))
    .get("/", (c) => c.text(answerOf(honoFlagsOf(c))))
    .get("/away", () => Response.redirect("https://shop.example/", 302));
  const app = new Hono({ strict: false }).use(flags).route("/shop", shop)
    .get("/", (c) => c.text(answerOf(honoFlagsOf(c))));
  const listening = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  const server = Deno.serve(listening, app.fetch);
  return Promise.resolve({
    origin: `http://127.0.0.1:${server.addr.port}`,
    close: () => server.shutdown(),
  });
};

const serveKoa: Serve = async (client, options, isSame) => {
  const flags = koaFlags(client, options);
  const again = isSame ? flags : koaFlags(client, options);
  const app = new Koa().use(flags);
  app.use((context, next) =>
    context.path.startsWith("/shop/") ? again(context, next) : next()
  );
  app.use((context) => {
    if (context.path === "/shop/away") context.redirect("/");
    else context.body = answerOf(koaFlagsOf(context));
  });
  return await listen(app.listen(0));
};

const servers: Readonly<Record<string, Serve>> = {
  "Express 5": serveExpress(express),
  "Express 4": serveExpress(express4 as unknown as typeof express),
  "Fastify 5": serveFastify(fastify),
  "Fastify 4": serveFastify(fastify4 as unknown as typeof fastify),
  "Hono 4": serveHono,
  "Koa 3": serveKoa,
};

const rules = [{
  key: "button-test",
  variations: ["Buy", "Order"],
  meta: [{ key: "buy" }, { key: "order" }],
}];
const features = { button: { rules } };

/** Asks for paths in turn, and tells what came, and for how many users the application was asked. */
async function ask(
  serve: Serve,
  isSame: boolean,
  paths: readonly string[],
  keepsSticky: boolean,
): Promise<readonly Visit[]> {
  const client = createClient({
    source: fixedSource({ features }),
    ...(keepsSticky ? null : { stickyBuckets: memoryStickyBuckets() }),
  });
  let asked = 0;
  const attributes = () => ({ plan: `${asked += 1}` });
  const options = { attributes, stickyCookies: keepsSticky };
  const { origin, close } = await serve(client, options, isSame);
  const visits: Visit[] = [];
  for (const path of paths) {
    asked = 0;
    const answer = await fetch(origin + path, { redirect: "manual" });
    const [identity = ""] = (await answer.text()).split(" ");
    const cookies = answer.headers.getSetCookie().map((cookie) =>
      decodeURIComponent(cookie.split(";")[0] ?? "")
    );
    visits.push({ identity, cookies, asked });
  }
  await close();
  await client.close();
  return visits;
}

interface Visit {
  readonly identity: string;
  readonly cookies: readonly string[];
  readonly asked: number;
}

for (const [name, serve] of Object.entries(servers)) {
  Deno.test(`flags() of ${name} that is mounted twice makes one user, and sends each cookie once`, async () => {
    for (const keepsSticky of [true, false]) {
      const [page, shop] = await ask(serve, true, ["/", "/shop/"], keepsSticky);
      for (const { identity, cookies, asked } of [page!, shop!]) {
        const names = cookies.map((cookie) => cookie.split("=")[0]);
        assertEquals(cookies[0], `gbuuid=${identity}`);
        assertEquals(names.slice(1), [
          ...keepsSticky ? [`gbStickyBuckets__id||${identity}`] : [],
        ]);
        assertEquals(asked, 1);
      }
    }
  });

  Deno.test(`flags() of ${name} that is made twice sends a new visitor one identity`, async () => {
    const [shop, away] = await ask(
      serve,
      false,
      ["/shop/", "/shop/away"],
      false,
    );
    assertEquals(shop?.cookies, [`gbuuid=${shop?.identity}`]);
    assertEquals(away?.cookies.length, 1);
    assertEquals(shop?.asked, 2);
  });
}

Deno.test("flags() of Hono that is mounted twice delivers once", async () => {
  const client = createClient({ source: fixedSource({ features }) });
  const flags = honoFlags(client);
  const app = new Hono().use(flags, flags)
    .get("/", (c) => c.text(answerOf(honoFlagsOf(c))));
  const waiting: Promise<unknown>[] = [];
  const context = {
    waitUntil: (promise: Promise<unknown>) => void waiting.push(promise),
    passThroughOnException: () => {},
    props: {},
  };
  await app.request("/", {}, {}, context);
  assertEquals(waiting.length, 1);
  await Promise.all(waiting);
  await client.close();
});

Deno.test("flags() of two clients gives handlers the user of the one that is mounted last", async () => {
  const [first, second] = ["Buy", "Order"].map((button) =>
    createClient({
      source: fixedSource({ features: { button: { defaultValue: button } } }),
    })
  );
  const [outer, inner] = [expressFlags(first!), expressFlags(second!)];
  const app = express().use(outer, inner);
  app.get("/inner", (request, response) => {
    response.send(answerOf(expressFlagsOf(request)));
  });
  app.get("/outer", outer, (request, response) => {
    response.send(answerOf(expressFlagsOf(request)));
  });
  const { origin, close } = await listen(app.listen(0));
  for (const [path, value] of [["/inner", "Order"], ["/outer", "Buy"]]) {
    const answer = await fetch(origin + path);
    const [identity, text] = (await answer.text()).split(" ");
    const cookies = answer.headers.getSetCookie().map((cookie) =>
      cookie.split(";")[0]
    );
    assertEquals([text, cookies], [value, [`gbuuid=${identity}`]]);
  }
  await close();
  await first?.close();
  await second?.close();
});

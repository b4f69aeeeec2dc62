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
import type { FlagsOptions } from "../../../../adapters/web/frameworks/flags_options.ts";
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

/** Serves `/`, for which two middlewares of their own assign a sticky bucket each, one after the other. */
type ServeBoth = (
  client: Client,
  first: FlagsOptions<object>,
  second: FlagsOptions<object>,
) => Promise<Served>;

const both: Readonly<Record<string, ServeBoth>> = {
  ...Object.fromEntries(
    Object.entries({ "Express 5": express, "Express 4": express4 })
      .map(([name, make]): [string, ServeBoth] => [
        name,
        async (client, first, second) => {
          const app = (make as typeof express)();
          app.use(expressFlags(client, first), (request, _response, next) => {
            expressFlagsOf(request).isOn("one");
            next();
          });
          app.use(expressFlags(client, second));
          app.get("/", (request, response) => {
            response.send(expressFlagsOf(request).getFeatureValue("two", ""));
          });
          return await listen(app.listen(0));
        },
      ]),
  ),
  "Fastify 5": async (client, first, second) => {
    const app = fastify({ forceCloseConnections: true });
    app.register(fastifyFlags(client, { ...first, closesClient: false }));
    app.addHook("onRequest", (request, _reply, next) => {
      fastifyFlagsOf(request).isOn("one");
      next();
    });
    app.register(fastifyFlags(client, { ...second, closesClient: false }));
    app.get(
      "/",
      (request) => fastifyFlagsOf(request).getFeatureValue("two", ""),
    );
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    return { origin, close: () => app.close() };
  },
  "Hono 4": (client, first, second) => {
    let outer: FeatureReads | undefined;
    const app = new Hono()
      .use(honoFlags(client, first as object), async (c, next) => {
        outer = honoFlagsOf(c);
        outer.isOn("one");
        await next();
        // When the second has added its cookies.
        outer.isOn("three");
      })
      .use(honoFlags(client, second as object))
      .get("/", (c) => c.text(honoFlagsOf(c).getFeatureValue("two", "")));
    const listening = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    const server = Deno.serve(listening, app.fetch);
    return Promise.resolve({
      origin: `http://127.0.0.1:${server.addr.port}`,
      close: () => server.shutdown(),
    });
  },
  "Koa 3": async (client, first, second) => {
    const app = new Koa().use(koaFlags(client, first));
    app.use((context, next) => {
      koaFlagsOf(context).isOn("one");
      return next();
    });
    app.use(koaFlags(client, second));
    app.use((context) => {
      context.body = koaFlagsOf(context).getFeatureValue("two", "");
    });
    return await listen(app.listen(0));
  },
};

const three = Object.fromEntries(
  ["one", "two", "three"].map((key) => [key, {
    rules: [{
      key,
      variations: ["a", "b"],
      meta: [{ key: "a" }, { key: "b" }],
    }],
  }]),
);

/** Gives the cookies of an answer by name; a name that comes twice fails. */
function cookiesOf(answer: Response): ReadonlyMap<string, string> {
  const cookies = answer.headers.getSetCookie().map((cookie) => {
    const text = cookie.split(";")[0] ?? "";
    return [
      decodeURIComponent(text.slice(0, text.indexOf("="))),
      decodeURIComponent(text.slice(text.indexOf("=") + 1)),
    ] as const;
  });
  assertEquals(new Set(cookies.map(([name]) => name)).size, cookies.length);
  return new Map(cookies);
}

for (const [name, serve] of Object.entries(both)) {
  Deno.test(`flags() of ${name}, made twice, keep the sticky buckets of both in one cookie`, async () => {
    const client = createClient({ source: fixedSource({ features: three }) });
    const options = { stickyCookies: true };
    const { origin, close } = await serve(client, options, options);
    const answer = await fetch(origin, { headers: { cookie: "gbuuid=7" } });
    await answer.text();
    const cookies = cookiesOf(answer);
    assertEquals([...cookies.keys()], ["gbStickyBuckets__id||7"]);
    const { assignments } = JSON.parse([...cookies.values()][0] ?? "");
    assertEquals(Object.keys(assignments).sort(), [
      "one__0",
      ...name === "Hono 4" ? ["three__0"] : [],
      "two__0",
    ]);
    await close();
    await client.close();
  });

  Deno.test(`flags() of ${name}, made twice, remove no sticky bucket of the other's user`, async () => {
    const client = createClient({ source: fixedSource({ features: three }) });
    const { origin, close } = await serve(client, { stickyCookies: true }, {
      stickyCookies: true,
      attributes: () => ({ id: "customer" }),
    });
    const cookieOf = (id: string, key: string) =>
      `gbStickyBuckets__id||${id}=${
        encodeURIComponent(JSON.stringify({
          attributeName: "id",
          attributeValue: id,
          assignments: { [`${key}__0`]: "a" },
        }))
      }`;
    const cookie = [
      cookieOf("customer", "two"),
      ...["x", "y", "z"].map((id) => cookieOf(id, "one")),
      "gbuuid=7",
    ].join("; ");
    const answer = await fetch(origin, { headers: { cookie } });
    assertEquals(await answer.text(), "a");
    const names = [...cookiesOf(answer).keys()];
    assertEquals(names.includes("gbStickyBuckets__id||customer"), false);
    assertEquals(names.includes("gbStickyBuckets__id||x"), true);
    assertEquals(names.includes("gbStickyBuckets__id||7"), true);
    await close();
    await client.close();
  });
}

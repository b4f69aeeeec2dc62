import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import express from "express";
import fastify from "fastify";
import Koa from "koa";
import {
  type Client,
  createClient,
  fixedSource,
  memoryStickyBuckets,
} from "../../../../adapters/client/mod.ts";
import {
  attributesOf,
  readIdentity,
  requestUser,
} from "../../../../adapters/web/mod.ts";
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

const source = fixedSource({ features: { f: { defaultValue: true } } });
const frameworks = {
  Express: expressFlags,
  Fastify: fastifyFlags,
  Hono: honoFlags,
  Koa: koaFlags,
};

for (const [name, flags] of Object.entries(frameworks)) {
  const make = flags as (client: unknown, options?: unknown) => unknown;

  Deno.test(`flags() of ${name} refuses what is no client, when the server starts`, () => {
    for (const client of [undefined, null, {}, Promise.resolve({})]) {
      assertThrows(
        () => make(client),
        TypeError,
        "Cannot use the client: a client is needed",
      );
    }
  });

  Deno.test(`flags() of ${name} refuses options of another type`, async () => {
    const client = createClient({ source });
    const wrong: [object, string][] = [
      [{ consent: true }, "consent should be a function, the current"],
      [
        { attributes: { id: "7" } },
        "attributes should be a function, the current",
      ],
      [{ overrides: null }, "overrides should be a function, the current"],
      [{ createId: "7" }, "createId should be a function, the current"],
      [
        { stickyCookies: "yes" },
        "stickyCookies should be true or false, the current",
      ],
      [{ secure: "yes" }, "secure should be true or false, the current"],
      [
        { identityAttribute: 7 },
        "identityAttribute should be a text, the current",
      ],
      [{ cookieName: 7 }, "cookieName should be a text, the current"],
      [
        { consnet: () => false },
        'Cannot make users of requests: there is no option "consnet"',
      ],
      [
        { sameSite: "none" },
        'should be "Strict", "Lax" or "None", the current',
      ],
      [{ path: "shop" }, 'begins with a slash, the current value is "shop"'],
      [
        { domain: "https://shop.example" },
        'domain should be the name of a host, such as shop.example, the current value is "https://shop.example"',
      ],
      [{ domain: "localhost:3000" }, 'current value is "localhost:3000"'],
      [{ domain: 7 }, "the current value is 7"],
    ];
    for (const [options, message] of wrong) {
      assertThrows(() => make(client, options), TypeError, message);
    }
    assertThrows(
      () => make(client, null),
      TypeError,
      "Cannot make users of requests: options should be an object, the current value is null",
    );
    for (const domain of ["shop.example", ".shop.example", "localhost"]) {
      make(client, { domain });
    }
    for (const loadTimeout of [-1, NaN, "1000"]) {
      assertThrows(() => make(client, { loadTimeout }), RangeError);
    }
    await client.close();
  });
}

Deno.test("requestUser() refuses what is no client", () => {
  const request = new Request("https://shop.example/");
  assertThrows(
    () => requestUser(undefined as never, request),
    TypeError,
    "a client is needed, and the current value is undefined",
  );
});

Deno.test("attributesOf() and readIdentity() take what is no request for an empty one", () => {
  for (const request of [undefined, null, 7, {}, { headers: null }]) {
    assertEquals(attributesOf(request as never)["path"], "/");
    assertEquals(readIdentity(request as never), null);
  }
});

Deno.test("attributesOf() and readIdentity() take null for no options, and trust for a clear yes alone", () => {
  const headers = {
    cookie: "gbuuid=5f0c6a7e",
    host: "shop.example",
    "x-forwarded-host": "other.example",
  };
  assertEquals(readIdentity({ headers }, null as never), "5f0c6a7e");
  const hosts = [null, { trustProxy: "false" }, { trustProxy: true }].map(
    (options) => attributesOf({ headers }, options as never)["host"],
  );
  assertEquals(hosts, ["shop.example", "shop.example", "other.example"]);
});

Deno.test("flags() of Express that is not called answers with an error", async () => {
  const app = express();
  app.use(expressFlags as unknown as express.RequestHandler);
  const fail: express.ErrorRequestHandler = (error, _1, response, _2) => {
    response.status(500).send(String(error));
  };
  app.use(fail);
  const { origin, close } = await listen(app.listen(0));
  const answer = await fetch(origin);
  assertMatch(await answer.text(), /Cannot use the client/);
  await close();
});

Deno.test("flags() of Express goes on without what a client rejects to load", async () => {
  const client = createClient({ source, stickyBuckets: memoryStickyBuckets() });
  const errors: unknown[] = [];
  const broken: Client = {
    ...client,
    loadUser: () => Promise.reject(new Error("The wrapper failed")),
  };
  const app = express();
  app.use(expressFlags(broken, { onError: (error) => errors.push(error) }));
  app.use((request, response) => {
    response.send(String(expressFlagsOf(request).isOn("f")));
  });
  const { origin, close } = await listen(app.listen(0));
  assertEquals(await (await fetch(origin)).text(), "true");
  assertEquals(errors.map(String), ["Error: The wrapper failed"]);
  await close();
  await client.close();
});

Deno.test("flags() of Koa hands on what the next function throws", async () => {
  const stores = [{}, { stickyBuckets: memoryStickyBuckets() }];
  for (const options of stores) {
    const client = createClient({ source, ...options });
    const middleware = koaFlags(client);
    const app = new Koa();
    app.silent = true;
    app.use((context) =>
      middleware(context, () => {
        throw new Error("It fails at once");
      })
    );
    const { origin, close } = await listen(app.listen(0));
    const answer = await fetch(origin);
    assertEquals([answer.status, await answer.text()], [
      500,
      "Internal Server Error",
    ]);
    await close();
    await client.close();
  }
});

Deno.test("flags() of Fastify may be registered twice, and for a part of the server", async () => {
  const client = createClient({ source });
  const app = fastify();
  const plugin = fastifyFlags(client, { closesClient: false });
  app.register(plugin).register(fastifyFlags(client, { closesClient: false }));
  app.register((part, _options, done) => {
    part.register(plugin);
    part.get("/part", (request) => fastifyFlagsOf(request).isOn("f"));
    done();
  });
  app.get("/", (request) => fastifyFlagsOf(request).isOn("f"));
  for (const url of ["/", "/part"]) {
    assertEquals((await app.inject(url)).body, "true");
  }
  await app.close();
  await client.close();
});

Deno.test("flags() of Fastify refuses a server whose requests have other flags", async () => {
  const client = createClient({ source });
  const app = fastify();
  app.decorateRequest("flags", "mine");
  app.register(fastifyFlags(client, { closesClient: false }));
  const refused = await app.ready().then(() => null, (error) => error.code);
  assertEquals(refused, "FST_ERR_DEC_ALREADY_PRESENT");
  await app.close();
  await client.close();
});

Deno.test("flagsOf() of each framework tells of the middleware where it is given something else", () => {
  const readers = [expressFlagsOf, fastifyFlagsOf, honoFlagsOf, koaFlagsOf];
  for (const flagsOf of readers) {
    // Such as `c.req` where Hono has `c`.
    for (const odd of [undefined, null, {}, { headers: {} }, "GET /"]) {
      assertThrows(
        () => flagsOf(odd as never),
        TypeError,
        "Cannot read the flags of a request: the middleware `flags` did not run before",
      );
    }
  }
});

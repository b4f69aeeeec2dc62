/**
 * What the middlewares add to a request: `deno task bench:web`.
 *
 * Hono and Fastify handle requests inside this process, bare and with the middleware, in turn; for
 * Express and Koa it is the middleware itself that is measured, on objects like theirs. A "header alone" is a
 * plugin of Fastify that sets one cookie and does nothing else. Each number is what nine of ten rounds were
 * slower than, since a machine that does other things beside it only ever adds to a time; a visitor who is
 * known has the identity cookie, a new one gets it.
 */
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { createClient, fixedSource } from "../adapters/client/mod.ts";
import { flags as expressFlags } from "../adapters/web/frameworks/express.ts";
import { flags as fastifyFlags } from "../adapters/web/frameworks/fastify.ts";
import { flags as honoFlags } from "../adapters/web/frameworks/hono.ts";
import { flags as koaFlags } from "../adapters/web/frameworks/koa.ts";
import { requestUser } from "../adapters/web/mod.ts";

const client = createClient({
  source: fixedSource({ features: { chat: { defaultValue: true } } }),
});
const url = "http://shop.example/products/kettle?utm_source=news";
const known = {
  host: "shop.example",
  cookie: "theme=dark; gbuuid=0b5f7d5e-6a0f-4f6f-9d0c-2f3a3c1f2e11; cart=7",
  "accept-language": "fr-CH, fr;q=0.9, en;q=0.8",
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
};
const { cookie: _, ...unknown } = known;
const visitors = [["known", known], ["new", unknown]] as const;

/** What a new visitor gets. */
const identityCookie =
  "gbuuid=0b5f7d5e-6a0f-4f6f-9d0c-2f3a3c1f2e11; Path=/; Max-Age=34560000; SameSite=Lax";

const rounds = 100;
const size = 300;

type Task = () => unknown;

/** Runs tasks in turn, and gives the time of one call of each in its fast rounds, in microseconds. */
async function measure(tasks: readonly Task[]): Promise<readonly number[]> {
  const times: number[][] = tasks.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const started = performance.now();
      for (let count = 0; count < size; count++) await task();
      times[index]?.push((performance.now() - started) * 1000 / size);
    }
  }
  return times.map((all) => all.toSorted((a, b) => a - b)[rounds / 10] ?? NaN);
}

function row(name: string, bare: number | null, added: number): void {
  const cells = [bare === null ? "" : bare.toFixed(1), added.toFixed(1)];
  console.log(
    name.padEnd(34) + cells.map((cell) => cell.padStart(10)).join(""),
  );
}

console.log("microseconds a request".padEnd(34) + "      bare     added");

for (const [visitor, headers] of visitors) {
  const bareApp = new Hono().get("/products/:id", (c) => c.text("ok"));
  const app = new Hono().use(honoFlags(client))
    .get("/products/:id", (c) => c.text("ok"));
  const [bare = NaN, full = NaN, alone = NaN] = await measure([
    () => bareApp.fetch(new Request(url, { headers })),
    () => app.fetch(new Request(url, { headers })),
    () => new Request(url, { headers }),
  ]);
  row(`Hono, a ${visitor} visitor`, bare - alone, full - bare);
}

for (const [visitor, headers] of visitors) {
  const make = async (add: (app: FastifyInstance) => unknown) => {
    const app = fastify();
    add(app);
    app.get("/products/:id", () => "ok");
    await app.ready();
    return app;
  };
  const apps = [
    await make(() => {}),
    await make((app) =>
      app.register(fastifyFlags(client, { closesClient: false }))
    ),
    await make((app) =>
      app.addHook("onRequest", (_request, reply, next) => {
        reply.raw.setHeader("Set-Cookie", identityCookie);
        next();
      })
    ),
  ];
  const path = "/products/kettle?utm_source=news";
  const [bare = NaN, full = NaN, header = NaN] = await measure(
    apps.map((app) => () => app.inject({ url: path, headers })),
  );
  row(`Fastify, injected, a ${visitor} visitor`, bare, full - bare);
  if (visitor === "new") row("  the header alone", bare, header - bare);
  await Promise.all(apps.map((app) => app.close()));
}

const response = () => ({
  headersSent: false,
  locals: {},
  getHeader: () => undefined,
  setHeader: () => {},
  writeHead: () => {},
});
const path = "/products/kettle?utm_source=news";
const request = (headers: typeof known | typeof unknown) => ({
  headers,
  originalUrl: path,
  protocol: "http",
  host: "shop.example",
  hostname: "shop.example",
});

for (const [visitor, headers] of visitors) {
  const middleware = expressFlags(client);
  const [added = NaN] = await measure([() =>
    new Promise<void>((done) => {
      const answer = response();
      middleware(request(headers), answer, () => {
        answer.writeHead();
        done();
      });
    })]);
  row(`Express, a ${visitor} visitor`, null, added);
}

for (const [visitor, headers] of visitors) {
  const middleware = koaFlags(client);
  const [added = NaN] = await measure([() => {
    const res = response();
    const context = { ...request(headers), res, state: {} };
    return middleware(context, () => {
      res.writeHead();
      return Promise.resolve();
    });
  }]);
  row(`Koa, a ${visitor} visitor`, null, added);
}

for (const [visitor, headers] of visitors) {
  const made = new Request(url, { headers });
  const [added = NaN] = await measure([() => requestUser(client, made)]);
  row(`requestUser(), a ${visitor} visitor`, null, added);
}
await client.close();

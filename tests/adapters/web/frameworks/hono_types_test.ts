import { assertEquals } from "@std/assert";
import { type Context, Hono } from "hono";
import { createClient, fixedSource } from "../../../../adapters/client/mod.ts";
import {
  flags,
  type FlagsEnv,
  flagsOf,
} from "../../../../adapters/web/frameworks/hono.ts";

interface AppFeatures {
  banner: string;
  chat: boolean;
}

const client = createClient<AppFeatures>({
  source: fixedSource({ features: { banner: { defaultValue: "Welcome" } } }),
});

async function ask(app: Hono | { request: Hono["request"] }): Promise<string> {
  return await (await app.request("/")).text();
}

Deno.test("flags() of Hono types what is chained behind it", async () => {
  const app = new Hono().use(flags(client)).get("/", (c) => {
    const banner: string = c.var.flags.getFeatureValue("banner", "");
    // @ts-expect-error -- there is no such feature
    const other = c.var.flags.isOn("other");
    return c.text(`${banner} ${other}`);
  });
  assertEquals(await ask(app), "Welcome false");
});

Deno.test("flags() of Hono types the handlers of one route", async () => {
  const app = new Hono().get(
    "/",
    flags(client),
    (c) => c.text(c.var.flags.getFeatureValue("banner", "")),
  );
  assertEquals(await ask(app), "Welcome");
});

Deno.test("FlagsEnv types the handlers of an application", async () => {
  const app = new Hono<FlagsEnv<AppFeatures>>();
  app.use(flags(client));
  app.get("/", (c) => c.text(c.var.flags.getFeatureValue("banner", "")));
  assertEquals(await ask(app), "Welcome");
});

Deno.test("flags() of Hono reads what middlewares before it left", async () => {
  interface Session {
    Variables: { session: { id: string } };
  }
  const app = new Hono<Session>();
  app.use(async (c, next) => {
    c.set("session", { id: "customer-7" });
    await next();
  });
  app.use(flags(client, {
    attributes: (c: Context<Session>) => ({ id: c.get("session").id }),
  }));
  app.get("/", (c) => {
    const { attributes } = flagsOf<AppFeatures>(c).snapshot();
    return c.json(attributes as { id: string });
  });
  const answer = await app.request("/");
  assertEquals((await answer.json()).id, "customer-7");
  assertEquals(answer.headers.getSetCookie(), []);
});

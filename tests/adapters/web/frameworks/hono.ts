import { Hono } from "hono";
import { stream } from "hono/streaming";
import { setCookie } from "hono/cookie";
import { flags, flagsOf } from "../../../../adapters/web/frameworks/hono.ts";
import { readButton } from "./express.ts";
import type { Framework } from "./framework.ts";

/** Hono, on the server of the runtime. */
export const honoFramework: Framework = {
  name: "Hono 4",
  serve: (client, options = {}) => {
    const app = new Hono()
      .use(flags(client, options))
      .get(
        "/page",
        (c) => c.text(c.var.flags.getFeatureValue("button", "none")),
      )
      .get(
        "/attributes",
        (c) => new Response(JSON.stringify(flagsOf(c).snapshot().attributes)),
      )
      .get("/cookies", (c) => {
        setCookie(c, "a", "1");
        c.header("Set-Cookie", "b=2", { append: true });
        return c.text(readButton(flagsOf(c)));
      })
      .get("/stream", (c) => {
        readButton(flagsOf(c));
        return stream(c, async (body) => {
          await body.write("one");
          await body.write("two");
        });
      })
      .get("/late", (c) =>
        stream(c, async (body) => {
          await body.write("first ");
          await body.write(readButton(flagsOf(c)));
        }))
      .get("/throw", (c) => {
        readButton(flagsOf(c));
        throw new Error("The handler failed");
      })
      .get("/hang", async (c) => {
        readButton(flagsOf(c));
        const { signal } = c.req.raw;
        await new Promise((done) => signal.addEventListener("abort", done));
        return c.text("");
      })
      .onError((_error, c) => c.text("failed", 500));
    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      app.fetch,
    );
    return Promise.resolve({
      origin: `http://127.0.0.1:${server.addr.port}`,
      close: () => server.shutdown(),
    });
  },
};

import { Readable } from "node:stream";
import Koa from "koa";
import { flags, flagsOf } from "../../../../adapters/web/frameworks/koa.ts";
import { listen, readButton } from "./express.ts";
import type { Framework } from "./framework.ts";

/** Koa. */
export const koaFramework: Framework = {
  name: "Koa 3",
  serve: async (client, options = {}) => {
    const app = new Koa();
    app.silent = true;
    app.use(flags(client, options));
    app.use(async (context) => {
      const user = flagsOf(context);
      switch (context.path) {
        case "/page":
          context.body = readButton(user);
          break;
        case "/attributes":
          context.body = user.snapshot().attributes;
          break;
        case "/cookies":
          context.cookies.set("a", "1");
          context.append("Set-Cookie", "b=2");
          context.body = readButton(user);
          break;
        case "/stream":
          readButton(user);
          context.body = Readable.from(["one", "two"]);
          break;
        case "/late":
          context.respond = false;
          context.res.write("first ");
          context.res.end(readButton(user));
          break;
        case "/throw":
          readButton(user);
          throw new Error("The handler failed");
        case "/hang":
          readButton(user);
          await new Promise(() => {});
      }
    });
    return await listen(app.listen(0));
  },
};

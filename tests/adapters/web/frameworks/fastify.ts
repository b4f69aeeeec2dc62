import { Readable } from "node:stream";
import fastify from "fastify";
import fastify4 from "fastify4";
import { flags, flagsOf } from "../../../../adapters/web/frameworks/fastify.ts";
import { readButton } from "./express.ts";
import type { Framework } from "./framework.ts";

function framework(name: string, make: typeof fastify): Framework {
  return {
    name,
    serve: async (client, options = {}) => {
      const app = make({ forceCloseConnections: true });
      app.register(flags(client, { ...options, closesClient: false }));
      app.get("/page", (request) => readButton(flagsOf(request)));
      app.get(
        "/attributes",
        (request) => flagsOf(request).snapshot().attributes,
      );
      app.get("/cookies", (request, reply) => {
        reply.header("set-cookie", "a=1").header("set-cookie", "b=2");
        return reply.send(readButton(flagsOf(request)));
      });
      app.get("/stream", (request, reply) => {
        readButton(flagsOf(request));
        return reply.send(Readable.from(["one", "two"]));
      });
      app.get("/late", (request, reply) => {
        reply.hijack();
        reply.raw.write("first ");
        reply.raw.end(readButton(flagsOf(request)));
      });
      app.get("/throw", (request) => {
        readButton(flagsOf(request));
        throw new Error("The handler failed");
      });
      app.get("/hang", async (request) => {
        readButton(flagsOf(request));
        await new Promise(() => {});
      });
      const origin = await app.listen({ port: 0, host: "127.0.0.1" });
      return { origin, close: () => app.close() };
    },
  };
}

/** Fastify, the version that is current and the one before. */
export const fastify5Framework: Framework = framework("Fastify 5", fastify);
/** Fastify 4. */
export const fastify4Framework: Framework = framework(
  "Fastify 4",
  fastify4 as unknown as typeof fastify,
);

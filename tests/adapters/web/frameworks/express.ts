import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import express, { type ErrorRequestHandler } from "express";
import express4 from "express4";
import type { FeatureReads } from "../../../../adapters/client/mod.ts";
import { flags, flagsOf } from "../../../../adapters/web/frameworks/express.ts";
import type { Framework, Served } from "./framework.ts";

function framework(name: string, make: typeof express): Framework {
  return {
    name,
    serve: async (client, options = {}) => {
      const app = make();
      app.use(flags(client, options));
      app.get("/page", (request, response) => {
        response.send(readButton(flagsOf(request)));
      });
      app.get("/attributes", (request, response) => {
        response.json(flagsOf(request).snapshot().attributes);
      });
      app.get("/cookies", (request, response) => {
        response.setHeader("Set-Cookie", ["a=1"]);
        response.cookie("b", "2");
        response.send(readButton(flagsOf(request)));
      });
      app.get("/stream", (request, response) => {
        readButton(flagsOf(request));
        response.write("one");
        response.end("two");
      });
      app.get("/late", (request, response) => {
        response.write("first ");
        response.end(readButton(flagsOf(request)));
      });
      app.get("/throw", (request) => {
        readButton(flagsOf(request));
        throw new Error("The handler failed");
      });
      app.get("/hang", (request) => {
        readButton(flagsOf(request));
      });
      const fail: ErrorRequestHandler = (_error, _request, response, _next) => {
        response.status(500).send("failed");
      };
      app.use(fail);
      return await listen(app.listen(0));
    },
  };
}

/** Waits for a server of Node, and tells its address. */
export async function listen(server: Server): Promise<Served> {
  if (!server.listening) {
    await new Promise((done) => server.once("listening", () => done(null)));
  }
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(() => done(null)));
    },
  };
}

/** Reads the feature that the tests ask for. */
export function readButton(user: FeatureReads): string {
  return user.getFeatureValue("button", "none");
}

/** Express, the version that is current and the one before. */
export const express5Framework: Framework = framework("Express 5", express);
/** Express 4. */
export const express4Framework: Framework = framework(
  "Express 4",
  express4 as unknown as typeof express,
);

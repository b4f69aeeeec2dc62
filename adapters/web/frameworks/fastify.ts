/**
 * Fastify: a plugin that gives each request the reads of its user.
 *
 * @module
 */
import type { AnyFeatures } from "../../../core/types/context.ts";
import type { Client } from "../../client/client.ts";
import type { FeatureReads } from "../../client/reads/feature_reads.ts";
import type { RequestClient } from "../create_request_users.ts";
import { checkObject } from "../../support/check_options.ts";
import { readHeader } from "../request/request_like.ts";
import {
  readHost,
  type RequestParts,
  splitPath,
} from "../request/request_parts.ts";
import { type FlagsOptions, readFlags } from "./flags_options.ts";
import type { NodeResponse } from "./node_response.ts";
import { createNodeUsers } from "./node_users.ts";

export type { FlagsOptions } from "./flags_options.ts";
export type { NodeResponse } from "./node_response.ts";

/** What is used of a request of Fastify. */
export interface FastifyRequestLike {
  /** The headers. */
  readonly headers: {
    readonly [name: string]: string | string[] | undefined;
  };
  /** The address from the path on. */
  readonly originalUrl: string;
  /** The protocol, as the setting `trustProxy` lets Fastify see it. */
  readonly protocol: string;
  /** The host with its port, as `trustProxy` lets Fastify see it; absent in Fastify 4. */
  readonly host?: string;
  /** The host, with its port in Fastify 4. */
  readonly hostname: string;
}

/** What is used of an instance of Fastify. */
export interface FastifyLike {
  /** Makes room for a property of requests. */
  readonly decorateRequest: (name: string, value: null) => unknown;
  /** Adds a hook. */
  readonly addHook: {
    (
      name: "onRequest",
      hook: (
        request: FastifyRequestLike,
        reply: { readonly raw: NodeResponse },
        next: () => void,
      ) => void,
    ): unknown;
    (name: "onClose", hook: () => Promise<void>): unknown;
  };
}

/** A plugin of Fastify, as `register` takes it. */
export type FastifyFlags = (
  app: FastifyLike,
  options: object,
  done: (error?: Error) => void,
) => void;

/** How requests become users, and what happens when the server closes. */
export interface FastifyFlagsOptions extends FlagsOptions<FastifyRequestLike> {
  /**
   * Whether the client is closed with the server, so that what it recorded is delivered; true by
   * default. False where other servers share it.
   */
  readonly closesClient?: boolean;
}

/**
 * Makes a plugin: `flagsOf(request)` gives the reads of the request's user in every route, and so does
 * `request.flags`. The identity cookie and sticky buckets are added to the response when its headers are
 * sent, next to cookies of your own. `app.close()` closes the client too.
 *
 * Behind a proxy, Fastify has to know: `fastify({ trustProxy: true })`. It never answers itself, and
 * never makes a request fail. Throws a `TypeError` or `RangeError` where an option can't be used.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { flags, flagsOf } from "@growthstream/sdk/fastify";
 * import { assertEquals } from "@std/assert";
 * import fastify from "fastify";
 *
 * const features = { banner: { defaultValue: "Welcome" } };
 * const client = createClient({ source: fixedSource({ features }) });
 * const app = fastify();
 * app.register(flags(client));
 * app.get("/", (request) => flagsOf(request).getFeatureValue("banner", "Hello"));
 *
 * const answer = await app.inject("/");
 * assertEquals(answer.body, "Welcome");
 * await app.close(); // and the client
 * ```
 */
export function flags<Features extends object>(
  client: RequestClient<Features> & Pick<Client<Features>, "close">,
  given: FastifyFlagsOptions = {},
): FastifyFlags {
  checkObject("make users of requests", given);
  const { closesClient = true, ...options } = given;
  const load = createNodeUsers(client, options, partsOf);
  const plugin: FastifyFlags = (app, _options, done) => {
    try {
      decorate(app);
    } catch (error) {
      // What a plugin throws ends the process.
      return done(error as Error);
    }
    app.addHook("onRequest", (request, reply, next) => {
      load(request, reply.raw, (user) => {
        (request as { flags?: unknown }).flags = user;
        next();
      });
    });
    if (closesClient) {
      app.addHook("onClose", async () => {
        await client.close();
      });
    }
    done();
  };
  return Object.assign(plugin, {
    // What `fastify-plugin` sets: the plugin counts for the whole server, not for a part of it.
    [Symbol.for("skip-override")]: true,
    [Symbol.for("fastify.display-name")]: "growthstream",
    [Symbol.for("plugin-meta")]: { name: "growthstream", fastify: ">=4" },
  });
}

const decorated: unique symbol = Symbol.for("growthstream.decorated");

// The plugin may be registered twice, or again for a part of the server.
function decorate(app: FastifyLike): void {
  if (decorated in app) return;
  app.decorateRequest("flags", null);
  Object.assign(app, { [decorated]: true });
}

/**
 * Gives the reads of the user of a request: `flagsOf<AppFeatures>(request)` types them. Throws a
 * `TypeError` where the plugin did not run before.
 *
 * @example
 * ```ts
 * import { flagsOf } from "@growthstream/sdk/fastify";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => flagsOf({}), TypeError, "the middleware `flags` did not run");
 * ```
 */
export function flagsOf<Features extends object = AnyFeatures>(
  request: object,
): FeatureReads<Features> {
  return readFlags<FeatureReads<Features>>(request);
}

function partsOf(request: FastifyRequestLike): RequestParts {
  return {
    protocol: request.protocol,
    host: readHost(request.host ?? request.hostname),
    ...splitPath(request.originalUrl),
    header: (name, longest) => readHeader(request, name, longest),
  };
}

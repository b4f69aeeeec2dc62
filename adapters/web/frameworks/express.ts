/**
 * Express 4 and 5: a middleware that gives each request the reads of its user.
 *
 * @module
 */
import type { AnyFeatures } from "../../../core/types/context.ts";
import type { FeatureReads } from "../../client/reads/feature_reads.ts";
import type { RequestClient } from "../create_request_users.ts";
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

/** What is used of a request of Express. */
export interface ExpressRequest {
  /** The headers. */
  readonly headers: {
    readonly [name: string]: string | string[] | undefined;
  };
  /** The address from the path on, wherever the middleware is mounted. */
  readonly originalUrl: string;
  /** The protocol, as the setting `trust proxy` lets Express see it. */
  readonly protocol: string;
  /** The host, without its port in Express 4, as `trust proxy` lets Express see it. */
  readonly hostname: string | undefined;
}

/** What is used of a response of Express. */
export interface ExpressResponse extends NodeResponse {
  /** What the templates of the response read. */
  readonly locals: { [name: string]: unknown };
}

/** A middleware of Express, whichever version. */
export type ExpressMiddleware<Request extends ExpressRequest> = (
  request: Request,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Makes a middleware: `flagsOf(request)` gives the reads of the request's user in handlers behind it, and
 * so do `request.flags` and, in templates, `flags`. The identity cookie and sticky buckets are added
 * to the response when its headers are sent, next to cookies of your own.
 *
 * Behind a proxy, Express has to know: `app.set("trust proxy", 1)`. It never answers itself, and never
 * makes a request fail. Throws a `TypeError` or `RangeError` where an option can't be used.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { flags, flagsOf } from "@growthstream/sdk/express";
 * import { assertEquals } from "@std/assert";
 * import express from "express";
 *
 * const features = { banner: { defaultValue: "Welcome" } };
 * const client = createClient({ source: fixedSource({ features }) });
 * const app = express();
 * app.use(flags(client));
 * app.get("/", (request, response) => {
 *   response.send(flagsOf(request).getFeatureValue("banner", "Hello"));
 * });
 * const server = app.listen(0);
 * const { port } = server.address() as { readonly port: number };
 * const answer = await fetch(`http://localhost:${port}/`);
 * assertEquals(await answer.text(), "Welcome");
 * server.close();
 * await client.close();
 * ```
 */
export function flags<
  Features extends object,
  Request extends ExpressRequest = ExpressRequest,
>(
  client: RequestClient<Features>,
  options: FlagsOptions<Request> = {},
): ExpressMiddleware<Request> {
  const load = createNodeUsers(client, options, partsOf);
  return (request, response, next) => {
    load(request, response, (user) => {
      (request as { flags?: unknown }).flags = user;
      response.locals["flags"] = user;
      next();
    });
  };
}

/**
 * Gives the reads of the user of a request: `flagsOf<AppFeatures>(request)` types them. Throws a
 * `TypeError` where the middleware did not run before.
 *
 * @example
 * ```ts
 * import { flagsOf } from "@growthstream/sdk/express";
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

function partsOf(request: ExpressRequest): RequestParts {
  const { protocol, hostname } = request;
  const named = readHost(readHeader(request, "host", 512));
  // A proxy that is trusted may name another host; its port is not told then.
  const host = readHost(hostname);
  return {
    protocol,
    host: host === "" || isOf(named, host) ? named : host,
    ...splitPath(request.originalUrl),
    header: (name, longest) => readHeader(request, name, longest),
  };
}

/** Tells whether a host with its port, if it has one, is of that name. */
function isOf(host: string, name: string): boolean {
  return host === name || host.startsWith(`${name}:`);
}

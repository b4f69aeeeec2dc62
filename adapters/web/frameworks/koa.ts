/**
 * Koa: a middleware that gives each request the reads of its user.
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

/** What is used of a context of Koa. */
export interface KoaContext {
  /** The headers of the request. */
  readonly headers: {
    readonly [name: string]: string | string[] | undefined;
  };
  /** The address from the path on. */
  readonly originalUrl: string;
  /** The protocol, as the setting `proxy` lets Koa see it. */
  readonly protocol: string;
  /** The host with its port, as the setting `proxy` lets Koa see it. */
  readonly host: string;
  /** Node's response. */
  readonly res: NodeResponse;
  /** What middlewares hand on. */
  readonly state: object;
}

/** A middleware of Koa. */
export type KoaMiddleware<Context extends KoaContext> = (
  context: Context,
  next: () => Promise<unknown>,
) => Promise<void>;

/**
 * Makes a middleware: `flagsOf(context)` gives the reads of the request's user in middlewares behind it,
 * and so does `context.state.flags`. The identity cookie and sticky buckets are added to the response
 * when its headers are sent, next to cookies of your own.
 *
 * Behind a proxy, Koa has to know: `app.proxy = true`. It never answers itself, and never makes a
 * request fail. Throws a `TypeError` or `RangeError` where an option can't be used.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { flags, flagsOf } from "@growthstream/sdk/koa";
 * import { assertEquals } from "@std/assert";
 * import Koa from "koa";
 *
 * const features = { banner: { defaultValue: "Welcome" } };
 * const client = createClient({ source: fixedSource({ features }) });
 * const app = new Koa();
 * app.use(flags(client));
 * app.use((context) => {
 *   context.body = flagsOf(context).getFeatureValue("banner", "Hello");
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
  Context extends KoaContext = KoaContext,
>(
  client: RequestClient<Features>,
  options: FlagsOptions<Context> = {},
): KoaMiddleware<Context> {
  const load = createNodeUsers(client, options, partsOf);
  return (context, next) =>
    new Promise((resolve, reject) => {
      load(context, context.res, (user) => {
        (context.state as { flags?: unknown }).flags = user;
        try {
          Promise.resolve(next()).then(() => resolve(), reject);
        } catch (error) {
          reject(error);
        }
      });
    });
}

/**
 * Gives the reads of the user of a request: `flagsOf<AppFeatures>(context)` types them. Throws a
 * `TypeError` where the middleware did not run before.
 *
 * @example
 * ```ts
 * import { flagsOf } from "@growthstream/sdk/koa";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => flagsOf({ state: {} }), TypeError, "the middleware `flags` did not run");
 * ```
 */
export function flagsOf<Features extends object = AnyFeatures>(
  context: { readonly state: object },
): FeatureReads<Features> {
  return readFlags<FeatureReads<Features>>(context?.state);
}

function partsOf(context: KoaContext): RequestParts {
  return {
    protocol: context.protocol,
    host: readHost(context.host),
    ...splitPath(context.originalUrl),
    header: (name, longest) => readHeader(context, name, longest),
  };
}

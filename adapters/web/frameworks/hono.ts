/**
 * Hono: a middleware that gives each request the reads of its user.
 *
 * @module
 */
import type { AnyFeatures } from "../../../core/types/context.ts";
import type { Client } from "../../client/client.ts";
import type { FeatureReads } from "../../client/reads/feature_reads.ts";
import { attempt } from "../../support/attempt.ts";
import { isWorker } from "../../support/is_worker.ts";
import {
  createRequestUsers,
  type RequestClient,
} from "../create_request_users.ts";
import { requestParts } from "../request/request_parts.ts";
import type { RequestUserOptions } from "../request_user_options.ts";
import { watchReads } from "../watch_reads.ts";
import { readFlags } from "./flags_options.ts";
import { createRequestMemory } from "./request_memory.ts";

/** What the middleware adds to the environment of an application: `new Hono<FlagsEnv<AppFeatures>>()`. */
export interface FlagsEnv<Features extends object = AnyFeatures> {
  /** What handlers read by `c.var`. */
  readonly Variables: {
    /** The reads of the request's user. */
    readonly flags: FeatureReads<Features>;
  };
}

/** What is used of a context of Hono, whichever copy of Hono it comes from. */
export interface HonoContext {
  /** The request. */
  readonly req: { readonly raw: Request };
  /** The response, once a handler gave one. */
  readonly res: Response;
  /** Hands something on. */
  readonly set: (name: never, value: never) => void;
  /** Sets a header of the response. */
  readonly header: (
    name: string,
    value: string,
    options: { readonly append: true },
  ) => void;
}

/**
 * A middleware by Hono's own type.
 *
 * @ignore A documentation of it would have to document all of Hono's types.
 */
export type HonoHandler<Features extends object> =
  import("hono").MiddlewareHandler<FlagsEnv<Features>>;

/** A middleware of Hono. Handlers that are chained behind it know `c.var.flags`. */
export type HonoMiddleware<
  Features extends object,
  Source extends HonoContext = HonoContext,
> =
  & ((context: Source, next: () => Promise<void>) => Promise<void>)
  & HonoHandler<Features>;

/**
 * Makes a middleware: `flagsOf(c)` gives the reads of the request's user in handlers behind it, and so
 * does `c.var.flags`. The identity cookie and sticky buckets are added to the response that the handlers
 * gave, next to cookies of your own.
 *
 * On Cloudflare Workers what was recorded is delivered by `waitUntil`, after the response, and what a stream
 * or a WebSocket records then, at once. It never answers itself, and never makes a request fail. Throws a
 * `TypeError` or `RangeError` where an option can't be used.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { flags, flagsOf } from "@growthstream/sdk/hono";
 * import { assertEquals } from "@std/assert";
 * import { Hono } from "hono";
 *
 * const features = { banner: { defaultValue: "Welcome" } };
 * const client = createClient({ source: fixedSource({ features }) });
 * const app = new Hono();
 * app.use(flags(client));
 * app.get("/", (c) => c.text(flagsOf(c).getFeatureValue("banner", "Hello")));
 *
 * const answer = await app.request("/");
 * assertEquals(await answer.text(), "Welcome");
 * await client.close();
 * ```
 */
export function flags<
  Features extends object,
  Source extends HonoContext = HonoContext,
>(
  client: RequestClient<Features> & Pick<Client<Features>, "flush">,
  options: RequestUserOptions<Source> = {},
): HonoMiddleware<Features, Source> {
  const users = createRequestUsers(client, options, { shares: true });
  const delivery = createDelivery(client);
  const memory = createRequestMemory<FeatureReads<Features>>();
  const middleware = async (context: Source, next: () => Promise<void>) => {
    const known = memory.find(context);
    if (known !== undefined) {
      // The mount before this one adds the cookies.
      context.set("flags" as never, known as never);
      return await next();
    }
    const { raw } = context.req;
    let isAnswered = false;
    const parts = requestParts(raw, options.trustProxy);
    const loaded = users.load(parts, context, () => {
      if (isAnswered) users.tellLate();
    });
    const { user, cookies } = loaded instanceof Promise ? await loaded : loaded;
    const reads = delivery.isElsewhere() ? user : watchReads(user, () => {
      if (isAnswered) delivery.soon(context);
    });
    memory.keep(context, reads);
    context.set("flags" as never, reads as never);
    try {
      await next();
      for (const cookie of cookies()) addCookie(context, cookie);
    } finally {
      // Hono makes an answer of an error, but of nothing else that is thrown.
      isAnswered = true;
      delivery.now(context);
    }
  };
  return middleware as HonoMiddleware<Features, Source>;
}

/**
 * Gives the reads of the user of a request: `flagsOf<AppFeatures>(c)` types them. Throws a `TypeError`
 * where the middleware did not run before.
 *
 * @example
 * ```ts
 * import { flagsOf } from "@growthstream/sdk/hono";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => flagsOf({ var: {} }), TypeError, "the middleware `flags` did not run");
 * ```
 */
export function flagsOf<Features extends object = AnyFeatures>(
  context: { readonly var: object },
): FeatureReads<Features> {
  return readFlags<FeatureReads<Features>>(context?.var);
}

function addCookie(context: HonoContext, cookie: string): void {
  const { res } = context;
  // The headers of a connection that becomes a WebSocket can't be changed.
  if (res.status === 101) return;
  try {
    const present = res.headers.getSetCookie();
    // Such as of another middleware, which gave this visitor the same identity.
    if (present.includes(cookie)) return;
    // Or which wrote the sticky buckets before the last of them was assigned.
    const kept = present.filter((other) => !isReplaced(other, cookie));
    if (kept.length < present.length) {
      res.headers.delete("set-cookie");
      for (const other of kept) res.headers.append("set-cookie", other);
    }
    res.headers.append("set-cookie", cookie);
  } catch {
    // Nor can those of a redirect, or of an answer that was fetched: Hono makes another response of it.
    context.header("Set-Cookie", cookie, { append: true });
  }
}

// A cookie takes the place of one that has its name, and its path and domain too.
function isReplaced(other: string, cookie: string): boolean {
  const [before, after] = [other, cookie].map((text) => ({
    name: text.slice(0, text.indexOf("=")),
    rest: text.slice(text.indexOf(";")),
  }));
  return before?.name === after?.name && before?.rest === after?.rest;
}

/** Delivers what requests recorded, on a platform that ends with the response. */
interface RequestDelivery {
  /** Whether this is no such platform. */
  readonly isElsewhere: () => boolean;
  /** Delivers now. */
  readonly now: (context: object) => void;
  /** Delivers after this turn, such as for a read in the middle of a stream: once for all of a turn. */
  readonly soon: (context: object) => void;
}

/**
 * Makes what delivers after a response. Where there is no execution context, asking for it throws, which takes
 * longer than all the rest: it is asked for once.
 */
function createDelivery(client: Pick<Client<never>, "flush">): RequestDelivery {
  const due = new WeakSet<object>();
  let isElsewhere = false;
  const contextOf = (context: object) => {
    if (isElsewhere) return null;
    try {
      return (context as { readonly executionCtx: ExecutionContext })
        .executionCtx;
    } catch {
      // A request inside a Worker may come without the context of the one around it.
      isElsewhere = !isWorker();
      return null;
    }
  };
  const now = (context: object) => {
    due.delete(context);
    // A platform may refuse it where the request is over.
    attempt(() => contextOf(context)?.waitUntil(client.flush()), () => {});
  };
  return {
    isElsewhere: () => isElsewhere,
    now,
    soon: (context) => {
      if (isElsewhere || due.has(context)) return;
      due.add(context);
      queueMicrotask(() => now(context));
    },
  };
}

interface ExecutionContext {
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

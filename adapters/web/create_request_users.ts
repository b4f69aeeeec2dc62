import type { AnyFeatures } from "../../core/types/context.ts";
import type { Client } from "../client/client.ts";
import type { FeatureReads } from "../client/reads/feature_reads.ts";
import { createErrorReport } from "../support/create_error_report.ts";
import { cookieSuffixes } from "./cookies/cookie_suffixes.ts";
import { removeCookies } from "./cookies/remove_cookies.ts";
import { writeStickyCookies } from "./cookies/write_sticky_cookies.ts";
import {
  createDescription,
  type DescribedRequest,
} from "./describe_request.ts";
import { refuseMisuse } from "./refuse_misuse.ts";
import type { RequestParts } from "./request/request_parts.ts";
import type { RequestUserOptions } from "./request_user_options.ts";
import { watchReads } from "./watch_reads.ts";

/** What requests need of a client. */
export type RequestClient<Features extends object = AnyFeatures> =
  & Pick<Client<Features>, "forUser" | "loadUser">
  & Partial<Pick<Client<Features>, "loadsUsers">>;

/** The user of a request. */
export interface RequestReads<Features extends object> {
  /** The user's reads. */
  readonly user: FeatureReads<Features>;
  /** Gives the cookies to set, as things are: more may come with each read. */
  readonly cookies: () => readonly string[];
}

/** Makes the users of requests. `changed` is called when a read led to another cookie. */
export interface RequestUsers<Features extends object, Source> {
  /** Makes the user of a request at once, without the sticky buckets of the client's store. */
  readonly make: (
    parts: RequestParts,
    source: Source,
    changed: () => void,
  ) => RequestReads<Features>;
  /**
   * Makes the user of a request once the client has what belongs to the user; at once where the client
   * has nothing to wait for. Never rejects.
   */
  readonly load: (
    parts: RequestParts,
    source: Source,
    changed: () => void,
  ) => RequestReads<Features> | Promise<RequestReads<Features>>;
  /** Tells, once, that a cookie came when the headers were on their way. */
  readonly tellLate: () => void;
}

/**
 * Makes what makes users of requests. Throws where an option can't be used. With `shares`, as for
 * middlewares, what is mounted twice gives a visitor who came without an identity the same one, and each knows
 * which sticky buckets the others assigned.
 */
export function createRequestUsers<Features extends object, Source>(
  client: RequestClient<Features>,
  options: RequestUserOptions<Source>,
  { shares = false }: { readonly shares?: boolean } = {},
): RequestUsers<Features, Source> {
  type Users = RequestUsers<Features, Source>;
  refuseMisuse(client, options);
  const { loadTimeout: timeout = 1000 } = options;
  const onError = createErrorReport<unknown>(
    options.onError ?? ((error) => console.error(error)),
  );
  const warn = createWarnings(client, onError);
  const suffixes = cookieSuffixes(options);
  const describe = createDescription(options, onError, shares);

  const finish = (
    view: FeatureReads<Features>,
    { protocol }: RequestParts,
    { identityCookie, sticky, withdrawn }: DescribedRequest,
    changed: () => void,
  ): RequestReads<Features> => {
    const first = identityCookie === null
      ? removeCookies(withdrawn, suffixes("gone", protocol))
      : [identityCookie + suffixes("identity", protocol)];
    if (sticky === null) return { user: view, cookies: () => first };
    const current = () => view.snapshot().stickyBucketAssignmentDocs ?? {};
    const before = { ...sticky, documents: current() };
    let seen = before.documents;
    const user = watchReads(view, () => {
      const documents = current();
      if (documents === seen) return;
      sticky.exchange.add(documents, seen);
      seen = documents;
      changed();
    });
    return {
      user,
      cookies: () => {
        const documents = current();
        if (documents === before.documents) return first;
        const { cookies, dropped } = writeStickyCookies(documents, before, {
          suffix: suffixes("sticky", protocol),
          gone: suffixes("gone", protocol),
        });
        if (dropped > 0) warn("room");
        return [...first, ...cookies];
      },
    };
  };
  const make: Users["make"] = (parts, source, changed) => {
    const described = describe(parts, source);
    return finish(client.forUser(described.user), parts, described, changed);
  };
  const load: Users["load"] = async (parts, source, changed) => {
    const described = describe(parts, source);
    const { user } = described;
    const view = await client.loadUser(user, { timeout }).catch(
      (error: unknown) => {
        // Only a client that another one wraps does that; the visitor is to see a page all the same.
        onError(error);
        return client.forUser(user);
      },
    );
    return finish(view, parts, described, changed);
  };
  return {
    make,
    // A promise for each request takes longer than all the rest.
    load: client.loadsUsers === false ? make : load,
    tellLate: () => warn("late"),
  };
}

const warnings = {
  late:
    "Cannot set the cookies of a user: the headers of the response were sent before. Read features before the response begins",
  room:
    "Cannot keep all sticky buckets of a user in a cookie of 4,000 bytes: the oldest were dropped",
} as const;

/** What was told of each client. */
const toldOf = new WeakMap<object, Set<string>>();

// One request tells what has to be known; a thousand would flood a log. `requestUser` begins anew with each.
function createWarnings(
  client: object,
  onError: (error: unknown) => void,
): (warning: keyof typeof warnings) => void {
  const told = toldOf.get(client) ?? new Set<string>();
  toldOf.set(client, told);
  return (warning) => {
    if (told.has(warning)) return;
    told.add(warning);
    onError(new RangeError(warnings[warning]));
  };
}

import { monotonicTime, systemClock } from "../support/time/clock.ts";
import type { PayloadCache } from "./cache/payload_cache.ts";
import {
  checkHeaders,
  checkKey,
  checkKind,
  type Host,
  readChance,
  readHost,
  readTime,
  refuse,
} from "./endpoint_options.ts";
import type { Trouble } from "./trouble/trouble.ts";
import type { AnswerHost } from "./http/load_answer.ts";
import type { GrowthbookSourceOptions } from "./growthbook_options.ts";
import { type LateCode, lateCode } from "../support/late_code.ts";
import type { LinkSettings } from "./link/link_state.ts";

/** What a source was made with, checked and complete. */
export interface Endpoint extends AnswerHost, LinkSettings {
  /** Is never shown. */
  readonly clientKey: string;
  /** What only a source in trouble needs. */
  readonly trouble: LateCode<Trouble>;
  /** Where payloads are asked for. */
  readonly api: Host;
  /** Where changes are pushed from. */
  readonly streams: Host;
  readonly headers: { readonly [name: string]: string };
  readonly streamingHeaders: { readonly [name: string]: string };
  readonly silence: number;
  readonly decryptionKey: string | undefined;
  /** How long a payload is kept; 0 for not at all. */
  readonly kept: number;
  readonly store: PayloadCache | null;
  readonly onCacheError: (error: Error) => void;
  /** How many milliseconds passed since it was first asked. Never goes back. */
  readonly time: () => number;
  readonly random: () => number;
}

/** Checks the options of a source, and fills in what is missing. Throws where one can't be used. */
export function createEndpoint(options: GrowthbookSourceOptions): Endpoint {
  const {
    clientKey,
    apiHost = "https://cdn.growthbook.io",
    streamingHost,
    headers = {},
    streamingHeaders = headers,
    timeout = 10_000,
    streaming = true,
    polling = 60_000,
    silence = 70_000,
    maxBytes = 2 ** 25,
    decryptionKey,
    remoteEval = false,
    cacheKeyAttributes = [],
    cache = {},
    onCacheError = () => {},
    fetch: ownFetch,
    clock = systemClock,
    random,
    ...others
  }: GrowthbookSourceOptions = Object(options);
  const { fresh = 60_000, kept = 14_400_000, store = null, ...otherCache } =
    cache || {};
  checkKey(clientKey);
  checkKind("object", { cache: cache || undefined });
  const [unknown] = [
    ...Object.keys(others),
    ...Object.keys(otherCache).map((name) => `cache.${name}`),
  ];
  // A host that is misspelt would be GrowthBook's own.
  if (unknown !== undefined) {
    throw new TypeError(refuse(`there is no option "${unknown}"`));
  }
  checkKind("boolean", { streaming, remoteEval });
  checkKind("function", {
    onCacheError,
    fetch: ownFetch,
    random,
    // One method stands for the object, and null is no function.
    "clock.setTimer": clock?.setTimer ?? null,
    "cache.store.load": store ? store.load ?? null : undefined,
  });
  if (!Array.isArray(cacheKeyAttributes)) {
    throw new TypeError(refuse("cacheKeyAttributes should be a list of names"));
  }
  const isOwnFetch = ownFetch !== undefined;
  const key = encodeURIComponent(clientKey);
  const api = readHost(apiHost, "apiHost", key, isOwnFetch);
  const streams = streamingHost === undefined
    ? api
    : readHost(streamingHost, "streamingHost", key, isOwnFetch);
  checkHeaders(headers);
  checkHeaders(streamingHeaders);
  return {
    clientKey,
    api,
    streams,
    headers: { ...headers },
    streamingHeaders: { ...streamingHeaders },
    timeout: readTime(timeout, "timeout"),
    silence: readTime(silence, "silence"),
    maxBytes: readTime(maxBytes, "maxBytes"),
    decryptionKey,
    kept: cache === false ? 0 : readTime(kept, "cache.kept"),
    store: remoteEval || cache === false ? null : store,
    onCacheError,
    streaming,
    polling: polling === false ? null : readTime(polling, "polling"),
    remoteEval,
    fresh: cache === false ? 0 : readTime(fresh, "cache.fresh"),
    // Looked up at each call, so that a fetch that is replaced is the one that is used.
    fetch: ownFetch ?? ((input, init) => fetch(input, init)),
    habits: { refusesCache: false },
    trouble: lateCode(() => import("./trouble/trouble.ts")),
    clock,
    time: monotonicTime(clock),
    random: () => readChance(random),
  };
}

import { monotonicTime, systemClock } from "../support/time/clock.ts";
import type { PayloadCache } from "./cache/payload_cache.ts";
import {
  checkHeaders,
  checkKey,
  checkKind,
  readChance,
  readHost,
  readTime,
  refuse,
} from "./endpoint_options.ts";
import type { Trouble } from "./http/trouble.ts";
import type { AnswerHost } from "./http/load_answer.ts";
import type { GrowthbookSourceOptions } from "./growthbook_options.ts";
import { type LateCode, lateCode } from "../support/late_code.ts";
import type { LinkSettings } from "./link/link_state.ts";

/** What a source was made with, checked and complete. */
export interface Endpoint extends AnswerHost {
  /** Is never shown. */
  readonly clientKey: string;
  /** What only a source in trouble needs. */
  readonly trouble: LateCode<Trouble>;
  /** Where the payload is asked for. Contains the client key, so it is never shown. */
  readonly featuresUrl: string;
  /** Where a user is evaluated. Contains the client key, so it is never shown. */
  readonly evaluationUrl: string;
  /** Where changes are pushed from. Contains the client key, so it is never shown. */
  readonly streamUrl: string;
  /** The names of the hosts, which may be shown. */
  readonly apiName: string;
  readonly streamName: string;
  readonly headers: { readonly [name: string]: string };
  readonly streamingHeaders: { readonly [name: string]: string };
  readonly silence: number;
  readonly decryptionKey: string | undefined;
  /** How long a payload is kept; 0 for not at all. */
  readonly kept: number;
  readonly store: PayloadCache | null;
  readonly onCacheError: (error: Error) => void;
  readonly link: LinkSettings;
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
    streaming: isStreaming = true,
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
  const [unknown] = [
    ...Object.keys(others),
    ...Object.keys(otherCache).map((name) => `cache.${name}`),
  ];
  // A host that is misspelt would be GrowthBook's own.
  if (unknown !== undefined) {
    throw new TypeError(refuse(`there is no option "${unknown}"`));
  }
  checkKind("boolean", { streaming: isStreaming, remoteEval });
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
  const api = readHost(apiHost, "apiHost", isOwnFetch);
  const streaming = streamingHost === undefined
    ? api
    : readHost(streamingHost, "streamingHost", isOwnFetch);
  checkHeaders(headers);
  checkHeaders(streamingHeaders);
  const key = encodeURIComponent(clientKey);
  return {
    clientKey,
    featuresUrl: api.url(`/api/features/${key}`),
    evaluationUrl: api.url(`/api/eval/${key}`),
    streamUrl: streaming.url(`/sub/${key}`),
    apiName: api.name,
    streamName: streaming.name,
    headers: { ...headers },
    streamingHeaders: { ...streamingHeaders },
    timeout: readTime(timeout, "timeout"),
    silence: readTime(silence, "silence"),
    maxBytes: readTime(maxBytes, "maxBytes"),
    decryptionKey,
    kept: cache === false ? 0 : readTime(kept, "cache.kept"),
    store: remoteEval || cache === false ? null : store,
    onCacheError,
    link: {
      streaming: isStreaming,
      polling: polling === false ? null : readTime(polling, "polling"),
      isRemote: remoteEval,
      fresh: cache === false ? 0 : readTime(fresh, "cache.fresh"),
    },
    // Looked up at each call, so that a fetch that is replaced is the one that is used.
    fetch: ownFetch ?? ((input, init) => fetch(input, init)),
    habits: { refusesCache: false },
    trouble: lateCode(() => import("./http/trouble.ts")),
    clock,
    time: monotonicTime(clock),
    random: () => readChance(random),
  };
}

import { type Clock, systemClock } from "../support/clock.ts";
import type { PayloadCache } from "./cache/payload_cache.ts";
import type { GrowthbookSourceOptions } from "./growthbook_options.ts";
import { listSecrets } from "./redact_failure.ts";
import type { LinkSettings } from "./link/link_state.ts";

/** What a source was made with, checked and complete. */
export interface Endpoint {
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
  readonly timeout: number;
  readonly silence: number;
  readonly maxBytes: number;
  readonly decryptionKey: string | undefined;
  /** What must not be shown. */
  readonly secrets: readonly string[];
  /** How long a payload is kept; 0 for not at all. */
  readonly kept: number;
  readonly store: PayloadCache | null;
  readonly onCacheError: (error: Error) => void;
  readonly link: LinkSettings;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Checks the options of a source, and fills in what is missing. Throws where one can't be used. */
export function createEndpoint(options: GrowthbookSourceOptions): Endpoint {
  const { clientKey, decryptionKey, headers = {}, cache = {} } = options;
  if (typeof clientKey !== "string" || clientKey === "") {
    throw new TypeError(
      "Cannot create the source: the client key is not a text with something in it",
    );
  }
  const api = readHost(
    options.apiHost ?? "https://cdn.growthbook.io",
    "apiHost",
  );
  const streaming = options.streamingHost === undefined
    ? api
    : readHost(options.streamingHost, "streamingHost");
  const streamingHeaders = options.streamingHeaders ?? headers;
  checkHeaders(headers);
  checkHeaders(streamingHeaders);
  const key = encodeURIComponent(clientKey);
  const { polling = 60_000 } = options;
  const { fresh = 60_000, kept = 14_400_000, store = null } = cache || {};
  return {
    featuresUrl: `${api.base}/api/features/${key}`,
    evaluationUrl: `${api.base}/api/eval/${key}`,
    streamUrl: `${streaming.base}/sub/${key}`,
    apiName: api.name,
    streamName: streaming.name,
    headers: { ...headers },
    streamingHeaders: { ...streamingHeaders },
    timeout: readTime(options.timeout ?? 10_000, "timeout"),
    silence: readTime(options.silence ?? 70_000, "silence"),
    maxBytes: readTime(options.maxBytes ?? 2 ** 25, "maxBytes"),
    decryptionKey,
    secrets: listSecrets(clientKey, decryptionKey, [
      ...Object.values(headers),
      ...Object.values(streamingHeaders),
    ]),
    kept: cache === false ? 0 : readTime(kept, "cache.kept"),
    store: options.remoteEval || cache === false ? null : store,
    onCacheError: options.onCacheError ?? (() => {}),
    link: {
      streaming: options.streaming ?? true,
      polling: polling === false ? null : readTime(polling, "polling"),
      isRemote: options.remoteEval ?? false,
      fresh: cache === false ? 0 : readTime(fresh, "cache.fresh"),
    },
    // Looked up at each call, so that a fetch that is replaced is the one that is used.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

/** Reads the address of a host. It may hold a password, so it is not part of an error. */
function readHost(
  address: string,
  option: string,
): { readonly base: string; readonly name: string } {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `Cannot create the source: ${option} is no absolute http(s) URL`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(
      `Cannot create the source: ${option} has a user or a password in it, which belong into headers`,
    );
  }
  return {
    base: address.replace(/[?#].*$/s, "").replace(/\/+$/, ""),
    name: url.host,
  };
}

function checkHeaders(headers: { readonly [name: string]: string }): void {
  try {
    new Headers(headers);
  } catch {
    // Without the reason: it quotes the value, which is a secret as a rule.
    throw new TypeError(
      "Cannot create the source: a header has a name or a value that can't be sent",
    );
  }
}

function readTime(value: number, option: string): number {
  if (typeof value === "number" && value > 0 && value <= 2 ** 31 - 1) {
    return value;
  }
  if (value === 0 && option.startsWith("cache.")) return value;
  throw new RangeError(
    `Cannot create the source: ${option} should be a number from 1 to 2147483647, the current value is ${value}`,
  );
}

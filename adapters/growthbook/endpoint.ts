import { attempt } from "../../core/support/attempt.ts";
import { showValue } from "../../core/payload/read/show_value.ts";
import { monotonicTime, systemClock } from "../support/time/clock.ts";
import type { PayloadCache } from "./cache/payload_cache.ts";
import type { HttpHost } from "./http/send_request.ts";
import type { GrowthbookSourceOptions } from "./growthbook_options.ts";
import { lateCode } from "../support/late_code.ts";
import type { LinkFailure, LinkSettings } from "./link/link_state.ts";

/** What a source was made with, checked and complete. */
export interface Endpoint extends HttpHost {
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
  /** Takes out of a failure what must not be shown. Never rejects. */
  readonly redact: (failure: LinkFailure) => Promise<LinkFailure>;
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
  const trouble = lateCode(() => import("./http/trouble.ts"));
  return {
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
    redact: async (failure) => {
      try {
        const { listSecrets, redactFailure } = await trouble.load();
        const secrets = listSecrets(clientKey, decryptionKey, [
          ...Object.values(headers),
          ...Object.values(streamingHeaders),
        ]);
        return redactFailure(failure, secrets);
      } catch {
        // What can't be looked through is not shown.
        const message = "Cannot use the payload";
        return { ...failure, message, issues: [] };
      }
    },
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
    trouble,
    clock,
    time: monotonicTime(clock),
    random: () => readChance(random),
  };
}

// A key is a segment of a path: "." and ".." would lead elsewhere, and half a surrogate can't be sent.
function checkKey(clientKey: unknown): void {
  if (
    typeof clientKey === "string" && !/^\.{0,2}$/.test(clientKey) &&
    !/[\s\p{Cc}\p{Cs}]/u.test(clientKey)
  ) return;
  throw new TypeError(
    refuse(
      `clientKey should be a text such as sdk-abc123, without spaces${
        typeof clientKey === "string"
          ? ""
          : `, the current value is ${showValue(clientKey)}`
      }`,
    ),
  );
}

/** A host that requests go to. */
interface Host {
  /** What it may be called. */
  readonly name: string;
  /** Gives the address of a path on it. */
  readonly url: (path: string) => string;
}

/** Reads the address of a host. It may hold a secret, so it is not part of an error. */
function readHost(
  address: unknown,
  option: string,
  isOwnFetch: boolean,
): Host {
  const fail = (reason: string) => new TypeError(refuse(`${option} ${reason}`));
  if (typeof address !== "string") throw fail("is not a text");
  const text = address.trim();
  const isRelative = /^\/(?!\/)/.test(text);
  const { location } = globalThis as {
    readonly location?: { readonly href?: string };
  };
  const page = location?.href;
  const isResolved = !isRelative || /^https?:/.test(page ?? "");
  if (!isResolved && !isOwnFetch) {
    throw fail("is relative, which only the page of a browser can resolve");
  }
  const url = parseUrl(text, isResolved ? page : "http://localhost");
  if (url === null) throw fail("should be a URL of http or https");
  if (url.username !== "" || url.password !== "") {
    throw fail("has a user or a password in it, which belong into headers");
  }
  const base = (isResolved ? url.origin : "") +
    url.pathname.replace(/\/+$/, "");
  return {
    name: isResolved ? url.host : "the host of the page",
    url: (path) => `${base}${path}${url.search}`,
  };
}

function parseUrl(text: string, page: string | undefined): URL | null {
  try {
    // Without a page to resolve it by, only what is absolute is one.
    const url = /^\//.test(text) ? new URL(text, page) : new URL(text);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function checkHeaders(headers: { readonly [name: string]: string }): void {
  try {
    new Headers(headers);
  } catch {
    // Without the reason: it quotes the value, which is a secret as a rule.
    throw new TypeError(
      refuse("a header has a name or a value that can't be sent"),
    );
  }
}

function checkKind(
  kind: "boolean" | "function",
  values: { readonly [name: string]: unknown },
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || typeof value === kind) continue;
    throw new TypeError(
      refuse(
        `${name} should be a ${kind}, the current value is ${showValue(value)}`,
      ),
    );
  }
}

function readTime(value: unknown, option: string): number {
  if (typeof value === "number" && value >= 1 && value <= 2 ** 31 - 1) {
    return value;
  }
  if (value === 0 && option.startsWith("cache.")) return value;
  throw new RangeError(
    refuse(
      `${option} should be a number from 1 to 2147483647, the current value is ${
        showValue(value)
      }`,
    ),
  );
}

function refuse(reason: string): string {
  return `Cannot create the source: ${reason}`;
}

// What is no chance would make a wait that is none, and so requests without a pause.
function readChance(random: () => number = Math.random): number {
  const chance = attempt(random, 0.5);
  return chance >= 0 && chance < 1 ? chance : 0.5;
}

import type { Clock } from "../support/time/clock.ts";
import type { PayloadCache } from "./cache/payload_cache.ts";

/** How long payloads are kept, and where. All times in milliseconds. */
export interface CacheOptions {
  /** How long after its confirmation a payload counts as current; default 60,000. */
  readonly fresh?: number;
  /** How long after that it may still serve while it is being checked; default 14,400,000 (4 h). */
  readonly kept?: number;
  /** Where to keep it besides the memory: `fileCache`, `webStorageCache` or your own. */
  readonly store?: PayloadCache;
}

/** What a source of GrowthBook's API is made with. All times in milliseconds. */
export interface GrowthbookSourceOptions {
  /** The client key of the SDK connection, such as `"sdk-abc123"`. */
  readonly clientKey: string;
  /** The API: GrowthBook's own, yours or a proxy; default `"https://cdn.growthbook.io"`. */
  readonly apiHost?: string;
  /** Where changes are pushed from; default the API. */
  readonly streamingHost?: string;
  /** Headers to send to the API. */
  readonly headers?: { readonly [name: string]: string };
  /** Headers to send to where changes are pushed from; default those of the API. */
  readonly streamingHeaders?: { readonly [name: string]: string };
  /** How long an answer, or a connection, may take; default 10,000. */
  readonly timeout?: number;
  /** Whether changes may be pushed, where the server offers that; default true. */
  readonly streaming?: boolean;
  /** How often to ask where nothing is pushed; default 60,000, and false for never. */
  readonly polling?: number | false;
  /** How long a connection may be silent before it counts as dead; default 70,000. */
  readonly silence?: number;
  /** How large an answer or a pushed payload may be, in bytes; default 33,554,432. */
  readonly maxBytes?: number;
  /** The decryption key of the SDK connection, where its payload is encrypted. */
  readonly decryptionKey?: string;
  /** Whether the server evaluates for each user, and sends only values; default false. */
  readonly remoteEval?: boolean;
  /** Which attributes the server is asked again for when they change; default all. */
  readonly cacheKeyAttributes?: readonly string[];
  /** How long payloads are kept, and where; false for not at all. */
  readonly cache?: CacheOptions | false;
  /** Is told when the cache's store fails, which does no harm beyond that. */
  readonly onCacheError?: (error: Error) => void;
  /** Sends requests; default the `fetch` of the runtime. */
  readonly fetch?: typeof fetch;
  /** Tells the time and wakes; default the clock of the runtime. */
  readonly clock?: Clock;
  /** Gives random numbers from 0 up to but not including 1; default `Math.random`. */
  readonly random?: () => number;
}

import type { Client } from "../../../../adapters/client/mod.ts";
import type { RequestUserOptions } from "../../../../adapters/web/mod.ts";

/** What the tests ask of every framework's options. */
export type CommonOptions = Pick<
  RequestUserOptions<never>,
  "stickyCookies" | "onError" | "domain" | "createId"
>;

/** A server of a framework. */
export interface Served {
  /** Its address, without a path. */
  readonly origin: string;
  /** Stops it. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the same application in a framework, with the middleware before its routes:
 *
 * - `/page` answers the value of `button`
 * - `/attributes` answers the user's attributes as JSON
 * - `/cookies` sets the cookies `a=1` and `b=2`, then answers as `/page` does
 * - `/stream` reads `button`, then answers `one` and `two` in two pieces
 * - `/late` sends a first piece, then reads `button` and sends its value
 * - `/throw` reads `button` and throws
 * - `/hang` reads `button` and never answers
 */
export interface Framework {
  /** Its name. */
  readonly name: string;
  /** Starts it. */
  readonly serve: (
    client: Client,
    options?: CommonOptions,
  ) => Promise<Served>;
}

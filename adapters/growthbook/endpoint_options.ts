import { showValue } from "../../core/payload/read/show_value.ts";
import { attempt } from "../../core/support/attempt.ts";

/**
 * Checks the key of a client, which is a segment of a path: "." and ".." would lead elsewhere, and half a
 * surrogate can't be sent. Throws a `TypeError`, as all here do where a value can't be used.
 */
export function checkKey(clientKey: unknown): void {
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
export interface Host {
  /** What it may be called. */
  readonly name: string;
  /** Gives the address of a path on it, for a client. Contains the client's key, so it is never shown. */
  readonly url: (path: string) => string;
}

/** Reads the address of a host. It may hold a secret, so it is not part of an error. */
export function readHost(
  address: unknown,
  option: string,
  key: string,
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
    url: (path) => `${base}${path}${key}${url.search}`,
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

/** Checks headers that requests carry. */
export function checkHeaders(
  headers: { readonly [name: string]: string },
): void {
  try {
    new Headers(headers);
  } catch {
    // Without the reason: it quotes the value, which is a secret as a rule.
    throw new TypeError(
      refuse("a header has a name or a value that can't be sent"),
    );
  }
}

/** Checks options of one kind, by their names; one that is undefined is not given. */
export function checkKind(
  kind: "boolean" | "function" | "object",
  values: { readonly [name: string]: unknown },
): void {
  const expected = kind === "object" ? "an object" : `a ${kind}`;
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || typeof value === kind) continue;
    const shown = showValue(value);
    throw new TypeError(
      refuse(`${name} should be ${expected}, the current value is ${shown}`),
    );
  }
}

/** Reads a number of milliseconds or bytes; a `cache` may also have 0. Throws a `RangeError`. */
export function readTime(value: unknown, option: string): number {
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

/** Says why the source can't be created. */
export function refuse(reason: string): string {
  return `Cannot create the source: ${reason}`;
}

/** Draws from 0 to 1. What is no chance would make a wait that is none, and so requests without a pause. */
export function readChance(random: () => number = Math.random): number {
  const chance = attempt(random, 0.5);
  return chance >= 0 && chance < 1 ? chance : 0.5;
}

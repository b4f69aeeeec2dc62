/** The part of the Web Storage API that is used. `localStorage` is one. */
export interface WebStorage {
  /** Gives the text under a key; null where there is none. */
  readonly getItem: (key: string) => string | null;
  /** Puts a text under a key; throws where there is no room. */
  readonly setItem: (key: string, text: string) => void;
  /** Removes the text under a key. Where a storage has no such function, an empty text takes its place. */
  readonly removeItem?: (key: string) => void;
}

/**
 * A storage, or a function that gives it. Only the function is safe where a browser denies its storage:
 * there the mere word `localStorage` throws.
 */
export type WebStorageAccess =
  | WebStorage
  | (() => WebStorage | null | undefined);

/**
 * Gives the storage behind an access. Throws what the function throws, and an `Error` where there is no
 * storage.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => openWebStorage(() => null), Error, "there is none");
 * ```
 */
export function openWebStorage(access: WebStorageAccess): WebStorage {
  const storage = typeof access === "function" ? access() : access;
  if (typeof storage?.getItem === "function") return storage;
  throw new Error("Cannot use the storage of the page: there is none");
}

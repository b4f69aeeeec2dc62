/** What an application imports, as the source of a module. */
export const entries = {
  "evalFeature": `export { evalFeature } from "./mod.ts";`,
  "everything in mod.ts": `export * from "./mod.ts";`,
  "createClient, fixedSource":
    `export { createClient, fixedSource } from "./adapters/client/mod.ts";`,
  "createClient, growthbookSource, webStorageCache, webStorageStickyBuckets": `
    export { createClient, webStorageStickyBuckets } from "./adapters/client/mod.ts";
    export { growthbookSource, webStorageCache } from "./adapters/growthbook/mod.ts";`,
  "createClient, fixedSource, the hooks of ./react": `
    export { createClient, fixedSource } from "./adapters/client/mod.ts";
    export * from "./adapters/react/hooks.ts";`,
} as const;

/** Packages that a page has anyway where it uses what needs them, and that count for none of ours. */
export const peers: RegExp = /^react$/;

/** The name of an entry. */
export type EntryName = keyof typeof entries;

/**
 * What a page that streams plain payloads never loads: it comes with an option of its own (`hydrate`, or
 * `recordUser: "decision"`), or when a tracking callback fails or leaves a call open (`memory_line`), a
 * request or a connection fails (`trouble`), or an application asks for another user's sticky buckets, as a server does (`load_user`).
 * Every other chunk counts for such a page, so that nothing it needs hides behind `import()`.
 */
export const optional: readonly RegExp[] = [
  /create_decision_reads/,
  /create_remote/,
  /decrypt/,
  /memory_line/,
  /compare_decisions/,
  /follow_log/,
  /lay_sticky/,
  /load_user/,
  /store/,
  /trouble/,
];

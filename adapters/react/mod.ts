/**
 * React: hooks that render a component when its feature changes, record the exposure of what is on the
 * screen, and hydrate what a server rendered.
 *
 * @module
 */

export * from "./hooks.ts";
export {
  serializeSnapshot,
  type SnapshotOptions,
} from "./serialize_snapshot.ts";

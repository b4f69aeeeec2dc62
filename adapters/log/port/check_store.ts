import { showValue } from "../../../core/payload/read/show_value.ts";
import type { EventStore } from "./event_store.ts";

/**
 * Throws a `TypeError` for what is no store, such as the path of one or the promise of one. `task` is what can't
 * be done with it, and `methods` are those of a store that are needed for it.
 *
 * @example
 * ```ts
 * import { checkStore } from "./check_store.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkStore("log.db", "read a log", ["read"]),
 *   TypeError,
 *   'Cannot read a log: a store is needed, such as of sqliteStore(path), the current value is "log.db"',
 * );
 * ```
 */
export function checkStore(
  store: unknown,
  task: string,
  methods: readonly (keyof EventStore)[],
): void {
  const given = Object(store) as Partial<EventStore>;
  if (methods.every((name) => typeof given[name] === "function")) return;
  throw new TypeError(
    `Cannot ${task}: a store is needed, such as of sqliteStore(path), the current value is ${
      showValue(store)
    }`,
  );
}

import { createOutlet } from "../../support/create_outlet.ts";
import type { EventStore } from "./event_store.ts";
import { checkErasure, type ErasedUser } from "./is_about.ts";

/**
 * Makes the `erase` of a store tell of its users, before it begins and once it is done: so what was
 * read or recorded meanwhile is forgotten, too.
 *
 * @example
 * ```ts
 * import { tellErasures } from "./tell_erasures.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { erase, erasures } = tellErasures(() => Promise.resolve(1));
 * const seen: unknown[] = [];
 * erasures.subscribe(({ value }) => seen.push(value));
 * await erase({ attribute: "id", value: "7" });
 * assertEquals(seen, ["7", "7"]);
 * ```
 */
export function tellErasures(
  erase: EventStore["erase"],
): Required<Pick<EventStore, "erase" | "erasures">> {
  const { values$, put } = createOutlet<ErasedUser>();
  return {
    erasures: values$,
    erase: async (user) => {
      checkErasure(user);
      put(user);
      try {
        return await erase(user);
      } finally {
        put(user);
      }
    },
  };
}

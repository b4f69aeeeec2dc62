import { of } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadSource } from "./payload_source.ts";

/**
 * A source with one payload that never changes: a client that is given it is ready at once.
 *
 * `payload` is an answer of the GrowthBook API or anything else that `parsePayload` reads.
 *
 * @example
 * ```ts
 * import { createClient, fixed } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const client = createClient({ source: fixed({ features: { chat: { defaultValue: true } } }) });
 * assertEquals(client.isOn("chat"), true);
 * await client.close();
 * ```
 */
export function fixed(payload: Payload): PayloadSource {
  return Object.assign(of(payload), {
    reports$: of({ type: "ok", updates: "none" } as const),
    refresh: () => Promise.resolve(),
  });
}

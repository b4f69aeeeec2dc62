import { Observable } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadSource } from "./payload_source.ts";
import type { SourceReport } from "./source_report.ts";

/**
 * A payload that never changes: one that was built into the application, or that of a test. Every
 * subscriber gets it at once, and nothing after it. There is nothing to refresh.
 *
 * Give what was imported as JSON to `parsePayload` first, `fixedSource(parsePayload(json).payload)`: to
 * TypeScript, the pairs and triples of such a module are lists of any length.
 *
 * @example
 * ```ts
 * import { fixedSource } from "./fixed_source.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const payloads: unknown[] = [];
 * fixedSource({ features: { chat: {} } }).subscribe((payload) => payloads.push(payload));
 * assertEquals(payloads, [{ features: { chat: {} } }]);
 * ```
 */
export function fixedSource(payload: Payload): PayloadSource {
  const report: SourceReport = { type: "ok", updates: "none" };
  const refresh = () => Promise.resolve();
  return Object.assign(just(payload), { reports$: just(report), refresh });
}

// `of` of RxJS would bring its schedulers along.
function just<Value>(value: Value): Observable<Value> {
  return new Observable((subscriber) => {
    subscriber.next(value);
    subscriber.complete();
  });
}

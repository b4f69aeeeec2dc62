import { showValue } from "../../core/payload/read/show_value.ts";
import type { Observable } from "../support/observable.ts";
import type { Payload } from "../../core/types/payload.ts";
import { createSource } from "./create_source.ts";
import { runFallback } from "./fallback/run_fallback.ts";
import type { PayloadSource } from "./payload_source.ts";

/**
 * The payloads of the first of some sources that works. When one fails before it has given a payload,
 * the next one is tried, and the first goes on trying by itself: once an earlier source has a
 * payload that can be used, it takes over again, and those after it are stopped.
 *
 * A source has failed when it reports so, throws, ends without a payload, or emits what is none. One
 * that fails later goes on serving what it gave last, as the reports say, and only what is as new or newer
 * by `dateUpdated` takes its place. One that does nothing at all is waited for: give it a `timeout` of RxJS.
 *
 * Throws a `TypeError` where something is no source, or one of the sources evaluates remotely: the server
 * decides for each user then, which no other source can do.
 *
 * @example
 * ```ts
 * import { fallbackSource } from "./fallback_source.ts";
 * import { fixedSource } from "./fixed_source.ts";
 * import { assertEquals } from "@std/assert";
 * import { throwError } from "rxjs";
 *
 * const payloads: unknown[] = [];
 * const broken = throwError(() => new Error("offline"));
 * fallbackSource(broken, fixedSource({ features: {} })).subscribe((payload) => payloads.push(payload));
 * assertEquals(payloads, [{ features: {} }]);
 * ```
 */
export function fallbackSource(
  ...sources: readonly Observable<Payload>[]
): PayloadSource {
  for (const source of sources.length === 0 ? [undefined] : sources) {
    if (typeof source?.subscribe === "function") continue;
    throw new TypeError(
      `Cannot fall back among sources: observables are needed, and the current value is ${
        showValue(source)
      }`,
    );
  }
  if (sources.some((source) => "remote" in source)) {
    throw new TypeError(
      "Cannot fall back among sources: the current ones evaluate remotely",
    );
  }
  const source = createSource((outlets) => runFallback(sources, outlets));
  const readers = sources.flatMap(({ readBody }: PayloadSource) =>
    readBody ?? []
  );
  return readers.length === 0
    ? source
    : Object.assign(source, { readBody: tryInTurn(readers) });
}

function tryInTurn(
  readers: readonly Required<PayloadSource>["readBody"][],
): Required<PayloadSource>["readBody"] {
  return async (body) => {
    let failure: unknown;
    for (const read of readers) {
      try {
        return await read(body);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  };
}

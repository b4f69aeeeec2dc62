import { createSource } from "../sources/create_source.ts";
import type {
  PayloadSource,
  RemoteEvaluation,
} from "../sources/payload_source.ts";
import { createOutlet } from "../support/create_outlet.ts";
import { createEndpoint } from "./endpoint.ts";
import type { GrowthbookSourceOptions } from "./growthbook_options.ts";
import { explainFault } from "./http/fault.ts";
import { loadAnswer } from "./http/load_answer.ts";
import { judgePayload } from "./judge_payload.ts";
import { readAnswer } from "./read_answer.ts";
import { type RunningSource, runSource } from "./run_source.ts";
import type { SourceMemory } from "./source_memory.ts";

/**
 * Payloads from the API of GrowthBook, of your own installation or of a proxy, kept current.
 *
 * It starts when it is subscribed to, asks for the payload, and listens for pushed changes where
 * the server offers that; otherwise, or where pushing keeps failing, it asks again and again. All
 * that subscribe to one source share one connection, and it ends with the last of them. It emits
 * payloads that were read, decrypted and differ from the one before; what can't be used it reports,
 * and goes on trying. It never ends and never fails by itself. `reports$` tells how it fares, and
 * `refresh` asks now. With `remoteEval` it emits nothing, and `remote` has users evaluated.
 *
 * What is remembered serves at once where it was current within the last minute, and for four hours
 * while it is being checked. Neither keys nor headers are part of a report or of an error. Throws a
 * `TypeError` or `RangeError` where an option can't be used.
 *
 * @example
 * ```ts
 * import { growthbookSource } from "@growthstream/sdk/growthbook";
 * import { assertEquals } from "@std/assert";
 *
 * const answer = { status: 200, features: { dark: { defaultValue: true } } };
 * const source = growthbookSource({
 *   clientKey: "sdk-abc123",
 *   polling: false,
 *   fetch: () => Promise.resolve(Response.json(answer)),
 * });
 * const payload = await new Promise((resolve) => {
 *   const subscription = source.subscribe((payload) => {
 *     resolve(payload);
 *     subscription.unsubscribe();
 *   });
 * });
 * assertEquals(payload, { features: answer.features });
 * ```
 */
export function growthbookSource(
  options: GrowthbookSourceOptions,
): PayloadSource {
  const endpoint = createEndpoint(options);
  const memory: SourceMemory = {
    last: null,
    offersStreaming: false,
    written: -Infinity,
  };
  const changes = createOutlet<void>();
  const retries = createOutlet<void>();
  let running: RunningSource | null = null;

  const source = createSource(
    (outlets) =>
      running = runSource(endpoint, memory, {
        ...outlets,
        change: changes.put,
        retry: retries.put,
      }),
    true,
  );
  if (!options.remoteEval) {
    if (endpoint.decryptionKey === undefined) return source;
    const readBody = async (body: string) => {
      const { readKeptBody } = await endpoint.trouble.load();
      return readKeptBody(endpoint, body, readAnswer);
    };
    return Object.assign(source, { readBody });
  }
  // What most sources don't need is loaded apart.
  const loading = import("./remote/create_remote_evaluation.ts").then(
    ({ createRemoteEvaluation }) =>
      createRemoteEvaluation(
        endpoint,
        (event) => running?.notice(event) ?? null,
        { explainFault, judgePayload, loadAnswer, readAnswer },
      ),
  );
  // The callers are told.
  loading.catch(() => {});
  const { cacheKeyAttributes } = options;
  const remote: RemoteEvaluation = {
    ...(cacheKeyAttributes === undefined
      ? {}
      : { cacheKeyAttributes: [...cacheKeyAttributes] }),
    changes$: changes.values$,
    retries$: retries.values$,
    evaluate: async (...question) => (await loading)(...question),
  };
  return Object.assign(source, { remote });
}

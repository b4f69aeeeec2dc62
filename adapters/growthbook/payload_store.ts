import { fnvOffset, foldText } from "../../core/hash/fnv1a.ts";
import { createErrorReport } from "../support/create_error_report.ts";
import { inTime } from "../support/time/in_time.ts";
import { readKept, writeKept } from "./cache/kept_answer.ts";
import type { Endpoint } from "./endpoint.ts";
import { readAnswer } from "./read_answer.ts";
import type { RememberedPayload, SourceMemory } from "./source_memory.ts";

/** Where a source keeps its payload over restarts. Never rejects. */
export interface PayloadStore {
  /** Gives what was kept and can still be used. */
  readonly load: () => Promise<RememberedPayload | null>;
  /** Writes what is remembered, where that is due. */
  readonly save: () => void;
}

/** How long a store may take to answer; a payload is asked for without it then. */
const storeTimeout = 1_000;

/** Makes what keeps a source's payload, in the store that it was given or in none. */
export function createPayloadStore(
  endpoint: Endpoint,
  memory: SourceMemory,
): PayloadStore | null {
  const { store, clock, kept } = endpoint;
  if (store === null) return null;
  const name = nameEntry(endpoint);
  let isWriting = false;
  let isDue = false;
  const report = createErrorReport(endpoint.onCacheError);
  const fail = (task: string, error: unknown) => {
    const kind = error instanceof Error ? error.name : typeof error;
    report(
      new Error(`Cannot ${task} the kept payload: the store failed (${kind})`),
    );
  };
  const write = async () => {
    isWriting = true;
    while (isDue && memory.last !== null) {
      isDue = false;
      const { offersStreaming } = memory;
      const { etag, body } = memory.last;
      memory.written = memory.last.time;
      const time = clock.now() - endpoint.time() + memory.last.time;
      try {
        await store.save(
          name,
          writeKept({ time, etag, offersStreaming, body }),
        );
      } catch (error) {
        fail("write", error);
      }
    }
    isWriting = false;
  };
  return {
    load: async () => {
      try {
        const text = await inTime(() => store.load(name), {
          what: "the kept payload",
          timeout: storeTimeout,
          clock,
        });
        const answer = readKept(text);
        if (answer === null) return null;
        const age = clock.now() - answer.time;
        if (age < 0) {
          report(
            new Error(
              `Cannot believe the date of the kept payload: it is ${-age} ms ahead`,
            ),
          );
        }
        if (Math.abs(age) > kept) return null;
        const read = await readAnswer(answer.body, endpoint);
        if ("cause" in read) return null;
        memory.offersStreaming = answer.offersStreaming;
        const { etag } = answer;
        return { ...read, etag, time: endpoint.time() - age };
      } catch (error) {
        fail("read", error);
        return null;
      }
    },
    save: () => {
      isDue = true;
      if (!isWriting) void write();
    },
  };
}

/** A name for the entry: one that is its own for each client key, and doesn't give it away. */
function nameEntry({ api }: Endpoint): string {
  const url = api.url("/api/features/");
  const digest = [1, 2, 3, 4].map((seed) =>
    (foldText(fnvOffset, `${seed}${url}${seed}`) >>> 0).toString(36)
  );
  return `growthstream:${digest.join("-")}`;
}

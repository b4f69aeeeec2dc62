import type { PayloadLoadedData } from "../../../core/events/types/input_event.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** The payloads that a client has recorded. */
export interface KeptPayloads {
  /**
   * Lays a payload into the data of its event; null where it was recorded before, or payloads are not
   * to be recorded.
   */
  readonly lay: (
    data: PayloadLoadedData,
    payload: Payload | null,
  ) => PayloadLoadedData | null;
  /** Is told that the payload with a digest was recorded. */
  readonly keep: (digest: string) => void;
}

// A payload that comes again after that many others is recorded again.
const most = 1_000;

/** Makes the memory of which payloads were recorded. */
export function createKeptPayloads(isOn: boolean): KeptPayloads {
  const digests = new Set<string>();
  return {
    lay: (data, payload) =>
      isOn && payload !== null && !digests.has(data.digest)
        ? { ...data, payload }
        : null,
    keep: (digest) => {
      digests.add(digest);
      for (const oldest of digests) {
        if (digests.size <= most) break;
        digests.delete(oldest);
      }
    },
  };
}

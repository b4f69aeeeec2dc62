import type { PayloadLoadedData } from "../../../core/events/types/input_event.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** Lays a payload into the data of its event; null where it was recorded before. */
export type KeepPayload = (
  data: PayloadLoadedData,
  payload: Payload | null,
) => PayloadLoadedData | null;

// A payload that comes again after that many others is recorded again.
const most = 1_000;

/** Makes the memory of which payloads were recorded. */
export function createKeptPayloads(): KeepPayload {
  const digests = new Set<string>();
  return (data, payload) => {
    if (payload === null || digests.has(data.digest)) return null;
    digests.add(data.digest);
    const [oldest] = digests;
    if (digests.size > most) digests.delete(oldest!);
    return { ...data, payload };
  };
}

import { readData } from "../../../../core/events/types/read_data.ts";
import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import { storeItem } from "../../../delivery/store/store_item.ts";
import type {
  ClientItem,
  ItemLedger,
  RebuiltExposure,
} from "../engines/client_item.ts";
import type { EventMaker } from "../entry.ts";
import { rebuildExposure } from "./rebuild_exposure.ts";

/** What putting an exposure together again needs. */
export interface RebuildOptions {
  /** The payload, as things are. */
  readonly payload: () => Payload | null;
  /** Gives the digest of a payload. */
  readonly maker: Pick<EventMaker, "digest">;
}

/** Makes the item of an event that a store kept, of this client or another. */
export function makeStoreItem(
  event: RecordedEvent,
  ledger: ItemLedger,
  isOwn: boolean,
  options: RebuildOptions,
): ClientItem {
  const { characters } = storeItem(event, ledger);
  return {
    entry: null,
    event,
    ledger,
    isOwn,
    rebuild: () => rebuild(event, options),
    order: 0,
    characters,
    begun: null,
  };
}

function rebuild(
  event: RecordedEvent,
  { payload, maker }: RebuildOptions,
): RebuiltExposure {
  const data = readData(event, "experiment.viewed");
  if (data === null) {
    throw Object.assign(
      new TypeError("Cannot track an exposure: its event is malformed"),
      { delivery: "reject" },
    );
  }
  // Another payload may have other values for the same variations.
  const isSame = data.payloadDigest === undefined ||
    data.payloadDigest === maker.digest(payload());
  return rebuildExposure(data, event.user, isSame ? payload() : null);
}

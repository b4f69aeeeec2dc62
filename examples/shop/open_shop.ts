import {
  type Client,
  createClient,
  fixedSource,
} from "@growthstream/sdk/client";
import { type EventStore, sqliteStore } from "@growthstream/sdk/sqlite";
import { payload, type ShopFeatures } from "./features.ts";

/** What both shops stand on. */
export interface Shop {
  /** Decides and records, for all customers. */
  readonly client: Client<ShopFeatures>;
  /** Keeps what was recorded. */
  readonly store: EventStore;
}

/** Opens the shop over a log in a file. */
export function openShop(log: string): Shop {
  const store = sqliteStore(log);
  const client = createClient<ShopFeatures>({
    // In production: growthbookSource({ clientKey: "sdk-…" })
    source: fixedSource(payload),
    store,
    trackingCallback: (experiment, result, user) => {
      console.log(
        `${user.attributes["id"]} sees ${experiment.key}: ${result.key}`,
      );
    },
  });
  return { client, store };
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  filter,
  firstValueFrom,
  map,
  pairwise,
  type Subscription,
  timeout,
} from "rxjs";
import example from "../../examples/demo.json" with { type: "json" };
import type { Client } from "../client/client.ts";
import { createClient } from "../client/create_client.ts";
import { startServer } from "../dev_server/start_server.ts";
import { growthbookSource } from "../growthbook/growthbook_source.ts";
import type { EventStore } from "../log/port/event_store.ts";
import { memoryStore } from "../log/memory_store.ts";
import type { ShopFeatures } from "./simulate_users.ts";

/** How long the demo waits for something to happen, in milliseconds. */
export const patience: number = 15_000;

/** A shop: a client of a server over a payload file, and what it has recorded. */
export interface Shop {
  readonly path: string;
  readonly client: Client<ShopFeatures>;
  readonly store: EventStore;
  /** How many exposures arrived at the callback. */
  readonly tracked: () => number;
  /** Starts the server again, at the same port. */
  readonly restart: () => Promise<void>;
  readonly stopServer: () => Promise<void>;
}

/** Opens the shop in a folder, with a server of its own. */
export async function openShop(folder: string): Promise<Shop> {
  const path = join(folder, "payload.json");
  await writeFile(path, JSON.stringify(example, null, 2));
  let server = await startServer({ file: path });
  const port = Number(new URL(server.url).port);
  const store = memoryStore({ capacity: 100_000 });
  let tracked = 0;
  const client = createClient<ShopFeatures>({
    source: growthbookSource({ clientKey: "sdk-demo", apiHost: server.url }),
    attributes: { id: "user-7" },
    store,
    recording: { capacity: 100_000 },
    trackingCallback: () => void tracked++,
  });
  return {
    path,
    client,
    store,
    tracked: () => tracked,
    restart: async () => {
      server = await startServer({ file: path, port });
    },
    stopServer: () => server.close(),
  };
}

/** Tells what the client's streams give, until it is unsubscribed. */
export function watchShop(
  { client }: Shop,
  say: (text: string) => void,
): readonly Subscription[] {
  return [
    client.status$.subscribe(({ status, reason }) =>
      say(`status: ${status} (${reason})`)
    ),
    client.value$("new-checkout", false, { silent: true }).pipe(
      pairwise(),
    ).subscribe(([before, after]) =>
      say(`stream: new-checkout of user-7 goes from ${before} to ${after}`)
    ),
    client.value$("order-button", "Buy", { silent: true }).pipe(
      pairwise(),
    ).subscribe(([before, after]) =>
      say(`stream: order-button of user-7 goes from "${before}" to "${after}"`)
    ),
  ];
}

/** Resolves when the definition of a feature has a text in it. */
export function untilFeature(
  { client }: Shop,
  key: keyof ShopFeatures,
  part: string,
): Promise<unknown> {
  return firstValueFrom(
    client.payload$.pipe(
      map(({ features }) => JSON.stringify(features[key] ?? null)),
      filter((text) => text.includes(part)),
      timeout(patience),
    ),
  );
}

/** Resolves when the client has a status. */
export function untilStatus(
  { client }: Shop,
  wanted: string,
): Promise<unknown> {
  return firstValueFrom(
    client.status$.pipe(
      filter(({ status }) => status === wanted),
      timeout(patience),
    ),
  );
}

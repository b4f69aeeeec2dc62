import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  filter,
  firstValueFrom,
  map,
  pairwise,
  type Subscription,
  timeout,
} from "rxjs";
import { replay } from "../../core/events/projections/replay.ts";
import { sampleRatio } from "../../core/events/projections/sample_ratio.ts";
import example from "../../examples/demo.json" with { type: "json" };
import type { Client } from "../client/client.ts";
import { createClient } from "../client/create_client.ts";
import { startServer } from "../dev_server/start_server.ts";
import { growthbookSource } from "../growthbook/growthbook_source.ts";
import type { EventStore } from "../log/port/event_store.ts";
import { memoryStore } from "../log/memory_store.ts";
import { editPayload, setCoverage, stopExperiment } from "./edit_payload.ts";
import { formatSplits } from "./format_splits.ts";
import { type ShopFeatures, simulateUsers } from "./simulate_users.ts";

/** What the demo is run with. */
export interface DemoOptions {
  /** Takes a line of what there is to see. */
  readonly print: (line: string) => void;
  /** How many columns a line has; any number where absent or null. */
  readonly width?: number | null;
}

const wave = 1000;
const patience = 15_000;

/** A shop: a client of a server over a payload file, and what it has recorded. */
interface Shop {
  readonly path: string;
  readonly client: Client<ShopFeatures>;
  readonly store: EventStore;
  /** How many exposures arrived at the callback. */
  readonly tracked: () => number;
  /** Starts the server again, at the same port. */
  readonly restart: () => Promise<void>;
  readonly stopServer: () => Promise<void>;
}

/**
 * Runs the demo: a server over a payload file, a client of it, and users who visit a shop while the
 * file is edited and the server goes away and comes back. Ends with what the log knows. Leaves
 * nothing behind.
 */
export async function runDemo(
  { print, width = null }: DemoOptions,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "growthstream-demo-"));
  const say = (text: string) => print(`  ${text}`);
  try {
    const shop = await openShop(folder);
    const subscriptions = watchShop(shop, say);
    try {
      await playDay(shop, print, say);
      print("What the log knows");
      for (const subscription of subscriptions) subscription.unsubscribe();
      await tellLog(shop, say, width);
    } finally {
      await shop.client.close({ timeout: 1000 });
      await shop.store.close();
      await shop.stopServer();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function openShop(folder: string): Promise<Shop> {
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
    log: { capacity: 100_000 },
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

function watchShop(
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

async function playDay(
  shop: Shop,
  print: DemoOptions["print"],
  say: (text: string) => void,
): Promise<void> {
  const { client, path } = shop;
  const visit = async (first: number, count: number) => {
    const { users, newCheckout } = simulateUsers(client, first, count);
    await client.flush({ timeout: patience });
    say(
      `${users} users visited: ${newCheckout} got the new checkout, ${shop.tracked()} exposures arrived so far`,
    );
  };
  print("A server, a client that follows it, and the first users");
  await client.ready({ timeout: patience });
  await visit(0, wave);

  print("The rollout of new-checkout is edited from 10 % to 50 %");
  const widened = untilFeature(shop, "new-checkout", "0.5");
  await editPayload(path, setCoverage("new-checkout", 0.5));
  await widened;
  await visit(wave, wave);

  print("The server goes away; the shop goes on with what it has");
  const stale = untilStatus(shop, "stale");
  await shop.stopServer();
  await stale;
  await visit(2 * wave, wave);

  print(
    "While it is away the experiment order-button is stopped; then it is back",
  );
  await editPayload(path, stopExperiment("order-button", "Order"));
  const stopped = untilFeature(shop, "order-button", "fr_winner");
  await shop.restart();
  await stopped;
  await untilStatus(shop, "ready");
  // Those of the first wave come back: nobody is exposed to an experiment twice.
  await visit(0, wave);
  await visit(3 * wave, wave);
}

/** Resolves when the definition of a feature has a text in it. */
function untilFeature(
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
function untilStatus({ client }: Shop, wanted: string): Promise<unknown> {
  return firstValueFrom(
    client.status$.pipe(
      filter(({ status }) => status === wanted),
      timeout(patience),
    ),
  );
}

async function tellLog(
  { client, store, tracked }: Shop,
  say: (text: string) => void,
  width: number | null,
): Promise<void> {
  const { last } = await store.positions();
  const events = await store.read(0, last);
  const { states } = replay(events, { sampleRatio });
  const columns = width === null ? null : width - 2;
  for (const line of formatSplits(states.sampleRatio, columns)) say(line);
  const exposures = events.filter(({ type }) => type === "experiment.viewed");
  const { consumers } = await client.close({ timeout: patience });
  const { delivered = 0, pending = 0, dropped = 0 } = consumers["store"] ?? {};
  say(
    `${exposures.length} exposures recorded, ${tracked()} delivered; ${delivered} events stored, ${pending} pending, ${dropped} dropped`,
  );
}

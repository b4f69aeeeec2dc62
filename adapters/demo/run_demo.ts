import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filter, firstValueFrom, map, pairwise, timeout } from "rxjs";
import { replay } from "../../core/events/projections/replay.ts";
import { sampleRatio } from "../../core/events/projections/sample_ratio.ts";
import { createClient } from "../client/create_client.ts";
import { growthbookSource } from "../growthbook/growthbook_source.ts";
import { memoryStore } from "../log/memory_store.ts";
import { startServer } from "../dev_server/start_server.ts";
import { editPayload, setCoverage, stopExperiment } from "./edit_payload.ts";
import { formatSplits } from "./format_splits.ts";
import {
  type ShopFeatures,
  simulateUsers,
  type Visits,
} from "./simulate_users.ts";

/** What the demo is run with. */
export interface DemoOptions {
  /** The payload that the shop begins with. It is copied, and never changed. */
  readonly example: URL;
  /** Takes a line of what there is to see. */
  readonly print: (line: string) => void;
}

const wave = 1000;
const patience = 15_000;

/**
 * Runs the demo: a server over a payload file, a client of it, and users who visit a shop while the
 * file is edited and the server goes away and comes back. Ends with what the log knows. Leaves
 * nothing behind.
 */
export async function runDemo({ example, print }: DemoOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "growthstream-demo-"));
  try {
    await showShop(folder, example, print);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function showShop(
  folder: string,
  example: URL,
  print: DemoOptions["print"],
): Promise<void> {
  const path = join(folder, "payload.json");
  await copyFile(example, path);
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

  const say = (text: string) => print(`  ${text}`);
  const subscriptions = [
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
  const tell = ({ users, newCheckout }: Visits) =>
    say(
      `${users} users visited: ${newCheckout} got the new checkout, ${tracked} exposures arrived so far`,
    );
  const visit = async (first: number, count: number) => {
    const visits = simulateUsers(client, first, count);
    await client.flush({ timeout: patience });
    tell(visits);
  };
  const change = <Key extends keyof ShopFeatures>(
    key: Key,
    isThere: (text: string) => boolean,
  ) =>
    firstValueFrom(
      client.payload$.pipe(
        map(({ features }) => JSON.stringify(features[key] ?? null)),
        filter(isThere),
        timeout(patience),
      ),
    );
  const fares = (wanted: string) =>
    firstValueFrom(
      client.status$.pipe(
        filter(({ status }) => status === wanted),
        timeout(patience),
      ),
    );

  try {
    print("A server, a client that follows it, and the first users");
    await client.ready({ timeout: patience });
    await visit(0, wave);

    print("The rollout of new-checkout is edited from 10 % to 50 %");
    const widened = change("new-checkout", (text) => text.includes("0.5"));
    await editPayload(path, setCoverage("new-checkout", 0.5));
    await widened;
    await visit(wave, wave);

    print("The server goes away; the shop goes on with what it has");
    const stale = fares("stale");
    await server.close();
    await stale;
    await visit(2 * wave, wave);

    print(
      "While it is away the experiment order-button is stopped; then it is back",
    );
    await editPayload(path, stopExperiment("order-button", "Order"));
    const stopped = change(
      "order-button",
      (text) => text.includes("fr_winner"),
    );
    server = await startServer({ file: path, port });
    await stopped;
    await fares("ready");
    // Those of the first wave come back: nobody is exposed to an experiment twice.
    await visit(0, wave);
    await visit(3 * wave, wave);

    print("What the log knows");
    const { last } = await store.positions();
    const events = await store.read(0, last);
    const { states } = replay(events, { sampleRatio });
    for (const line of formatSplits(states.sampleRatio)) say(line);
    const exposures = events.filter(({ type }) => type === "experiment.viewed");
    subscriptions.forEach((subscription) => subscription.unsubscribe());
    const { accepted, pending, dropped } = await client.close({
      timeout: patience,
    });
    say(
      `${exposures.length} exposures recorded, ${tracked} delivered; ${accepted} events accepted, ${pending} pending, ${dropped} dropped`,
    );
  } finally {
    await client.close({ timeout: 1000 });
    await store.close();
    await server.close();
  }
}

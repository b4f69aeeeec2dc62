import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replay } from "../../core/events/projections/replay.ts";
import { sampleRatio } from "../../core/events/projections/sample_ratio.ts";
import { editPayload, setCoverage, stopExperiment } from "./edit_payload.ts";
import { formatSplits } from "./format_splits.ts";
import {
  openShop,
  patience,
  type Shop,
  untilFeature,
  untilStatus,
  watchShop,
} from "./shop.ts";
import { simulateUsers } from "./simulate_users.ts";

/** What the demo is run with. */
export interface DemoOptions {
  /** Takes a line of what there is to see. */
  readonly print: (line: string) => void;
  /** How many columns a line has; any number where absent or null. */
  readonly width?: number | null;
}

const wave = 1000;

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
  // The users of the first wave come back: none is exposed to an experiment twice.
  await visit(0, wave);
  await visit(3 * wave, wave);
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
  say(
    "The mismatch is on purpose: some users of the slow ranking leave before their exposure is recorded",
  );
  const exposures = events.filter(({ type }) => type === "experiment.viewed");
  const { consumers } = await client.close({ timeout: patience });
  const { delivered = 0, pending = 0, dropped = 0 } = consumers["store"] ?? {};
  say(
    `${exposures.length} exposures recorded, ${tracked()} delivered; ${delivered} events stored, ${pending} pending, ${dropped} dropped`,
  );
}

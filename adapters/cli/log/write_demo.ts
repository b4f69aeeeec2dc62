import {
  decideFeature,
  type JsonObject,
  type Payload,
  payloadDigest,
} from "../../../core/mod.ts";
import { experimentViewedData } from "../../../core/events/mod.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { sqliteStore, storageFailure } from "../../sqlite/mod.ts";
import { createIds } from "../../support/create_ids.ts";
import { morningPayload, noonPayload } from "./demo_payloads.ts";
import type { EventStore } from "../../log/port/event_store.ts";

const userCount = 100_000;
const day = Date.UTC(2025, 9, 9);
const hour = 3_600_000;
const countries = ["de", "fr", "us", "uk"] as const;

/**
 * Writes a day of 100,000 simulated users to a new file, always the same but for the ids: one
 * experiment is healthy (`checkout`); of one, four in a hundred exposures to a variation are lost, so
 * its split is broken (`search`); and of one, the weights are changed at noon, so that users who come
 * back see another variation (`pricing`). Two consumers have read it, one of them not all.
 *
 * Gives null, or a line that says why it can't be written.
 */
export async function writeDemo(path: string): Promise<string | null> {
  const store = sqliteStore(path);
  try {
    const { last } = await store.positions();
    if (last > 0) {
      return "Cannot write the demo: there are events in that file already";
    }
    let batch: NewEvent[] = [];
    for (const event of simulateDay()) {
      batch.push(event);
      if (batch.length < 1000) continue;
      await store.append(batch);
      batch = [];
    }
    await store.append(batch);
    const positions = await store.positions();
    await settle(store, "warehouse", positions.last);
    await settle(store, "alerts", positions.last - 1234);
    return null;
  } catch (error) {
    return `Cannot write the demo: ${storageFailure(error).message}`;
  } finally {
    await store.close();
  }
}

function* simulateDay(): Iterable<NewEvent> {
  const random = createRandom(20_251_009);
  let now = day;
  const createId = createIds({ now: () => now });
  const make = (type: string, data: object, user?: JsonObject): NewEvent => ({
    id: createId(),
    time: now,
    type,
    version: 1,
    data: data as JsonObject,
    ...(user === undefined
      ? {}
      : { user: { level: "decision", attributes: user } }),
  });
  const counts = new Map<string, JsonObject & { readonly count: number }>();

  function* visit(
    payload: Payload,
    digest: string,
    key: string,
    attributes: JsonObject,
  ): Iterable<NewEvent> {
    const { result, events } = decideFeature({ ...payload, attributes }, key);
    const { value, source, ruleId } = result;
    const use = JSON.stringify([key, value, source, ruleId]);
    const count = (counts.get(use)?.count ?? 0) + 1;
    counts.set(use, { featureKey: key, value, source, ruleId, count });
    for (const event of events) {
      if (event.type !== "experiment.viewed") continue;
      const origin = { askedFeatureId: key, ruleId, payloadDigest: digest };
      const data = experimentViewedData(event, origin);
      // The page breaks for some before their exposure is recorded.
      const isLost = key === "search" && data.variationId === 1 &&
        random() < 0.04;
      const { id, country } = attributes;
      const read = key === "pricing" ? { id, country } : { id };
      if (!isLost) yield make("experiment.viewed", data, read as JsonObject);
    }
  }

  for (const [half, payload] of [morningPayload, noonPayload].entries()) {
    const digest = payloadDigest(payload);
    const changed = half === 0 ? Object.keys(payload.features) : ["pricing"];
    const loaded = { digest, dateUpdated: null, changed, issues: [], payload };
    yield make("payload.loaded", loaded);
    for (let index = 0; index < userCount / 2; index++) {
      now = day + 12 * hour * (half + index / (userCount / 2));
      const number = half * userCount / 2 + index;
      yield* visit(payload, digest, "checkout", attributesOf(number));
      yield* visit(payload, digest, "search", attributesOf(number));
      yield* visit(payload, digest, "pricing", attributesOf(number));
      // In the afternoon some of the morning's users come back.
      if (half === 1 && random() < 0.2) {
        yield* visit(payload, digest, "pricing", attributesOf(index));
      }
    }
  }
  for (const count of counts.values()) yield make("feature.evaluated", count);
}

function attributesOf(number: number): JsonObject {
  return { id: `user-${number}`, country: countries[number % 4]! };
}

// Mulberry32.
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function settle(
  store: EventStore,
  name: string,
  position: number,
): Promise<void> {
  await store.claim({ name }, "demo");
  await store.commit({ name }, "demo", { position, unsettled: [] });
  await store.release({ name }, "demo");
}

import { assert } from "@std/assert";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { experimentViewedData } from "../../../core/events/mod.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import {
  decideFeature,
  type JsonObject,
  type Payload,
  payloadDigest,
} from "../../../mod.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

/** The payload of the log that {@linkcode writeLog} writes. */
export const logPayload = {
  features: {
    cta: {
      defaultValue: "Buy",
      rules: [{
        id: "r1",
        key: "cta-test",
        variations: ["Buy", "Order"],
        meta: [{ key: "control" }, { key: "order" }],
      }],
    },
  },
} as const;

/** When the first event of a log happened. */
const logStart: number = Date.UTC(2026, 0, 1);

/** Makes an event of the log. */
export function makeEvent(
  time: number,
  type: string,
  data: object,
): NewEvent {
  const { featureKey, hashValue } = data as {
    readonly featureKey?: unknown;
    readonly hashValue?: unknown;
  };
  return {
    id: [type, time, featureKey, hashValue].join("-"),
    time: logStart + time,
    type,
    version: 1,
    data: data as JsonObject,
  };
}

/** Makes the exposures of users 0, 1, 2 … to the experiment, one a millisecond. */
export function makeExposures(
  payload: Payload,
  users: number,
): readonly NewEvent[] {
  const digest = payloadDigest(payload);
  return Array.from({ length: users }, (_, index) => {
    const attributes = { id: `${index}` };
    const { events } = decideFeature({ ...payload, attributes }, "cta");
    const [exposure] = events;
    assert(exposure?.type === "experiment.viewed");
    const origin = {
      askedFeatureId: "cta",
      ruleId: "r1",
      payloadDigest: digest,
    };
    return makeEvent(
      index,
      "experiment.viewed",
      experimentViewedData(exposure, origin),
    );
  });
}

/** Writes events to a new log, and gives its path. */
export async function writeEvents(
  events: readonly NewEvent[],
  path: string = `${temporaryFolder()}/log.db`,
): Promise<string> {
  const store = sqliteStore(path);
  await store.append(events);
  await store.close();
  return path;
}

/**
 * Writes a log of 200 users who saw an experiment, and gives its path. A consumer has settled a half
 * of it, but for one event, and has parked another one.
 */
export async function writeLog(
  path: string = `${temporaryFolder()}/log.db`,
): Promise<string> {
  await writeEvents([
    makeEvent(0, "payload.loaded", {
      digest: payloadDigest(logPayload),
      dateUpdated: null,
      changed: ["cta"],
      issues: [],
      payload: logPayload,
    }),
    ...makeExposures(logPayload, 200),
    makeEvent(201, "feature.evaluated", {
      featureKey: "cta",
      value: "Buy",
      source: "experiment",
      ruleId: "r1",
      count: 7,
    }),
  ], path);
  const store = sqliteStore(path);
  const key = { name: "warehouse" };
  await store.claim(key, "reader");
  await store.commit(key, "reader", { position: 101, unsettled: [7] });
  const [event] = await store.read(1, 1);
  const message = "the table has no such column";
  await store.park(key, "reader", [
    { event: event!, reason: "refused", attempts: 1, message },
  ]);
  await store.release(key, "reader");
  await store.close();
  return path;
}

import { BehaviorSubject } from "rxjs";
import type { AnyFeatures } from "../../core/types/context.ts";
import type { FeatureDefinitions } from "../../core/types/feature.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { Payload } from "../../core/types/payload.ts";
import { systemClock } from "../support/clock.ts";
import type { TimeoutOptions } from "../support/timeout_options.ts";
import type { Client, ClientEvent } from "./client.ts";
import type { ClientOptions } from "./client_options.ts";
import { createClient } from "./create_client.ts";

/** What a client for tests is made with: features with their values, and what any client takes. */
export interface TestClientOptions<Features extends object = AnyFeatures>
  extends Omit<ClientOptions, "source"> {
  /** The values of features, by key. */
  readonly features?: Partial<Features>;
}

/** A client for the tests of an application. */
export interface TestClient<Features extends object = AnyFeatures>
  extends Client<Features> {
  /** Gives features other values; those that are not named keep theirs. */
  readonly setFeatures: (features: Partial<Features>) => void;
  /** Puts definitions in the place of all features, to test rules and experiments. */
  readonly setDefinitions: (features: FeatureDefinitions) => void;
  /**
   * Gives the next event, of a type where one is named: one that has happened and was not asked for
   * yet, or else the next to come. Rejects where none comes within the time, 1,000 ms by default.
   */
  readonly nextEvent: (
    type?: ClientEvent["type"],
    limit?: TimeoutOptions,
  ) => Promise<ClientEvent>;
}

/**
 * Makes a client for the tests of an application: no server, no file, the values that the test names.
 * It is a real client in all else: it streams, records and tells of events.
 *
 * @example
 * ```ts
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const client = testClient({ features: { banner: "Hello", chat: false } });
 * assertEquals(client.getFeatureValue("banner", ""), "Hello");
 *
 * client.setFeatures({ chat: true });
 * assertEquals(client.isOn("chat"), true);
 *
 * client.logEvent("clicked");
 * const event = await client.nextEvent("custom");
 * assertEquals(event.data, { name: "clicked", properties: {} });
 * await client.close();
 * ```
 */
export function testClient<Features extends object = AnyFeatures>(
  options: TestClientOptions<Features> = {},
): TestClient<Features> {
  const { features = {}, ...rest } = options;
  const clock = options.clock ?? systemClock;
  const payloads = new BehaviorSubject<Payload>({ features: define(features) });
  const client = createClient<Features>({ ...rest, source: payloads });
  const missed: ClientEvent[] = [];
  const waiting = new Set<(event: ClientEvent) => boolean>();
  client.events$.subscribe((event) => {
    for (const take of waiting) {
      if (take(event)) return;
    }
    missed.push(event);
    if (missed.length > maxMissed) missed.shift();
  });

  const nextEvent: TestClient["nextEvent"] = (type, limit = {}) => {
    const isWanted = (event: ClientEvent) =>
      type === undefined || event.type === type;
    const index = missed.findIndex(isWanted);
    if (index >= 0) return Promise.resolve(missed.splice(index, 1)[0]!);
    const { timeout = 1000 } = limit;
    return new Promise((resolve, reject) => {
      const cancel = clock.setTimer(() => {
        waiting.delete(take);
        reject(
          new Error(
            `Cannot give an event: none of type ${
              type ?? "any"
            } came within ${timeout} ms`,
          ),
        );
      }, timeout);
      const take = (event: ClientEvent) => {
        if (!isWanted(event)) return false;
        cancel();
        waiting.delete(take);
        resolve(event);
        return true;
      };
      waiting.add(take);
    });
  };
  return {
    ...client,
    setFeatures: (changed) => {
      const known = payloads.value.features;
      payloads.next({ features: { ...known, ...define(changed) } });
    },
    setDefinitions: (definitions) => payloads.next({ features: definitions }),
    nextEvent,
  };
}

const maxMissed = 10_000;

function define(features: object): FeatureDefinitions {
  return Object.fromEntries(
    Object.entries(features as Readonly<Record<string, JsonValue>>)
      .map(([key, defaultValue]) => [key, { defaultValue }]),
  );
}

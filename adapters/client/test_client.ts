import { BehaviorSubject } from "rxjs";
import type { AnyFeatures } from "../../core/types/context.ts";
import type { BucketRange } from "../../core/types/experiment.ts";
import type {
  FeatureDefinitions,
  FeatureRule,
} from "../../core/types/feature.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { Payload } from "../../core/types/payload.ts";
import { systemClock } from "../support/time/clock.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";
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
  /**
   * Gives features other values; those that are not named keep theirs. `undefined` removes a feature, so
   * that it is unknown.
   */
  readonly setFeatures: (
    features: {
      readonly [Key in keyof Features & string]?: Features[Key] | undefined;
    },
  ) => void;
  /** Puts definitions in the place of all features, to test rules and experiments. */
  readonly setDefinitions: (features: FeatureDefinitions) => void;
  /**
   * Gives all users the variations of these indices, by experiment key, in place of those that were
   * pinned before. Unlike a forced variation, a pinned one is exposed: what the application tracks can be
   * asserted. Conditions and other gates go on to count. It concerns experiments of features.
   */
  readonly pinVariations: (
    variations: { readonly [experimentKey: string]: number },
  ) => void;
  /**
   * Gives the next event, of a type where one is named: one that has happened and was not asked for
   * yet, or else the next to come. Rejects where none comes within the time, 1,000 ms by default.
   */
  readonly nextEvent: <Type extends ClientEvent["type"] = ClientEvent["type"]>(
    type?: Type,
    limit?: TimeoutOptions,
  ) => Promise<Extract<ClientEvent, { readonly type: Type }>>;
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
 * const client = testClient<{ banner: string; chat: boolean; button: string }>({
 *   features: { banner: "Hello", chat: false },
 * });
 * assertEquals(client.getFeatureValue("banner", ""), "Hello");
 *
 * client.setFeatures({ chat: true });
 * assertEquals(client.isOn("chat"), true);
 *
 * client.setDefinitions({ button: { rules: [{ variations: ["Buy", "Order"] }] } });
 * client.pinVariations({ button: 1 });
 * assertEquals(client.forUser({ attributes: { id: "7" } }).getFeatureValue("button", ""), "Order");
 * const { data } = await client.nextEvent("experiment.viewed");
 * assertEquals([data.experimentKey, data.variationId], ["button", 1]);
 * await client.close();
 * ```
 */
export function testClient<Features extends object = AnyFeatures>(
  options: TestClientOptions<Features> = {},
): TestClient<Features> {
  const { features = {}, ...rest } = options;
  const clock = options.clock ?? systemClock;
  let definitions = define(features);
  let pinned: Pins = {};
  const payloads = new BehaviorSubject<Payload>({ features: definitions });
  const give = () =>
    payloads.next({ features: pinVariations(definitions, pinned) });
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

  const nextEvent = (
    type?: ClientEvent["type"],
    limit: TimeoutOptions = {},
  ): Promise<ClientEvent> => {
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
      const named = Object.keys(changed);
      definitions = {
        ...Object.fromEntries(
          Object.entries(definitions).filter(([key]) => !named.includes(key)),
        ),
        ...define(changed),
      };
      give();
    },
    setDefinitions: (given) => {
      definitions = given;
      give();
    },
    pinVariations: (variations) => {
      pinned = variations;
      give();
    },
    // An event of the type that was asked for is of that type.
    nextEvent: nextEvent as TestClient["nextEvent"],
  };
}

const maxMissed = 10_000;

interface Pins {
  readonly [experimentKey: string]: number;
}

function define(features: object): FeatureDefinitions {
  return Object.fromEntries(
    Object.entries(features as Readonly<Record<string, JsonValue>>)
      .filter(([, value]) => value !== undefined)
      .map(([key, defaultValue]) => [key, { defaultValue }]),
  );
}

/** Gives all buckets of the named experiments to one variation each. */
function pinVariations(
  definitions: FeatureDefinitions,
  pinned: Pins,
): FeatureDefinitions {
  if (Object.keys(pinned).length === 0) return definitions;
  return Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [key, {
      ...definition,
      ...(definition.rules === undefined ? {} : {
        rules: definition.rules.map((rule) => pinRule(rule, key, pinned)),
      }),
    }]),
  );
}

function pinRule(rule: FeatureRule, key: string, pinned: Pins): FeatureRule {
  const experiment = rule.key ?? key;
  const index = Object.hasOwn(pinned, experiment) ? pinned[experiment] : null;
  if (index === null || rule.variations === undefined) return rule;
  return {
    ...rule,
    ranges: rule.variations.map((_, each): BucketRange =>
      each === index ? [0, 1] : [0, 0]
    ),
  };
}

import { Subject } from "rxjs";
import {
  type Client,
  type ClientEvent,
  type ClientOptions,
  createClient,
} from "../../../adapters/client/mod.ts";
import type { Payload } from "../../../mod.ts";
// What a client loads when it needs it is there from the start: fake time does not wait for files.
import "../../../adapters/client/recording/engines/create_memory_line.ts";
import "../../../adapters/client/recording/store/create_store_line.ts";
import "../../../adapters/client/recording/decisions/create_decision_reads.ts";

/** A payload with one feature of each kind that the tests of the client ask for. */
export const shop: Payload = {
  features: {
    banner: {
      defaultValue: "Welcome",
      rules: [{ condition: { country: "fr" }, force: "Bienvenue" }],
    },
    dark: { defaultValue: false },
    cta: { rules: [{ key: "cta-test", variations: ["Buy", "Order"] }] },
    price: {
      defaultValue: 5,
      rules: [{ condition: { plan: "pro" }, force: 9 }],
    },
    child: {
      defaultValue: "no",
      rules: [{
        parentConditions: [{ id: "dark", condition: { value: true } }],
        force: "yes",
      }],
    },
  },
};

/** A client with its source, the events and the errors it told of. */
export interface Scene {
  readonly client: Client;
  readonly source: Subject<Payload>;
  readonly events: readonly ClientEvent[];
  readonly errors: readonly unknown[];
}

/** Opens a client whose payloads the test gives; the shop's is the first, unless null is given. */
export function open(
  options: Partial<ClientOptions> = {},
  payload: Payload | null = shop,
): Scene {
  const source = new Subject<Payload>();
  const errors: unknown[] = [];
  const client = createClient({
    source,
    onError: (error) => errors.push(error),
    ...options,
  });
  const events: ClientEvent[] = [];
  client.events$.subscribe((event) => events.push(event));
  if (payload !== null) source.next(payload);
  return { client, source, events, errors };
}

/** The exposures among events, as `experiment:variation:value`. */
export function exposures(events: readonly ClientEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === "experiment.viewed"
      ? [
        `${event.data.experimentKey}:${event.data.variationId}:${event.data.hashValue}`,
      ]
      : []
  );
}

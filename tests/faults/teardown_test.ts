import { assertEquals } from "@std/assert";
import { Observable } from "rxjs";
import type { Payload } from "../../mod.ts";
import {
  createClient,
  fallbackSource,
  type PayloadSource,
} from "../../adapters/client/mod.ts";

const payload: Payload = { features: { on: { defaultValue: true } } };

/** Sources whose end throws, in one way or another. */
const sources: { readonly [name: string]: () => PayloadSource } = {
  "its teardown": () => leaving(),
  "the teardown of its reports": () =>
    Object.assign(new Observable<Payload>((to) => to.next(payload)), {
      reports$: new Observable<never>(() => () => {
        throw new Error("leaving");
      }),
    }),
  "the teardown of one behind a fallback": () => fallbackSource(leaving()),
  "both": () => Object.assign(leaving(), { reports$: leaving() as never }),
};

function leaving(): Observable<Payload> {
  return new Observable<Payload>((subscriber) => {
    subscriber.next(payload);
    return () => {
      throw new Error("leaving");
    };
  });
}

for (const [name, create] of Object.entries(sources)) {
  Deno.test(`a client closes, and loses nothing, where a source throws in ${name}`, async () => {
    const errors: unknown[] = [];
    const seen: string[] = [];
    const client = createClient({
      source: create(),
      attributes: { id: "1" },
      trackingCallback: (experiment) => void seen.push(experiment.key),
      onError: (error) => void errors.push(error),
    });
    client.runExperiment({ key: "test", variations: [0, 1] });
    await client.close();
    await client.close();
    assertEquals(seen, ["test"]);
    assertEquals(errors.length > 0, true);
    assertEquals(
      errors.every((error) => String(error).includes("leaving")),
      true,
    );
  });
}

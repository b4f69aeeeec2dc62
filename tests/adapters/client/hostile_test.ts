import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import { type Attributes, explainFeature, type Payload } from "../../../mod.ts";
import { runs } from "../../support/runs.ts";
import { exposures, open } from "./support.ts";

const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];

Deno.test("names of the language's own are names like any other", async () => {
  const features = JSON.parse(
    `{${
      names.map((name) =>
        `"${name}":{"rules":[{"key":"${name}","hashAttribute":"${name}","variations":[1,2]}]}`
      ).join()
    }}`,
  );
  const attributes = JSON.parse(
    `{${names.map((name) => `"${name}":"user"`).join()}}`,
  );
  const { client, events } = open({}, { features });
  const seen: unknown[] = [];
  for (const name of names) {
    client.value$(name, 0).subscribe((value) => seen.push(value));
  }
  assertEquals(seen, [0, 0, 0, 0]);
  client.setAttributes(attributes);
  assertEquals(exposures(events).length, names.length);
  client.updateAttributes(attributes);
  client.setForcedFeatureValues(JSON.parse(`{"__proto__": 7}`));
  assertEquals(client.getFeatureValue("__proto__", 0), 7);
  assertEquals(
    client.forUser({ attributes }).getFeatureValue("toString", 0) > 0,
    true,
  );
  assertEquals(({} as Record<string, unknown>)["user"], undefined);
  await client.close();
});

Deno.test("reads before any payload know no names either", async () => {
  const { client } = open({}, null);
  for (const name of names) {
    assertEquals(client.evalFeature(name).source, "unknownFeature");
    assertEquals(client.peek(name).value, null);
  }
  await client.close();
});

Deno.test("attributes that contain themselves, or throw when looked at, do no harm", async () => {
  const { client } = open({ recordUser: "all" });
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const trap = {
    toJSON: () => {
      throw new Error("No");
    },
  };
  for (const plan of [circle, trap, 5n, Symbol("plan"), () => "pro"]) {
    client.setAttributes({ id: "1", plan, country: plan });
    client.setAttributes({ id: "1", plan, country: plan });
    assertEquals(client.getFeatureValue("price", 0), 5);
    assertEquals(client.getFeatureValue("banner", ""), "Welcome");
    client.isOn("cta");
    client.logEvent("click", { plan } as never);
  }
  assertEquals((await client.close()).isDelivered, true);
});

Deno.test("synchronous reads never throw, whatever the payload and the user", async () => {
  const rubbish = fc.anything();
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string(), rubbish),
      fc.dictionary(fc.string(), rubbish),
      fc.string(),
      async (features, attributes, key) => {
        const client = createClient({
          source: fixedSource({ features } as unknown as Payload),
          attributes: attributes as Attributes,
          onError: () => {},
        });
        for (const name of [key, ...Object.keys(features)]) {
          client.isOn(name);
          client.isOff(name);
          client.getFeatureValue(name, null);
          client.evalFeature(name);
          client.peek(name);
          explainFeature(client.snapshot(), name);
          client.runExperiment(features[name] as never);
          client.forUser({ attributes: attributes as Attributes }).isOn(name);
        }
        client.allResults();
        await client.close();
      },
    ),
    runs(100),
  );
});

Deno.test("createClient() says so where there is no source", () => {
  const none = "Cannot make a client without a source of payloads";
  for (
    const [options, value] of [
      [
        undefined,
        "give one, such as growthbookSource({ clientKey }) or fixedSource(",
      ],
      [{}, "give one, such as growthbookSource({ clientKey }) or fixedSource("],
      [
        { source: null },
        "give one, such as growthbookSource({ clientKey }) or fixedSource(",
      ],
      [
        { source: "https://cdn.growthbook.io" },
        "an observable is needed, and the current value is of type string",
      ],
    ] as const
  ) {
    assertThrows(
      () => createClient(options as never),
      TypeError,
      `${none}: ${value}`,
    );
  }
});

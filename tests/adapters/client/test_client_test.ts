import { assertEquals } from "@std/assert";
import {
  testClient,
  type TrackingCallback,
} from "../../../adapters/client/mod.ts";
import { assertType, type Equals } from "../../support/assert_type.ts";

interface AppFeatures {
  readonly chat: boolean;
  readonly button: string;
}

Deno.test("testClient() removes a feature that is set to undefined", async () => {
  const client = testClient<AppFeatures>({ features: { chat: true } });
  client.setFeatures({ button: "Buy", chat: undefined });
  assertEquals(client.peek("chat").source, "unknownFeature");
  assertEquals(client.peek("button").value, "Buy");
  await client.close();
});

Deno.test("testClient() pins a variation that is tracked like any other", async () => {
  const calls: unknown[] = [];
  const trackingCallback: TrackingCallback = ({ key }, { variationId }) => {
    calls.push([key, variationId]);
  };
  for (const index of [0, 1, 2]) {
    const client = testClient({ trackingCallback });
    client.setDefinitions({
      size: {
        rules: [{
          key: "size-test",
          variations: ["s", "m", "l"],
          coverage: 0.1,
        }],
      },
    });
    client.pinVariations({ "size-test": index });
    const user = client.forUser({ attributes: { id: "1" } });
    assertEquals(user.evalFeature("size").value, ["s", "m", "l"][index]);
    assertEquals(user.evalFeature("size").experimentResult?.hashUsed, true);
    await client.close();
  }
  assertEquals(calls, [["size-test", 0], ["size-test", 1], ["size-test", 2]]);
});

Deno.test("testClient() goes on to ask the other gates for a pinned variation", async () => {
  const client = testClient({ attributes: { id: "1", country: "de" } });
  client.setDefinitions({
    size: { rules: [{ condition: { country: "fr" }, variations: ["s", "m"] }] },
  });
  client.pinVariations({ size: 1 });
  assertEquals(client.peek("size").source, "defaultValue");
  client.updateAttributes({ country: "fr" });
  assertEquals(client.peek("size").value, "m");
  client.pinVariations({});
  client.pinVariations({ constructor: 1 });
  assertEquals(client.peek("size").source, "experiment");
  await client.close();
});

Deno.test("testClient() gives events of the type that is asked for", async () => {
  const client = testClient({ attributes: { id: "1" } });
  client.setDefinitions({ size: { rules: [{ variations: ["s", "m"] }] } });
  client.isOn("size");
  const { data } = await client.nextEvent("experiment.viewed");
  assertType<Equals<typeof data.variationId, number>>(true);
  assertEquals(data.experimentKey, "size");
  await client.close();
});

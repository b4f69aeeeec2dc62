import { assertEquals } from "@std/assert";
import { exposures, open } from "./support.ts";

Deno.test("forced variations and features apply from the start and when they are set", async () => {
  const { client, events } = open({
    attributes: { id: "1" },
    forcedVariations: { "cta-test": 1 },
    forcedFeatureValues: { price: 1 },
  });
  const seen: unknown[] = [];
  client.value$("cta", "").subscribe((value) => seen.push(value));
  client.value$("price", 0).subscribe((value) => seen.push(value));
  client.setForcedVariations({ "cta-test": 0 });
  client.setForcedFeatureValues({ price: 2 });
  client.setForcedFeatureValues({});
  assertEquals(seen, ["Order", 1, "Buy", 2, 5]);
  assertEquals(exposures(events), []);
  await client.close();
});

Deno.test("the URL's query string chooses a variation", async () => {
  const { client } = open({
    attributes: { id: "1" },
    url: "https://a.example/?cta-test=1",
  });
  assertEquals(client.getFeatureValue("cta", ""), "Order");
  client.setUrl("https://a.example/?cta-test=0");
  assertEquals(client.getFeatureValue("cta", ""), "Buy");
  await client.close();
});

Deno.test("enabled: false turns experiments off", async () => {
  const { client, events } = open({ attributes: { id: "1" }, enabled: false });
  assertEquals(client.getFeatureValue("cta", "none"), "none");
  assertEquals(client.getFeatureValue("price", 0), 5);
  assertEquals(exposures(events), []);
  await client.close();
});

Deno.test("qaMode runs only what is forced", async () => {
  const { client, events } = open({
    attributes: { id: "1" },
    qaMode: true,
    forcedVariations: { inline: 1 },
  });
  assertEquals(client.getFeatureValue("cta", "none"), "none");
  assertEquals(
    client.runExperiment({ key: "inline", variations: [0, 1] }).value,
    1,
  );
  assertEquals(exposures(events), []);
  await client.close();
});

Deno.test("attributeOverrides replace the user's attributes", async () => {
  const { client } = open({
    attributes: { country: "de" },
    attributeOverrides: { country: "fr" },
  });
  assertEquals(client.getFeatureValue("banner", ""), "Bienvenue");
  client.setAttributes({ country: "us" });
  assertEquals(client.getFeatureValue("banner", ""), "Bienvenue");
  await client.close();
});

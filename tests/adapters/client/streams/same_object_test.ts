import { assertEquals, assertStrictEquals } from "@std/assert";
import { Subject } from "rxjs";
import {
  type FeatureReads,
  memoryStickyBuckets,
} from "../../../../adapters/client/mod.ts";
import type { FeatureResult, Payload } from "../../../../mod.ts";
import { createResultMemory } from "../../../../adapters/client/reads/create_result_memory.ts";
import { open, shop } from "../support.ts";

const keys = ["banner", "dark", "cta", "price", "child", "no-such-feature"];

function read(reads: FeatureReads): readonly FeatureResult[] {
  return keys.flatMap((key) => [reads.evalFeature(key), reads.peek(key)]);
}

Deno.test("evalFeature() and peek() give the same object until the result changes", async () => {
  const { client, source } = open({
    attributes: { id: "1", country: "de" },
    stickyBuckets: memoryStickyBuckets(),
  });
  client.isOn("cta");
  const view = client.forUser({ attributes: { id: "2" } });
  const before = [client, view].map(read);
  for (const results of before) {
    for (let index = 0; index < results.length; index += 2) {
      assertStrictEquals(results[index], results[index + 1]);
    }
  }
  // What changes, but nothing that these results depend on, or into an equal payload.
  client.updateAttributes({ other: 1 });
  client.setUrl("https://a.example/");
  source.next(JSON.parse(JSON.stringify(shop)));
  source.next({ features: { ...shop.features, another: {} } });
  for (const [index, reads] of [client, view].entries()) {
    const after = read(reads);
    before[index]!.forEach((result, place) =>
      assertStrictEquals(after[place], result)
    );
  }
  const banner = client.peek("banner");
  client.updateAttributes({ country: "fr" });
  assertEquals(client.peek("banner") === banner, false);
  assertEquals(client.peek("banner").value, "Bienvenue");
  await client.close();
});

Deno.test("feature$ gives the object that evalFeature() and peek() give", async () => {
  const { client } = open({ attributes: { id: "1" } });
  for (const key of keys) {
    const seen: FeatureResult[] = [];
    client.feature$(key).subscribe((result) => seen.push(result));
    client.feature$(key, { silent: true }).subscribe((result) =>
      seen.push(result)
    );
    client.updateAttributes({ [`other-${key}`]: 1 });
    seen.push(client.evalFeature(key), client.peek(key));
    for (const result of seen) assertStrictEquals(result, seen[0]);
  }
  await client.close();
});

Deno.test("a feature that waits, and one that is unknown, are the same object", async () => {
  const source = new Subject<Payload>();
  const { client } = open({ source }, null);
  const before = client.peek("cta");
  source.next({ features: {} });
  assertStrictEquals(client.evalFeature("cta"), before);
  await client.close();
});

Deno.test("createResultMemory() forgets what is no longer defined, and holds no other names", () => {
  const keep = createResultMemory();
  const result = () => ({ ...open().client.peek("dark") });
  const [first, second] = [result(), result()];
  const features = { dark: {} };
  assertStrictEquals(keep({ features }, "dark", first), first);
  assertStrictEquals(keep({ features }, "dark", second), first);
  keep({ features: {} }, "dark", first);
  assertStrictEquals(keep({ features: { dark: {} } }, "dark", second), second);
  assertStrictEquals(keep({ features }, "toString", second), second);
});

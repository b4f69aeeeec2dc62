import { assertEquals } from "@std/assert";
import {
  createClient,
  memoryStickyBuckets,
} from "../../../../adapters/client/mod.ts";
import type { Attributes } from "../../../../mod.ts";
import { BehaviorSubject } from "rxjs";
import { shop } from "../support.ts";

function fail(): never {
  throw new Error("No");
}

/** What must never be looked at twice, or at all. */
function hostileValues(): Readonly<Record<string, unknown>> {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const circle: { self?: unknown } = {};
  circle.self = circle;
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level++) deep = { deep };
  return {
    getter: Object.defineProperty({}, "x", { get: fail, enumerable: true }),
    revoked: proxy,
    trap: new Proxy({}, {
      get: fail,
      ownKeys: fail,
      has: fail,
      getPrototypeOf: fail,
    }),
    list: new Proxy([], { get: fail }),
    bigint: 5n,
    symbol: Symbol("plan"),
    function: fail,
    date: new Date(NaN),
    map: new Map(),
    circle,
    deep,
  };
}

for (const [name, value] of Object.entries(hostileValues())) {
  Deno.test(`a client works on with a ${name} for an attribute, and tells of it once`, async () => {
    const errors: unknown[] = [];
    const attributes = { id: "1", country: "fr", plan: value };
    const client = createClient({
      source: new BehaviorSubject(shop),
      attributes,
      attributeOverrides: { other: value },
      recordUser: "all",
      stickyBuckets: memoryStickyBuckets(),
      onError: (error) => void errors.push(error),
    });
    const view = client.forUser({
      attributes,
      attributeOverrides: { size: value },
    });
    client.setAttributes(attributes);
    client.updateAttributes({ plan: value });
    const loaded = await client.loadUser({ attributes });
    for (const reads of [client, view, loaded]) {
      assertEquals(reads.getFeatureValue("banner", ""), "Bienvenue");
      assertEquals(reads.getFeatureValue("price", 0), 5);
      assertEquals(reads.evalFeature("cta").source, "experiment");
      reads.logEvent("clicked");
    }
    const told = errors.map((error) => (error as Error).message.split(":")[0]);
    const isUsable = errors.every((error) => `${error}`.includes("as it is"));
    const end = isUsable ? " as it is" : "";
    assertEquals(told, [
      `Cannot use attributes.plan${end}`,
      `Cannot use attributeOverrides.other${end}`,
      `Cannot use attributeOverrides.size${end}`,
    ]);
    await client.close();
  });

  Deno.test(`a client works on with a ${name} in the place of a user's data`, async () => {
    const given = value as never;
    const client = createClient({
      source: new BehaviorSubject(shop),
      attributes: given,
      attributeOverrides: given,
      url: given,
      forcedVariations: given,
      forcedFeatureValues: given,
      groups: given,
      overrides: given,
      stickyAttributes: given,
      onError: () => {},
    });
    client.setAttributes(given);
    client.updateAttributes(given);
    client.setUrl(given);
    client.setForcedVariations(given);
    client.setForcedFeatureValues(given);
    client.setForcedVariations({ cta: given });
    client.setForcedFeatureValues({ dark: given, banner: "Hello" });
    client.runExperiment(given);
    client.runExperiment({ key: "e", variations: given });
    const everywhere = {
      attributes: given,
      attributeOverrides: given,
      url: given,
      forcedVariations: given,
      forcedFeatureValues: given,
      stickyBucketAssignmentDocs: given,
    };
    for (const user of [given, everywhere]) {
      const view = client.forUser(user);
      assertEquals(typeof view.getFeatureValue("banner", ""), "string");
      view.runExperiment(given);
      await client.loadUser(user);
    }
    assertEquals(client.getFeatureValue("banner", ""), "Hello");
    client.allResults();
    await client.close();
  });
}

Deno.test("what an application changes in a user later does not reach the client", async () => {
  const client = createClient({ source: new BehaviorSubject(shop) });
  const attributes: Record<string, unknown> = { country: "fr", deep: { a: 1 } };
  client.setAttributes(attributes as Attributes);
  const view = client.forUser({ attributes });
  attributes["country"] = "de";
  (attributes["deep"] as { a: number }).a = 2;
  for (const reads of [client, view]) {
    assertEquals(reads.getFeatureValue("banner", ""), "Bienvenue");
    assertEquals(reads.snapshot().attributes, {
      country: "fr",
      deep: { a: 1 },
    });
  }
  await client.close();
});

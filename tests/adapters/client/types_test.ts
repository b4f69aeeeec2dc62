import { assertEquals } from "@std/assert";
import type { Observable } from "rxjs";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import {
  type Context,
  evalFeature,
  type FeatureResult,
  type JsonValue,
} from "../../../mod.ts";
import { assertType, type Equals } from "../../support/assert_type.ts";

interface AppFeatures {
  readonly dark: boolean;
  readonly price: number;
  readonly size: "small" | "large";
}

const source = fixedSource({ features: { price: { defaultValue: 5 } } });

Deno.test("a typed client knows its keys, its values and its fallbacks", async () => {
  const client = createClient<AppFeatures>({ source });
  const price = client.getFeatureValue("price", 1);
  const size = client.getFeatureValue("size", "small");
  assertType<Equals<typeof price, number>>(true);
  assertType<Equals<typeof size, "small" | "large">>(true);
  // @ts-expect-error: no such feature
  assertEquals(client.isOn("drak"), false);
  // @ts-expect-error: the price is a number
  assertEquals(client.getFeatureValue("price", "free"), 5);
  // @ts-expect-error: there is no such size
  assertEquals(client.getFeatureValue("size", "medium"), "medium");
  const { value } = client.evalFeature("price");
  assertType<Equals<typeof value, number | null>>(true);
  assertEquals([price, size, value], [5, "small", 5]);
  await client.close();
});

Deno.test("a typed client's streams and views know them, too", async () => {
  const client = createClient<AppFeatures>({ source });
  const price$ = client.value$("price", 1);
  const dark$ = client.feature$("dark");
  assertType<Equals<typeof price$, Observable<number>>>(true);
  assertType<Equals<typeof dark$, Observable<FeatureResult<boolean>>>>(true);
  // @ts-expect-error: no such feature
  client.feature$("drak");
  // @ts-expect-error: the price is a number
  client.value$("price", "free");
  const view = client.forUser({ attributes: {} });
  const size = view.getFeatureValue("size", "large");
  assertType<Equals<typeof size, "small" | "large">>(true);
  // @ts-expect-error: no such feature
  assertEquals(view.isOn("drak"), false);
  await client.close();
});

Deno.test("a typed client's snapshot keeps the types for the core", async () => {
  const client = createClient<AppFeatures>({ source });
  const context = client.snapshot();
  assertType<Equals<typeof context, Context<AppFeatures>>>(true);
  const { value } = evalFeature(context, "price");
  assertType<Equals<typeof value, number | null>>(true);
  assertEquals(value, 5);
  await client.close();
});

Deno.test("a client without types takes any key, and widens the fallback", async () => {
  const client = createClient({ source });
  const price = client.getFeatureValue("price", 1);
  const { value } = client.evalFeature("whatever");
  assertType<Equals<typeof price, number>>(true);
  assertType<Equals<typeof value, JsonValue>>(true);
  assertEquals([price, value], [5, null]);
  await client.close();
});

Deno.test("setForcedFeatures() of a typed client takes its values only", async () => {
  const client = createClient<AppFeatures>({ source });
  client.setForcedFeatureValues({ price: 7 });
  // @ts-expect-error: the price is a number
  client.setForcedFeatureValues({ price: "free" });
  // @ts-expect-error: no such feature
  client.setForcedFeatureValues({ drak: true });
  await client.close();
});

Deno.test("an inline experiment's result has the type of its variations", async () => {
  const client = createClient<AppFeatures>({ source });
  const { value } = client.runExperiment({ key: "e", variations: ["a", "b"] });
  assertType<Equals<typeof value, string>>(true);
  await client.close();
});

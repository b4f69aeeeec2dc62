import { assertEquals } from "@std/assert";
import {
  type Attributes,
  type BucketRange,
  type Context,
  decideExperiment,
  decideFeature,
  evalCondition,
  evalFeature,
  type Experiment,
  type ExperimentResult,
  explainFeature,
  type FeatureDefinitions,
  type FeatureResult,
  getFeatureValue,
  isOff,
  isOn,
  type JsonValue,
  parsePayload,
  type Payload,
  runExperiment,
  type SavedGroups,
  type StickyAssignmentDocuments,
} from "../../mod.ts";
import { assertType, type Equals } from "../support/assert_type.ts";

interface AppFeatures {
  readonly dark: boolean;
  readonly price: number;
  readonly banner: string;
  readonly layout: { readonly columns: number };
  readonly size: "small" | "large";
}

type AppFeaturesAlias = {
  readonly dark: boolean;
  readonly price: number;
};

const typed: Context<AppFeatures> = {
  attributes: { id: "7" },
  features: { dark: { defaultValue: true }, price: { defaultValue: 5 } },
};
const alias: Context<AppFeaturesAlias> = typed as Context<AppFeaturesAlias>;
const untyped = {
  features: { dark: { defaultValue: true }, price: { defaultValue: 5 } },
};

Deno.test("a typed context knows its keys", () => {
  assertEquals(isOn(typed, "dark"), true);
  assertEquals(isOff(typed, "price"), false);
  // @ts-expect-error: no such feature
  assertEquals(isOn(typed, "drak"), false);
  // @ts-expect-error: no such feature
  assertEquals(isOff(typed, "drak"), true);
  // @ts-expect-error: no such feature
  assertEquals(evalFeature(typed, "drak").value, null);
  // @ts-expect-error: no such feature
  assertEquals(decideFeature(typed, "drak").result.value, null);
  // @ts-expect-error: no such feature
  assertEquals(explainFeature(typed, "drak").rules, []);
  // @ts-expect-error: no such feature
  assertEquals(getFeatureValue(typed, "drak", 1), 1);
});

Deno.test("a context typed by an alias knows its keys", () => {
  assertEquals(isOn(alias, "dark"), true);
  // @ts-expect-error: the alias has no such feature
  assertEquals(isOn(alias, "banner"), false);
  // @ts-expect-error: the alias has no such feature
  assertEquals(getFeatureValue(alias, "banner", "x"), "x");
});

Deno.test("a key of a wider type than the features' does not compile", () => {
  const key: string = "dark";
  // @ts-expect-error: any text is not a feature
  assertEquals(isOn(typed, key), true);
  assertEquals(isOn(untyped, key), true);
});

Deno.test("a fallback of another type does not compile", () => {
  assertEquals(getFeatureValue(typed, "price", 9.5), 5);
  // @ts-expect-error: the price is a number
  assertEquals(getFeatureValue(typed, "price", "free"), 5);
  // @ts-expect-error: the price is not optional
  assertEquals(getFeatureValue(typed, "price", null), 5);
  // @ts-expect-error: dark is a boolean
  assertEquals(getFeatureValue(typed, "dark", 0), true);
  // @ts-expect-error: there is no such size
  assertEquals(getFeatureValue(typed, "size", "medium"), "medium");
  // @ts-expect-error: a layout has columns
  assertEquals(getFeatureValue(typed, "layout", {}), {});
  // @ts-expect-error: dark is a boolean, through an alias too
  assertEquals(getFeatureValue(alias, "dark", "no"), true);
});

Deno.test("getFeatureValue() has the type of the feature", () => {
  const dark = getFeatureValue(typed, "dark", false);
  const price = getFeatureValue(typed, "price", 9.5);
  const banner = getFeatureValue(typed, "banner", "Hello");
  const size = getFeatureValue(typed, "size", "small");
  const layout = getFeatureValue(typed, "layout", { columns: 2 });
  const fromAlias = getFeatureValue(alias, "price", 1);
  assertType<Equals<typeof dark, boolean>>(true);
  assertType<Equals<typeof price, number>>(true);
  assertType<Equals<typeof banner, string>>(true);
  assertType<Equals<typeof size, "small" | "large">>(true);
  assertType<Equals<typeof layout, { readonly columns: number }>>(true);
  assertType<Equals<typeof fromAlias, number>>(true);
  assertEquals([dark, price, banner, size, layout.columns, fromAlias], [
    true,
    5,
    "Hello",
    "small",
    2,
    5,
  ]);
});

Deno.test("getFeatureValue() of an untyped context has the type of its fallback, widened", () => {
  const truth = getFeatureValue(untyped, "dark", false);
  const number = getFeatureValue(untyped, "price", 9.5);
  const text = getFeatureValue(untyped, "banner", "Hello");
  const nothing = getFeatureValue(untyped, "banner", null);
  const choice = getFeatureValue(untyped, "size", "small" as "small" | "large");
  assertType<Equals<typeof truth, boolean>>(true);
  assertType<Equals<typeof number, number>>(true);
  assertType<Equals<typeof text, string>>(true);
  assertType<Equals<typeof nothing, JsonValue>>(true);
  assertType<Equals<typeof choice, string>>(true);
  assertEquals([truth, number, text, nothing, choice], [
    true,
    5,
    "Hello",
    null,
    "small",
  ]);
});

interface Layout {
  readonly columns: number;
}

Deno.test("getFeatureValue() takes an interface and undefined as fallbacks", () => {
  const layout: Layout = { columns: 2 };
  const any = getFeatureValue(untyped, "layout", layout);
  const open = getFeatureValue(untyped, "layout", undefined);
  const price = getFeatureValue(typed, "price", undefined);
  assertType<Equals<typeof any, Layout>>(true);
  assertType<Equals<typeof open, JsonValue | undefined>>(true);
  assertType<Equals<typeof price, number | undefined>>(true);
  assertEquals([any.columns, open, price], [2, undefined, 5]);
});

Deno.test("a typed context checks default values and forced values", () => {
  const context: Context<AppFeatures> = {
    features: {
      price: { defaultValue: 5, rules: [{ force: 6 }] },
      // @ts-expect-error: dark is a boolean
      dark: { defaultValue: "yes" },
      // @ts-expect-error: size is small or large
      size: { rules: [{ variations: ["small", "huge"] }] },
    },
    // @ts-expect-error: price is a number
    forcedFeatureValues: { price: "6" },
  };
  assertEquals(isOn(context, "dark"), true);
});

Deno.test("a payload that says its features fits into a typed context", () => {
  const text = `{ "features": { "price": { "defaultValue": 7 } } }`;
  const { payload } = parsePayload<AppFeatures>(JSON.parse(text));
  const context: Context<AppFeatures> = { ...payload, attributes: { id: "7" } };
  const price = getFeatureValue(context, "price", 1);
  assertType<Equals<typeof price, number>>(true);
  assertEquals(price, 7);
});

Deno.test("getFeatureValue() of a literal context takes any key and widens", () => {
  const dark = getFeatureValue({}, "x", false);
  const price = getFeatureValue({ attributes: { id: "7" } }, "y", 5);
  assertType<Equals<typeof dark, boolean>>(true);
  assertType<Equals<typeof price, number>>(true);
  assertEquals([dark, price], [false, 5]);
});

Deno.test("a result has the type of the feature, or null", () => {
  const { value } = evalFeature(typed, "price");
  const decided = decideFeature(typed, "dark").result;
  const explained = explainFeature(typed, "banner").result;
  assertType<Equals<typeof value, number | null>>(true);
  assertType<Equals<typeof decided, FeatureResult<boolean>>>(true);
  assertType<Equals<typeof explained.value, string | null>>(true);
  assertEquals([value, decided.value, explained.value], [5, true, null]);
});

Deno.test("a result of an untyped context has any JSON value", () => {
  const { value } = evalFeature(untyped, "anything");
  const literal = evalFeature({}, "anything");
  assertType<Equals<typeof value, JsonValue>>(true);
  assertType<Equals<typeof literal, FeatureResult<JsonValue>>>(true);
  assertEquals([value, literal.value], [null, null]);
});

Deno.test("a context that is spread keeps its types", () => {
  const attributes: Attributes = { id: "8" };
  const spread = { ...typed, attributes };
  const again = { ...spread, url: "/", qaMode: true };
  const price = getFeatureValue(again, "price", 1);
  assertType<Equals<typeof price, number>>(true);
  assertEquals(isOn(spread, "dark"), true);
  // @ts-expect-error: no such feature, spread or not
  assertEquals(isOn(again, "drak"), false);
  // @ts-expect-error: the price is a number, spread or not
  assertEquals(getFeatureValue(again, "price", "free"), 5);
});

Deno.test("a spread context that is asked for directly keeps its types", () => {
  const { value } = evalFeature({ ...typed, attributes: { id: "8" } }, "price");
  assertType<Equals<typeof value, number | null>>(true);
  // @ts-expect-error: no such feature, spread in place
  assertEquals(isOn({ ...typed, attributes: { id: "8" } }, "drak"), false);
  assertEquals(value, 5);
});

Deno.test("an untyped literal context accepts any key", () => {
  assertEquals(isOn({}, "whatever"), false);
  assertEquals(isOff({ attributes: { id: "7" } }, "whatever"), true);
  assertEquals(
    evalFeature({ features: { a: { defaultValue: 1 } } }, "b").value,
    null,
  );
  assertEquals(decideFeature({ url: "/" }, "whatever").events, []);
});

Deno.test("an untyped context accepts any key", () => {
  const context: Context = { features: { a: { defaultValue: 1 } } };
  const { value } = evalFeature(context, "whatever");
  assertType<Equals<typeof value, JsonValue>>(true);
  assertEquals(value, null);
});

Deno.test("a payload is spread into a context", () => {
  const payload: Payload = { features: { dark: { defaultValue: true } } };
  const context: Context<AppFeatures> = { ...payload, attributes: { id: "7" } };
  assertEquals(isOn(context, "dark"), true);
});

Deno.test("a context is read-only", () => {
  const context: Context<AppFeatures> = { attributes: { id: "7" }, url: "/" };
  const change = () => {
    // @ts-expect-error: contexts don't change
    context.url = "/other";
    // @ts-expect-error: attributes don't change
    context.attributes!["id"] = "8";
  };
  assertEquals(typeof change, "function");
});

Deno.test("a context has no field of another name or type", () => {
  // @ts-expect-error: the field is named attributes
  const misspelt: Context = { attribute: { id: "7" } };
  // @ts-expect-error: a URL is a text
  const mistyped: Context = { url: new URL("https://a.example") };
  // @ts-expect-error: a variation is a number
  const misforced: Context = { forcedVariations: { exp: "1" } };
  assertEquals([misspelt, mistyped, misforced].length, 3);
});

Deno.test("an inline experiment's result has the type of its variations", () => {
  const context: Context<AppFeatures> = { attributes: { id: "7" } };
  const experiment: Experiment<"a" | "b"> = {
    key: "exp",
    variations: ["a", "b"],
  };
  const result = runExperiment(context, experiment);
  const decision = decideExperiment(context, experiment);
  const inferred = runExperiment(context, { key: "exp", variations: [1, 2] });
  const objects = runExperiment({}, {
    key: "exp",
    variations: [{ color: "red" }, { color: "blue" }],
  });
  assertType<Equals<typeof result, ExperimentResult<"a" | "b">>>(true);
  assertType<Equals<typeof decision.result, ExperimentResult<"a" | "b">>>(true);
  assertType<Equals<typeof inferred.value, number>>(true);
  assertType<Equals<typeof objects.value.color, string>>(true);
  assertEquals(decision.result, result);
});

Deno.test("literals are accepted without `as const` where their types are tuples or unions", () => {
  const features: FeatureDefinitions = {
    a: {
      rules: [{
        variations: [1, 2],
        ranges: [[0, 0.5], [0.5, 1]],
        namespace: ["space", 0, 1],
        filters: [{ seed: "f", ranges: [[0, 1]] }],
      }],
    },
  };
  const groups: SavedGroups = {
    plain: ["1"],
    list: { type: "list", attributeKey: "id", values: ["1"] },
    described: { type: "condition", condition: { id: "1" } },
  };
  const range: BucketRange = [0, 1];
  assertEquals([Object.keys(features), Object.keys(groups), range], [["a"], [
    "plain",
    "list",
    "described",
  ], [0, 1]]);
});

Deno.test("a literal context in place is accepted with rules of every kind", () => {
  const { value } = evalFeature({
    attributes: { id: "7" },
    features: {
      a: {
        defaultValue: 0,
        rules: [{
          condition: { $or: [{ id: "7" }, { age: { $gt: 3 } }] },
          variations: [1, 2],
          ranges: [[0, 0], [0, 1]],
          namespace: ["space", 0, 1],
        }],
      },
    },
    savedGroups: { g: { type: "list", attributeKey: "id", values: ["7"] } },
  }, "a");
  assertEquals(value, 2);
});

Deno.test("an event is told by its type", () => {
  const documents: StickyAssignmentDocuments = {};
  const context = {
    attributes: { id: "7" },
    stickyBucketAssignmentDocs: documents,
  };
  const { events } = decideExperiment(context, {
    key: "exp",
    variations: [1, 2],
  });
  const told = events.map((event) => {
    if (event.type === "experiment.viewed") {
      assertType<Equals<typeof event.result, ExperimentResult<JsonValue>>>(
        true,
      );
      return event.experiment.key;
    }
    assertType<Equals<typeof event.attributeName, string>>(true);
    return event.attributeName;
  });
  assertEquals(told, ["id", "exp"]);
});

interface Customer {
  readonly id: string;
  readonly country?: string;
  readonly orders: { readonly count: number };
}

Deno.test("a user may be of an interface, which has no index signature", () => {
  const customer: Customer = { id: "7", orders: { count: 2 } };
  const features = {
    dark: { rules: [{ condition: { "orders.count": 2 }, force: true }] },
  };
  assertEquals(isOn({ attributes: customer, features }, "dark"), true);
  const overrides: Context = { attributeOverrides: customer, features };
  assertEquals(isOn(overrides, "dark"), true);
  assertEquals(evalCondition(customer, { country: "fr" }), false);
});

Deno.test("a user that is no object with names does not compile", () => {
  const wrong: readonly Context[] = [
    // @ts-expect-error: a text
    { attributes: "7" },
    // @ts-expect-error: a list
    { attributes: ["7"] },
    // @ts-expect-error: a function
    { attributes: () => ({ id: "7" }) },
    // @ts-expect-error: nothing
    { attributes: null },
  ];
  assertEquals(wrong.map((context) => isOn(context, "dark")), [
    ...[false, false, false, false],
  ]);
});

Deno.test("a URL that may be undefined compiles", () => {
  const page: { readonly url?: string } = {};
  const context: Context = { url: page.url, features: {} };
  assertEquals(isOn(context, "dark"), false);
});

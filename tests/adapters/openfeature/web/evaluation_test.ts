import { assertEquals } from "@std/assert";
import type { ClientEvent } from "../../../../adapters/client/mod.ts";
import { withProvider } from "./support.ts";

const template = { title: "Check out these pics!", imagesPerPage: 100 };
const internal = { fn: "Sulisław", ln: "Świętopełk", age: 29, customer: false };
const features = {
  "boolean-flag": { defaultValue: true },
  "string-flag": { defaultValue: "hi" },
  "integer-flag": { defaultValue: 10 },
  "float-flag": { defaultValue: 0.5 },
  "object-flag": { defaultValue: template },
  "context-aware": {
    defaultValue: "EXTERNAL",
    rules: [{ condition: internal, force: "INTERNAL" }],
  },
  "wrong-flag": { defaultValue: "uh-oh, there is no such number" },
  test: {
    rules: [{ variations: ["a", "b"], meta: [{ key: "x" }, { key: "y" }] }],
  },
};

Deno.test("each type of value resolves, synchronously", () =>
  withProvider(features, ({ flags }) => {
    assertEquals(
      [
        flags.getBooleanValue("boolean-flag", false),
        flags.getStringValue("string-flag", "bye"),
        flags.getNumberValue("integer-flag", 1),
        flags.getNumberValue("float-flag", 0.1),
        flags.getObjectValue("object-flag", {}),
      ],
      [true, "hi", 10, 0.5, template],
    );
  }));

Deno.test("what is missing, or of another type, gives the caller's default and an error", () =>
  withProvider(features, ({ flags }) => {
    const missing = flags.getStringDetails("missing-flag", "uh-oh");
    const wrong = flags.getNumberDetails("wrong-flag", 13);
    assertEquals(
      [missing, wrong].map((
        { value, reason, errorCode },
      ) => [value, reason, errorCode]),
      [["uh-oh", "ERROR", "FLAG_NOT_FOUND"], [13, "ERROR", "TYPE_MISMATCH"]],
    );
  }));

Deno.test("the context that comes with the provider decides from the beginning", () =>
  withProvider(features, ({ flags }) => {
    const { value, reason } = flags.getStringDetails("context-aware", "");
    assertEquals([value, reason], ["INTERNAL", "TARGETING_MATCH"]);
  }, { context: internal }));

Deno.test("an experiment tells its variant, and is exposed once", async () => {
  const seen: unknown[] = [];
  await withProvider(features, async ({ flags, client }) => {
    flags.getNumberValue("test", 1);
    const { value, reason, variant, flagMetadata } = flags.getStringDetails(
      "test",
      "",
    );
    assertEquals([value, reason, variant], ["a", "SPLIT", "x"]);
    assertEquals(flagMetadata["contextId"], "7");
    flags.getStringValue("test", "");
    await client.flush();
  }, {
    context: { targetingKey: "7" },
    client: {
      trackingCallback: (_, { hashValue }) => {
        seen.push(hashValue);
      },
    },
  });
  assertEquals(seen, ["7"]);
});

Deno.test("track() records an event of the user", () =>
  withProvider(features, async ({ flags, client }) => {
    const events: ClientEvent[] = [];
    client.events$.subscribe((event) => events.push(event));
    flags.track("bought", { value: 9.5, at: new Date("2026-01-01") });
    await client.flush();
    assertEquals(
      events.flatMap((event) =>
        event.type === "custom" ? [[event.data, event.user?.attributes]] : []
      ),
      [[
        {
          name: "bought",
          properties: { value: 9.5, at: "2026-01-01T00:00:00.000Z" },
        },
        { id: "7" },
      ]],
    );
  }, { context: { targetingKey: "7" } }));

Deno.test("with tracking: false nothing is recorded", () =>
  withProvider(features, async ({ flags, client }) => {
    const types: string[] = [];
    client.events$.subscribe(({ type }) => types.push(type));
    flags.track("bought");
    assertEquals(flags.getStringValue("test", ""), "a");
    await client.flush();
    assertEquals(types, []);
  }, { context: { targetingKey: "7" }, provider: { tracking: false } }));

Deno.test("a hook gets the details of an evaluation, and its error", () =>
  withProvider(features, ({ flags }) => {
    const steps: unknown[] = [];
    flags.addHooks({
      after: (_, { value }) => {
        steps.push(value);
      },
      error: (_, error) => {
        steps.push((error as { readonly code: string }).code);
      },
    });
    flags.getStringValue("string-flag", "");
    flags.getBooleanValue("string-flag", false);
    assertEquals(steps, ["hi", "TYPE_MISMATCH"]);
  }));

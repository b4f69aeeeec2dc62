import { assertEquals } from "@std/assert";
import { assert as check, asyncProperty } from "fast-check";
import type { EvaluationContext } from "@openfeature/server-sdk";
import { openFeatureProvider } from "../../../../adapters/openfeature/server/mod.ts";
import { createClient, fixedSource } from "../../../../adapters/client/mod.ts";
import { arbitraryHostileValue } from "../../../arbitraries/hostile/hostile_values.ts";
import { runs } from "../../../support/runs.ts";
import { withProvider } from "./support.ts";

const features = {
  asked: {
    defaultValue: "no",
    rules: [
      { condition: { "plan.name": "pro" }, force: "yes" },
      { coverage: 0.5, force: "half" },
    ],
  },
};

Deno.test("what is hostile in a context is left out, and the rest counts", () =>
  withProvider(features, async ({ flags }) => {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    const context = {
      plan: { name: "pro" },
      ring,
      call: () => {},
      big: 10n,
      symbol: Symbol("s"),
      date: new Date(NaN),
      long: "x".repeat(2_000_000),
    } as unknown as EvaluationContext;
    assertEquals(await flags.getStringValue("asked", "", context), "yes");
  }));

Deno.test("a context whose properties throw gives a value all the same", async () => {
  const client = createClient({ source: fixedSource({ features }) });
  const provider = openFeatureProvider(client);
  const trap = {
    plan: { name: "pro" },
    get id(): string {
      throw new Error("no");
    },
  };
  const closed = new Proxy({}, {
    ownKeys: () => {
      throw new Error("no");
    },
  });
  const values = [];
  for (const context of [trap, closed, null, undefined, 7, "text", []]) {
    const { value } = await provider.resolveStringEvaluation(
      "asked",
      "",
      context as EvaluationContext,
      undefined as never,
    );
    values.push(value);
  }
  assertEquals(values, ["yes", "no", "no", "no", "no", "no", "no"]);
  await client.close();
});

Deno.test("only own properties of a context count", async () => {
  const client = createClient({ source: fixedSource({ features }) });
  const provider = openFeatureProvider(client);
  const context = Object.create({ plan: { name: "pro" } });
  const { value } = await provider.resolveStringEvaluation(
    "asked",
    "",
    JSON.parse('{"__proto__": {"plan": {"name": "pro"}}}'),
    undefined as never,
  );
  const other = await provider.resolveStringEvaluation(
    "asked",
    "",
    context,
    undefined as never,
  );
  assertEquals([value, other.value], ["no", "no"]);
  await client.close();
});

Deno.test("names such as __proto__ are keys like others", () =>
  withProvider(features, async ({ flags }) => {
    for (const key of ["__proto__", "constructor", "toString", ""]) {
      const { errorCode } = await flags.getStringDetails(key, "");
      assertEquals(errorCode, "FLAG_NOT_FOUND");
    }
  }));

Deno.test("a value that the application gets can't be used to change the payload", () =>
  withProvider({ asked: { defaultValue: { a: 1 } } }, async ({ flags }) => {
    const value = await flags.getObjectValue("asked", {});
    assertEquals(Reflect.set(value as object, "a", 2), false);
    assertEquals(await flags.getObjectValue("asked", {}), { a: 1 });
  }));

Deno.test("no context and no value of a feature makes a resolver reject", async () => {
  const client = createClient({
    source: fixedSource({ features }),
    onError: () => {},
  });
  const provider = openFeatureProvider(client);
  await check(
    asyncProperty(
      arbitraryHostileValue,
      arbitraryHostileValue,
      async (context, fallback) => {
        for (
          const resolve of [
            provider.resolveBooleanEvaluation,
            provider.resolveStringEvaluation,
            provider.resolveNumberEvaluation,
            provider.resolveObjectEvaluation,
          ]
        ) {
          const { reason } = await resolve(
            "asked",
            fallback as never,
            context as never,
            undefined as never,
          );
          assertEquals(typeof reason, "string");
        }
      },
    ),
    runs(100),
  );
  await client.close();
});

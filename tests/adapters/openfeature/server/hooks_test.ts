import { assertEquals } from "@std/assert";
import { createEvaluationEvent, type Hook } from "@openfeature/server-sdk";
import { payloadDigest } from "../../../../core/mod.ts";
import { withProvider } from "./support.ts";

const features = {
  banner: {
    defaultValue: "Hello",
    rules: [{ condition: { country: "fr" }, force: "Salut" }],
  },
  count: { defaultValue: 1 },
};

Deno.test("a hook that changes the context changes the value", () =>
  withProvider(features, async ({ flags }) => {
    flags.addHooks({ before: () => ({ country: "fr" }) });
    assertEquals(await flags.getStringValue("banner", ""), "Salut");
  }));

Deno.test("hooks run in order: before, after and finally, or error", () =>
  withProvider(features, async ({ flags }) => {
    const steps: string[] = [];
    const hook: Hook = {
      before: () => {
        steps.push("before");
      },
      after: (_, { reason, value }) => {
        steps.push(`after ${reason} ${value}`);
      },
      error: (_, error) => {
        steps.push(`error ${(error as { readonly code: string }).code}`);
      },
      finally: (_, { errorCode }) => {
        steps.push(`finally ${errorCode ?? ""}`);
      },
    };
    flags.addHooks(hook);
    await flags.getStringValue("banner", "");
    await flags.getBooleanValue("count", false);
    assertEquals(steps, [
      "before",
      "after DEFAULT Hello",
      "finally ",
      "before",
      "error TYPE_MISMATCH",
      "finally TYPE_MISMATCH",
    ]);
  }));

Deno.test("a hook that throws gives the caller's default, and nothing is evaluated", () =>
  withProvider(features, async ({ flags }) => {
    flags.addHooks({
      before: () => {
        throw new Error("no");
      },
    });
    const { value, errorCode } = await flags.getStringDetails("banner", "mine");
    assertEquals([value, errorCode], ["mine", "GENERAL"]);
  }));

Deno.test("telemetry finds the context and the version in the metadata", () =>
  withProvider(features, async ({ flags }) => {
    const attributes: unknown[] = [];
    flags.addHooks({
      finally: (context, details) => {
        const event = createEvaluationEvent(context, details);
        for (
          const name of [
            "feature_flag.context.id",
            "feature_flag.version",
            "feature_flag.provider.name",
            "feature_flag.result.reason",
          ]
        ) attributes.push(event.attributes[name]);
      },
    });
    await flags.getStringValue("banner", "", { targetingKey: "7" });
    assertEquals(attributes, [
      "7",
      payloadDigest({ features }),
      "growthstream",
      "default",
    ]);
  }));

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { describeResult } from "../../../../adapters/openfeature/mapping/describe_result.ts";
import { resolutionReasons } from "../../../../adapters/openfeature/mapping/resolution.ts";
import {
  flagTypes,
  resolveValue,
} from "../../../../adapters/openfeature/mapping/resolve_value.ts";
import { evalFeature, explainFeature } from "../../../../core/mod.ts";
import { arbitraryContext } from "../../../arbitraries/context.ts";
import { runs } from "../../../support/runs.ts";

Deno.test("every result has a standard reason, and metadata that are texts, numbers and booleans", () => {
  fc.assert(
    fc.property(arbitraryContext, (context) => {
      for (const key of [...Object.keys(context.features ?? {}), "unknown"]) {
        const result = evalFeature(context, key);
        const described = describeResult(context, key, result, {
          version: "1",
        });
        assert(resolutionReasons.includes(described.reason));
        for (const value of Object.values(described.flagMetadata)) {
          assert(["string", "number", "boolean"].includes(typeof value));
        }
        assertEquals(described.reason === "ERROR", described.error !== null);
      }
    }),
    runs(200),
  );
});

Deno.test("a forced value is SPLIT where a hash let the user through, here or on a server, as the explanation has it", () => {
  fc.assert(
    fc.property(arbitraryContext, (context) => {
      for (const key of Object.keys(context.features ?? {})) {
        const result = evalFeature(context, key);
        if (result.source !== "force") continue;
        const { rules } = explainFeature(context, key);
        const rule = context.features?.[key]?.rules?.[rules.at(-1)!.index];
        const hasHash = Boolean(rule?.range) ||
          (rule?.filters?.length ?? 0) > 0 ||
          (rule?.coverage ?? 1) < 1 || (rule?.tracks?.length ?? 0) > 0;
        const { reason } = describeResult(context, key, result, {});
        assertEquals(reason === "SPLIT", hasHash);
      }
    }),
    runs(200),
  );
});

Deno.test("a value that is resolved is of the type that was asked for, or the default", () => {
  const defaults = { boolean: true, string: "", number: 0, object: {} };
  fc.assert(
    fc.property(arbitraryContext, (context) => {
      for (const key of Object.keys(context.features ?? {})) {
        const described = describeResult(
          context,
          key,
          evalFeature(context, key),
          {},
        );
        for (const type of flagTypes) {
          const { value, errorCode } = resolveValue<unknown>(
            described,
            type,
            defaults[type],
          );
          assertEquals(typeof value, type);
          assertEquals(Array.isArray(value), false);
          if (errorCode !== undefined) assertEquals(value, defaults[type]);
        }
      }
    }),
    runs(200),
  );
});

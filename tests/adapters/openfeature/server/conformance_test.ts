// The scenarios of the OpenFeature specification for evaluations, and its flags as features.
import { assertEquals } from "@std/assert";
import { withProvider } from "./support.ts";

const template = {
  showImages: true,
  title: "Check out these pics!",
  imagesPerPage: 100,
};
const internal = { fn: "Sulisław", ln: "Świętopełk", age: 29, customer: false };
const features = {
  "boolean-flag": { defaultValue: true },
  "string-flag": { defaultValue: "hi" },
  "integer-flag": { defaultValue: 10 },
  "float-flag": { defaultValue: 0.5 },
  "object-flag": { defaultValue: template },
  "boolean-zero-flag": { defaultValue: false },
  "string-zero-flag": { defaultValue: "" },
  "integer-zero-flag": { defaultValue: 0 },
  "context-aware": {
    defaultValue: "EXTERNAL",
    rules: [{ condition: internal, force: "INTERNAL" }],
  },
  "wrong-flag": { defaultValue: "uh-oh, there is no such number" },
};

Deno.test("a boolean, a string, an integer, a float and an object resolve to their values", () =>
  withProvider(features, async ({ flags }) => {
    assertEquals(await flags.getBooleanValue("boolean-flag", false), true);
    assertEquals(await flags.getStringValue("string-flag", "bye"), "hi");
    assertEquals(await flags.getNumberValue("integer-flag", 1), 10);
    assertEquals(await flags.getNumberValue("float-flag", 0.1), 0.5);
    assertEquals(await flags.getObjectValue("object-flag", {}), template);
  }));

Deno.test("values that are falsy resolve to themselves", () =>
  withProvider(features, async ({ flags }) => {
    assertEquals(await flags.getBooleanValue("boolean-zero-flag", true), false);
    assertEquals(await flags.getStringValue("string-zero-flag", "hi"), "");
    assertEquals(await flags.getNumberValue("integer-zero-flag", 1), 0);
  }));

Deno.test("details tell the key, the value and the reason", () =>
  withProvider(features, async ({ flags }) => {
    const details = [
      await flags.getBooleanDetails("boolean-flag", false),
      await flags.getStringDetails("string-flag", "bye"),
      await flags.getNumberDetails("integer-flag", 1),
      await flags.getNumberDetails("float-flag", 0.1),
      await flags.getObjectDetails("object-flag", {}),
    ];
    assertEquals(
      details.map(({ flagKey, value, reason, errorCode }) => [
        flagKey,
        value,
        reason,
        errorCode,
      ]),
      [
        ["boolean-flag", true, "DEFAULT", undefined],
        ["string-flag", "hi", "DEFAULT", undefined],
        ["integer-flag", 10, "DEFAULT", undefined],
        ["float-flag", 0.5, "DEFAULT", undefined],
        ["object-flag", template, "DEFAULT", undefined],
      ],
    );
  }));

Deno.test("the context decides, and an empty one gives the default", () =>
  withProvider(features, async ({ flags }) => {
    const found = await flags.getStringDetails(
      "context-aware",
      "EXTERNAL",
      internal,
    );
    assertEquals([found.value, found.reason], ["INTERNAL", "TARGETING_MATCH"]);
    const other = await flags.getStringValue("context-aware", "EXTERNAL", {});
    assertEquals(other, "EXTERNAL");
  }));

Deno.test("a missing flag gives the caller's default with FLAG_NOT_FOUND", () =>
  withProvider(features, async ({ flags }) => {
    const details = await flags.getStringDetails("missing-flag", "uh-oh");
    assertEquals(
      [details.value, details.reason, details.errorCode],
      ["uh-oh", "ERROR", "FLAG_NOT_FOUND"],
    );
  }));

Deno.test("a flag of another type gives the caller's default with TYPE_MISMATCH", () =>
  withProvider(features, async ({ flags }) => {
    const details = await flags.getNumberDetails("wrong-flag", 13);
    assertEquals(
      [details.value, details.reason, details.errorCode],
      [13, "ERROR", "TYPE_MISMATCH"],
    );
  }));

import { assertEquals } from "@std/assert";
import { judgePayload } from "../../../adapters/growthbook/judge_payload.ts";

function payload(version: unknown, day?: number) {
  const dateUpdated = day === undefined
    ? {}
    : { dateUpdated: `2026-01-0${day}T00:00:00Z` };
  return {
    features: { version: { defaultValue: version as number }, other: {} },
    ...dateUpdated,
  };
}

function dated(version: number, dateUpdated: string) {
  return { ...payload(version), dateUpdated };
}

const now = Date.parse("2026-12-01T00:00:00Z");

Deno.test("judgePayload() takes the first for new", () => {
  assertEquals(judgePayload(null, payload(1), true, now), "new");
});

Deno.test("judgePayload() takes equal ones for the same, whatever their dates and order", () => {
  for (const next of [payload(1), payload(1, 1), payload(1, 3)]) {
    assertEquals(judgePayload(payload(1, 2), next, true, now), "same");
  }
});

Deno.test("judgePayload() takes no inherited property for a feature", () => {
  // As in any runtime but Deno.
  Object.defineProperty(Object.prototype, "__proto__", {
    configurable: true,
    get: () => Object.prototype,
  });
  try {
    const before = { features: JSON.parse('{"__proto__":{}}') };
    const after = { features: { dark: {} } };
    assertEquals(judgePayload(before, after, false, now), "new");
  } finally {
    Reflect.deleteProperty(Object.prototype, "__proto__");
  }
});

Deno.test("judgePayload() goes by the dates where both have one", () => {
  assertEquals(
    judgePayload(payload(1, 2), payload(2, 3), true, now),
    "new",
  );
  assertEquals(
    judgePayload(payload(1, 2), payload(2, 1), false, now),
    "older",
  );
});

Deno.test("judgePayload() goes by the order where there are no two dates, or the same", () => {
  for (
    const [before, after] of [[undefined, 1], [1, undefined], [
      undefined,
      undefined,
    ], [1, 1]]
  ) {
    assertEquals(
      judgePayload(payload(1, before), payload(2, after), true, now),
      "overtaken",
    );
    assertEquals(
      judgePayload(payload(1, before), payload(2, after), false, now),
      "new",
    );
  }
});

Deno.test("judgePayload() goes by the order where a date can't be read", () => {
  const unreadable = { ...payload(2), dateUpdated: "yesterday" };
  assertEquals(
    judgePayload(payload(1, 2), unreadable, false, now),
    "new",
  );
});

Deno.test("judgePayload() disbelieves dates far from now, so that none keeps out what comes after it", () => {
  const ahead = dated(1, "2999-01-01T00:00:00Z");
  const good = dated(2, "2026-11-30T00:00:00Z");
  const behind = dated(3, "1970-01-01T00:00:00Z");
  assertEquals(judgePayload(good, ahead, false, now), "new");
  assertEquals(judgePayload(ahead, good, false, now), "new");
  assertEquals(judgePayload(good, behind, false, now), "new");
  assertEquals(judgePayload(ahead, good, true, now), "overtaken");
});

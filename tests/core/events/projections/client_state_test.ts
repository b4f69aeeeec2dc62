import { assertEquals, assertStrictEquals } from "@std/assert";
import { type ClientState, clientState } from "../../../../core/events/mod.ts";
import { makeEvent } from "../../../arbitraries/records/events.ts";

const loaded = { digest: "a", dateUpdated: null, changed: [], issues: [] };
const failed = { code: "timeout", message: "no answer", issues: [] };
const payload = { features: {} };

function fold(
  ...inputs: readonly (readonly [type: string, data: object])[]
): ClientState {
  return inputs
    .map(([type, data], index) => makeEvent(index + 1, index + 1, type, data))
    .reduce((state, event) => clientState.evolve(state, event), {
      ...clientState.initial,
    });
}

Deno.test("clientState is ready with the payload that came", () => {
  const state = fold(["payload.loaded", { ...loaded, payload }]);
  assertEquals([state.status, state.payload, state.loadedAt], [
    "ready",
    payload,
    1,
  ]);
});

Deno.test("clientState keeps a payload that comes again without being carried", () => {
  const again = ["payload.loaded", loaded] as const;
  const state = fold(["payload.loaded", { ...loaded, payload }], again);
  assertEquals(state.payload, payload);
});

Deno.test("clientState doesn't take one payload for another", () => {
  const state = fold(
    ["payload.loaded", { ...loaded, payload }],
    ["payload.loaded", { ...loaded, digest: "b" }],
  );
  assertEquals([state.payloadDigest, state.payload], ["b", null]);
});

Deno.test("clientState is in error where a source failed before any payload, and stale after", () => {
  const first = fold(["source.failed", failed]);
  assertEquals(first.status, "error");
  assertEquals(first.failure, { code: "timeout", message: "no answer" });
  const later = fold(["payload.loaded", loaded], ["source.failed", failed]);
  assertEquals(later.status, "stale");
});

Deno.test("clientState forgets a failure once a payload comes", () => {
  const state = fold(["source.failed", failed], ["payload.loaded", loaded]);
  assertEquals([state.status, state.failure], ["ready", null]);
});

Deno.test("clientState changes the overrides that are given, and no others", () => {
  const state = fold(
    ["overrides.changed", { forcedVariations: { cta: 1 } }],
    ["overrides.changed", { forcedFeatureValues: { cta: "Buy" } }],
  );
  assertEquals([state.forcedVariations, state.forcedFeatureValues], [
    { cta: 1 },
    { cta: "Buy" },
  ]);
});

Deno.test("clientState takes the last attributes and the last URL", () => {
  const state = fold(
    ["attributes.changed", { attributes: { id: "7", plan: "pro" } }],
    ["attributes.changed", { attributes: { id: "8" } }],
    ["url.changed", { url: "https://example.com/" }],
  );
  assertEquals([state.attributes, state.url], [
    { id: "8" },
    "https://example.com/",
  ]);
});

Deno.test("clientState stays as it is for malformed inputs", () => {
  for (
    const type of [
      "payload.loaded",
      "source.failed",
      "attributes.changed",
      "url.changed",
    ]
  ) {
    const event = makeEvent(1, 0, type, {});
    const { initial } = clientState;
    assertStrictEquals(clientState.evolve(initial, event), initial, type);
  }
  const event = makeEvent(1, 0, "overrides.changed", { forcedVariations: 7 });
  assertStrictEquals(
    clientState.evolve(clientState.initial, event),
    clientState.initial,
  );
});

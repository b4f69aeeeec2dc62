import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Attributes, decideFeature, type Payload } from "../../../mod.ts";
import {
  experimentViewedData,
  readUser,
  type RecordedEvent,
  type RecordLevel,
  verifyDecisions,
} from "../../../core/events/mod.ts";
import { arbitraryPlainAttributes } from "../../arbitraries/attributes.ts";
import { makeEvent } from "../../arbitraries/records/events.ts";
import { arbitraryFeatureKey } from "../../arbitraries/names.ts";
import { arbitraryPayload as arbitraryAnyPayload } from "../../arbitraries/payload.ts";
import { testLaw } from "../../support/test_law.ts";

// What a remote evaluation hands over may be about any other user, and a lowest version of assignments
// above that of the experiment itself excludes users by what the same decision assigned.
const arbitraryPayload: fc.Arbitrary<Payload> = arbitraryAnyPayload.map(
  (payload) => ({
    ...payload,
    features: Object.fromEntries(
      Object.entries(payload.features).map(([key, feature]) => [key, {
        ...feature,
        ...(feature.rules === undefined ? {} : {
          rules: feature.rules.map((
            { tracks: _, minBucketVersion: __, ...rule },
          ) => rule),
        }),
      }]),
    ),
  }),
);

testLaw(
  "verifyDecisions() finds every decision the same by the payload that made it",
  2000,
  [arbitraryPayload, arbitraryPlainAttributes, arbitraryFeatureKey],
  (payload, attributes, key) => {
    const events = record(payload, attributes, key, "all");
    for (const { result } of verify(events, payload)) {
      assert(result.outcome !== "different", JSON.stringify(result));
      if (result.outcome === "unverifiable") {
        assertEquals(result.reason, "attributes");
      }
    }
  },
);

testLaw(
  "verifyDecisions() of identities alone never takes a decision for a different one",
  2000,
  [arbitraryPayload, arbitraryPlainAttributes, arbitraryFeatureKey],
  (payload, attributes, key) => {
    const events = record(payload, attributes, key, "identity");
    for (const { result } of verify(events, payload)) {
      assert(result.outcome !== "different");
    }
  },
);

testLaw(
  "verifyDecisions() says of a new payload the same with less of a user, or nothing",
  1000,
  [
    arbitraryPayload,
    arbitraryPayload,
    arbitraryPlainAttributes,
    arbitraryFeatureKey,
    fc.constantFrom<RecordLevel>("identity", "decision"),
  ],
  (before, after, attributes, key, level) => {
    const whole = verify(record(before, attributes, key, "all"), before, after);
    const part = verify(record(before, attributes, key, level), before, after);
    part.forEach(({ result }, index) => {
      if (result.outcome === "unverifiable") return;
      assertEquals(result, whole[index]!.result);
    });
  },
);

function record(
  payload: Payload,
  attributes: Attributes,
  key: string,
  level: RecordLevel,
): readonly RecordedEvent[] {
  const { result, events } = decideFeature({
    ...payload,
    attributes,
    stickyBucketAssignmentDocs: {},
  }, key);
  return events.map((event, index) => {
    if (event.type !== "experiment.viewed") {
      const { type, ...data } = event;
      return makeEvent(index + 1, 0, type, data);
    }
    const data = experimentViewedData(event, {
      askedFeatureId: key,
      ruleId: result.ruleId,
      payloadDigest: "recorded",
    });
    const { hashAttribute, hashValue } = event.result;
    const readAttributes = Object.keys(attributes);
    return {
      ...makeEvent(index + 1, 0, event.type, data),
      user: readUser(level, {
        attributes,
        hashAttribute,
        hashValue,
        readAttributes,
      }),
    };
  });
}

function verify(
  events: readonly RecordedEvent[],
  recorded: Payload,
  payload?: Payload,
) {
  return [
    ...verifyDecisions(
      events,
      new Map([["recorded", recorded]]),
      payload === undefined ? {} : { payload },
    ),
  ];
}

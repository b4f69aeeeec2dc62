import { assertEquals } from "@std/assert";
import { describeError } from "../../../core/explain/describe_error.ts";
import { testRows } from "../../support/test_rows.ts";

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

testRows(
  "describeError()",
  [
    ["gives the message of an error", new TypeError("no"), "no"],
    ["gives a text as it is", "no", "no"],
    ["reads what is neither as text", null, "null"],
    [
      "tells of what can't be described",
      revoked,
      "something that can't be described was thrown",
    ],
    [
      "tells of what has no text",
      Object.create(null),
      "something that can't be described was thrown",
    ],
  ] as const,
  ([, thrown, expected]) => {
    assertEquals(describeError(thrown), expected);
  },
);

import { assertEquals } from "@std/assert";
import {
  listSecrets,
  redactFailure,
} from "../../../../adapters/growthbook/trouble/redact_failure.ts";

const bare = { code: "x", message: "", issues: [], retryAfter: null };

Deno.test("redactFailure() takes secrets out of the message and of all issues", () => {
  const issue = {
    path: "/features/sdk-abc123",
    code: "wrong-type",
    severity: "error",
    message: "sdk-abc123 is sdk-abc123",
  } as const;
  const redacted = redactFailure(
    { ...bare, message: "no sdk-abc123", issues: [issue] },
    ["sdk-abc123"],
  );
  assertEquals(redacted.message, "no [secret]");
  assertEquals(redacted.issues, [
    { ...issue, path: "/features/[secret]", message: "[secret] is [secret]" },
  ]);
});

Deno.test("redactFailure() takes out the beginning of a secret that was cut", () => {
  assertEquals(
    redactFailure({ ...bare, message: "no sdk-ab…" }, ["sdk-abc123"]).message,
    "no [secret]…",
  );
});

Deno.test("listSecrets() gives the forms in which secrets come back, longest first", () => {
  assertEquals(
    listSecrets({
      clientKey: "sdk/abcdef",
      decryptionKey: "key-of-16-bytes",
      headers: { authorization: "Bearer token-1234" },
      streamingHeaders: { x: "x" },
    }),
    [
      "Bearer token-1234",
      "key-of-16-bytes",
      "sdk%2Fabcdef",
      "sdk/abcdef",
      "token-1234",
      "Bearer",
    ],
  );
});

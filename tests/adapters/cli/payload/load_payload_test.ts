import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  type LoadedPayload,
  loadPayload,
} from "../../../../adapters/cli/payload/load_payload.ts";
import { encryptText } from "../encrypt_text.ts";

const features = { dark: { defaultValue: true } };
const key = "Zvwv/+uhpFDznZ6SX28Yjg==";
const otherKey = "AAAAAAAAAAAAAAAAAAAAAA==";

Deno.test("loadPayload() reads the answer of an API", async () => {
  const loaded = await load({ status: 200, features });
  assertEquals(keysOf(loaded), ["dark"]);
});

Deno.test("loadPayload() reads a plain record of features", async () => {
  assertEquals(keysOf(await load(features)), ["dark"]);
});

Deno.test("loadPayload() skips a byte order mark", async () => {
  const loaded = await loadPayload(`\ufeff${JSON.stringify(features)}`, null);
  assertEquals(keysOf(loaded), ["dark"]);
});

Deno.test("loadPayload() decrypts with the key", async () => {
  const encryptedFeatures = await encryptText(JSON.stringify(features), key);
  const loaded = await load({ features: {}, encryptedFeatures }, key);
  assertEquals(keysOf(loaded), ["dark"]);
});

Deno.test("loadPayload() takes a key for what is not encrypted", async () => {
  assertEquals(keysOf(await load({ features }, key)), ["dark"]);
});

Deno.test("loadPayload() hands over the issues of a usable payload", async () => {
  const loaded = await load({ features: { ...features, odd: 7 } });
  assertEquals(loaded.kind === "loaded" && loaded.issues.length, 1);
});

Deno.test("loadPayload() refuses what is encrypted without a key", async () => {
  const encryptedFeatures = await encryptText(JSON.stringify(features), key);
  assertEquals(
    messageOf(await load({ features, encryptedFeatures })),
    "Cannot use the payload: it is encrypted, and there is no --key",
  );
});

Deno.test("loadPayload() refuses a key that doesn't fit", async () => {
  const encryptedFeatures = await encryptText(JSON.stringify(features), key);
  const message = messageOf(await load({ encryptedFeatures }, otherKey));
  assertStringIncludes(
    message,
    "Cannot use the payload: error at /encryptedFeatures: Cannot decrypt encryptedFeatures: ",
  );
});

Deno.test("loadPayload() refuses a key that is none", async () => {
  const encryptedFeatures = await encryptText(JSON.stringify(features), key);
  const message = messageOf(await load({ encryptedFeatures }, "secret"));
  assertStringIncludes(message, "Cannot decrypt encryptedFeatures: ");
  assertEquals(message.includes("secret"), false);
});

Deno.test("loadPayload() refuses an encrypted part that can't be read, whatever else can", async () => {
  const loaded = await load({ features, encryptedSavedGroups: "a.b" }, key);
  assertStringIncludes(
    messageOf(loaded),
    "Cannot decrypt encryptedSavedGroups",
  );
});

Deno.test("loadPayload() refuses what is not JSON, in one line", async () => {
  const message = messageOf(await loadPayload("<html>\n\x1b</html>", null));
  assertStringIncludes(message, "Cannot use the payload: it is not JSON, ");
  assertEquals(/\p{Cc}/u.test(message), false);
});

for (
  const text of [
    "",
    "{}",
    "null",
    "[]",
    "7",
    '{"features":{}}',
    '{"features":7}',
  ]
) {
  Deno.test(`loadPayload() refuses ${JSON.stringify(text)}`, async () => {
    const loaded = await loadPayload(text, null);
    assertStringIncludes(messageOf(loaded), "Cannot use the payload: it ");
  });
}

Deno.test("loadPayload() tells what a server answered instead", async () => {
  const message = messageOf(
    await load({ status: 400, error: "No channel found" }),
  );
  assertStringIncludes(
    message,
    "it has no usable features (error at /status: ",
  );
  assertStringIncludes(message, "No channel found");
});

function load(
  json: unknown,
  key: string | null = null,
): Promise<LoadedPayload> {
  return loadPayload(JSON.stringify(json), key);
}

function keysOf(loaded: LoadedPayload): readonly string[] | null {
  return loaded.kind === "loaded" ? Object.keys(loaded.payload.features) : null;
}

function messageOf(loaded: LoadedPayload): string {
  return loaded.kind === "unusable" ? loaded.message : "";
}

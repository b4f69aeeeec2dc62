import { issuesOf } from "../issues_of.ts";
import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { decryptPayload, parsePayload } from "../../../../mod.ts";
import { arbitraryRubbish } from "../../../arbitraries/hostile/rubbish.ts";
import { malformed } from "../../../support/malformed.ts";
import { runs } from "../../../support/runs.ts";
import { testRows } from "../../../support/test_rows.ts";

const keyBytes = new Uint8Array(16).fill(7);
const key = base64(keyBytes);
const otherKey = base64(new Uint8Array(16).fill(8));

const on = { defaultValue: true };
const off = { defaultValue: false };

Deno.test("decryptPayload() decrypts each of the encrypted fields", async () => {
  const payload = {
    features: { a: on },
    savedGroups: { g: ["1"] },
    contextualBandits: { b: { contexts: [] } },
    experiments: [{ key: "e", variations: [{}, { css: "a" }] }],
  };
  const answer = {
    status: 200,
    features: {},
    encryptedFeatures: await encrypt(payload.features),
    encryptedSavedGroups: await encrypt(payload.savedGroups),
    encryptedContextualBandits: await encrypt(payload.contextualBandits),
    encryptedExperiments: await encrypt(payload.experiments),
    dateUpdated: "2024-05-01T00:00:00.000Z",
  };
  const expected = { ...payload, dateUpdated: answer.dateUpdated };
  assertEquals<unknown>(await decryptPayload(answer, key), {
    payload: expected,
    issues: [],
  });
});

Deno.test("decryptPayload() puts what was encrypted in place of the plain twin", async () => {
  const { payload, issues } = await decryptPayload({
    features: { a: off, b: 5 },
    encryptedFeatures: await encrypt({ a: on }),
  }, key);
  assertEquals<unknown>(payload, { features: { a: on } });
  assertEquals(issues, []);
});

Deno.test("decryptPayload() does what parsePayload() does without encryption", async () => {
  for (const input of [{ a: on }, { features: { a: 5 } }, null, "{}"]) {
    assertEquals(await decryptPayload(input, key), parsePayload(input));
  }
});

Deno.test("decryptPayload() leaves what is wrong in what was encrypted to lintPayload()", async () => {
  const encryptedFeatures = await encrypt({
    f: { rules: [{ condition: { id: { $inGroup: "g" } }, force: 1 }] },
  });
  const encryptedSavedGroups = await encrypt({ g: 5 });
  const { payload, issues } = await decryptPayload(
    { encryptedFeatures, encryptedSavedGroups },
    key,
  );
  assertEquals(issues, []);
  assertEquals(issuesOf(payload), ["wrong-type /savedGroups/g"]);
});

type FailureRow = readonly [
  fact: string,
  text: () => string | Promise<string>,
  key: unknown,
];

testRows<FailureRow>("decryptPayload() keeps the plain twin, and reports,", [
  ["another key", () => encrypt({ a: on }), otherKey],
  ["a key that is no base64", () => encrypt({ a: on }), "secret key!"],
  ["a key of the wrong length", () => encrypt({ a: on }), "c2VjcmV0"],
  ["no key", () => encrypt({ a: on }), undefined],
  ["a text that is not encrypted", () => '{"a":{}}', key],
  ["a text that is damaged", () => "AAAA.BBBB", key],
  ["what is not JSON", () => encryptText("plain secret"), key],
  ["an array in place of features", () => encrypt(["plain secret"]), key],
  ["a text in place of features", () => encrypt("plain secret"), key],
  ["null in place of features", () => encrypt(null), key],
], async ([, makeText, key]) => {
  const encryptedFeatures = await makeText();
  const answer = { features: { a: off }, encryptedFeatures };
  const { payload, issues } = await decryptPayload(
    answer,
    malformed<string>(key),
  );
  assertEquals<unknown>(payload, { features: { a: off } });
  assertEquals(issues.map(({ code, path }) => `${code} ${path}`), [
    "decryption-failed /encryptedFeatures",
  ]);
});

Deno.test("decryptPayload() never tells anything secret", async () => {
  const texts = [
    await encryptText("plain secret"),
    await encrypt("plain secret"),
    await encrypt(["plain secret"]),
    "plain secret.cipher secret",
  ];
  for (const encryptedFeatures of texts) {
    for (const key of [base64(keyBytes), otherKey, "key secret", "c2VjcmV0"]) {
      const { issues } = await decryptPayload({ encryptedFeatures }, key);
      assert(issues.length > 0);
      const told = JSON.stringify(issues);
      for (const secret of [key, encryptedFeatures, "secret"]) {
        assertFalse(told.includes(secret), told);
      }
    }
  }
});

Deno.test("decryptPayload() never has an empty success where all fails", async () => {
  const { payload, issues } = await decryptPayload({
    encryptedFeatures: await encrypt({ a: on }),
  }, otherKey);
  assertEquals(payload.features, {});
  assertEquals(issues.map(({ severity }) => severity), ["error"]);
});

Deno.test("decryptPayload() decrypts one field where another fails", async () => {
  const { payload, issues } = await decryptPayload({
    encryptedFeatures: await encrypt({ a: on }),
    encryptedSavedGroups: "AAAA.BBBB",
  }, key);
  assertEquals<unknown>(payload, { features: { a: on } });
  assertEquals(issues.map(({ path }) => path), ["/encryptedSavedGroups"]);
});

Deno.test("decryptPayload() goes by what it was given when it was called", async () => {
  const answer = {
    features: { a: on },
    encryptedSavedGroups: await encrypt({ g: ["1"] }),
  };
  const pending = decryptPayload(answer, key);
  answer.features.a = off;
  answer.encryptedSavedGroups = "";
  assertEquals<unknown>((await pending).payload, {
    features: { a: on },
    savedGroups: { g: ["1"] },
  });
});

Deno.test("decryptPayload() lists as many issues as parsePayload() does, and counts the others", async () => {
  const features = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, at) => [`f${at}`, 7]),
  );
  const encryptedFeatures = await encrypt(features);
  const { issues } = await decryptPayload({ encryptedFeatures }, key);
  assertEquals(issues, parsePayload({ features }).issues);
});

Deno.test("decryptPayload() freezes what it decrypts", async () => {
  const encryptedFeatures = await encrypt({ a: { defaultValue: { b: [1] } } });
  const { payload } = await decryptPayload({ encryptedFeatures }, key);
  const value = payload.features["a"]!.defaultValue as { b: number[] };
  assert(Object.isFrozen(payload.features));
  assert(Object.isFrozen(value.b));
});

Deno.test("decryptPayload() tells nothing of an error that is not its own", async () => {
  const encryptedFeatures = await encrypt({ a: on });
  const present = Object.getOwnPropertyDescriptor(globalThis, "crypto")!;
  Object.defineProperty(globalThis, "crypto", {
    get() {
      throw new Error("secret");
    },
    configurable: true,
  });
  try {
    const { issues } = await decryptPayload({ encryptedFeatures }, key);
    assertEquals(issues.map(({ message }) => message), [
      "Cannot decrypt encryptedFeatures: the decryption failed for an unknown reason",
    ]);
  } finally {
    Object.defineProperty(globalThis, "crypto", present);
  }
});

Deno.test("decryptPayload() never rejects", async () => {
  const anything = fc.anything();
  await fc.assert(
    fc.asyncProperty(arbitraryRubbish, anything, async (make, key) => {
      const { payload } = await decryptPayload(make(), malformed<string>(key));
      assertEquals(typeof payload.features, "object");
    }),
    runs(500),
  );
});

function encrypt(value: unknown): Promise<string> {
  return encryptText(JSON.stringify(value));
}

async function encryptText(text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const algorithm = { name: "AES-CBC", iv };
  const cryptoKey = await crypto.subtle.importKey(
    "raw",
    keyBytes,
    "AES-CBC",
    false,
    ["encrypt"],
  );
  const plain = new TextEncoder().encode(text);
  const cipher = await crypto.subtle.encrypt(algorithm, cryptoKey, plain);
  return `${base64(iv)}.${base64(new Uint8Array(cipher))}`;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

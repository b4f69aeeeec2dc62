import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import fc from "fast-check";
import { decrypt } from "../../../../core/payload/decrypt/decrypt.ts";
import { runs } from "../../../support/runs.ts";

const plain = '{"feature":{"defaultValue":"naïve 😀"}}';
const vector = bytes(16, 200);

for (const length of [16, 24, 32]) {
  Deno.test(`decrypt() reads what a key of ${length} bytes encrypted`, async () => {
    const key = bytes(length, 7);
    const text = await encrypt(plain, key);
    assertEquals(await decrypt(text, base64(key)), plain);
  });
}

Deno.test("decrypt() reads an empty text", async () => {
  assertEquals(
    await decrypt(await encrypt("", bytes(16)), base64(bytes(16))),
    "",
  );
});

Deno.test("decrypt() reads a text of many blocks", async () => {
  const long = plain.repeat(20_000);
  const text = await encrypt(long, bytes(32));
  assertEquals(await decrypt(text, base64(bytes(32))), long);
});

Deno.test("decrypt() always reads what was encrypted", async () => {
  const content = fc.string({ unit: "grapheme" })
    .filter((text) => !text.startsWith("\ufeff"));
  const key = fc.constantFrom(16, 24, 32)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
    .map((key) => new Uint8Array(key));
  await fc.assert(
    fc.asyncProperty(content, key, async (content, key) => {
      const text = await encrypt(content, key);
      assertEquals(await decrypt(text, base64(key)), content);
    }),
    runs(100),
  );
});

Deno.test("decrypt() drops a byte order mark", async () => {
  const text = await encrypt("\ufeff{}", bytes(16));
  assertEquals(await decrypt(text, base64(bytes(16))), "{}");
});

Deno.test("decrypt() ignores a third part", async () => {
  const text = await encrypt(plain, bytes(16));
  assertEquals(await decrypt(`${text}.x`, base64(bytes(16))), plain);
});

Deno.test("decrypt() ignores white space and missing padding in base64", async () => {
  const text = (await encrypt(plain, bytes(16))).replaceAll("=", "");
  const key = ` ${base64(bytes(16)).replaceAll("=", "")}\n`;
  assertEquals(await decrypt(text.replace(".", "\n.\n"), key), plain);
});

type Row = readonly [
  fact: string,
  text: (good: string) => string,
  key: (good: string) => string,
  error: new (message: string) => Error,
  message: string,
];

const same = (text: string) => text;
const part =
  (index: number, change: (part: string) => string) => (text: string) =>
    text.split(".").map((part, at) => at === index ? change(part) : part)
      .join(".");

const rows: readonly Row[] = [
  ["an empty text", () => "", same, SyntaxError, "the text has no dot"],
  [
    "a text without a dot",
    (text) => text.replace(".", ""),
    same,
    SyntaxError,
    "the text has no dot",
  ],
  [
    "an empty key",
    same,
    () => "",
    RangeError,
    "the key is 0 bytes long, not 16, 24 or 32",
  ],
  [
    "a key of 15 bytes",
    same,
    () => base64(bytes(15)),
    RangeError,
    "the key is 15 bytes long, not 16, 24 or 32",
  ],
  [
    "a key of 33 bytes",
    same,
    () => base64(bytes(33)),
    RangeError,
    "the key is 33 bytes long, not 16, 24 or 32",
  ],
  [
    "a key that is not base64",
    same,
    () => "%".repeat(24),
    SyntaxError,
    "the key is not base64",
  ],
  [
    "a key in the URL form of base64",
    same,
    () => "-_".repeat(11),
    SyntaxError,
    "the key is not base64",
  ],
  [
    "an empty vector",
    part(0, () => ""),
    same,
    RangeError,
    "the initialisation vector is 0 bytes long, not 16",
  ],
  [
    "a truncated vector",
    part(0, (part) => part.slice(0, 20)),
    same,
    RangeError,
    "the initialisation vector is 15 bytes long, not 16",
  ],
  [
    "a vector that is not base64",
    part(0, () => "*"),
    same,
    SyntaxError,
    "the initialisation vector is not base64",
  ],
  [
    "an empty cipher text",
    part(1, () => ""),
    same,
    RangeError,
    "the cipher text is 0 bytes long, not a multiple of 16",
  ],
  [
    "a truncated cipher text",
    part(1, (part) => part.slice(0, 20)),
    same,
    RangeError,
    "the cipher text is 15 bytes long, not a multiple of 16",
  ],
  [
    "a cipher text that is not base64",
    part(1, () => "=*="),
    same,
    SyntaxError,
    "the cipher text is not base64",
  ],
  [
    "a cipher text without its last block",
    part(1, (part) => base64(fromBase64(part).slice(0, -16))),
    same,
    Error,
    "the text is damaged",
  ],
  [
    "another key",
    same,
    () => base64(bytes(16, 8)),
    Error,
    "the key is another one",
  ],
  [
    "a key of another length",
    same,
    () => base64(bytes(32, 7)),
    Error,
    "the key is another one",
  ],
];

for (const [fact, text, key, error, message] of rows) {
  const good = await encrypt(plain, bytes(16, 7));
  const badText = text(good);
  const badKey = key(base64(bytes(16, 7)));

  Deno.test(`decrypt() rejects ${fact}`, async () => {
    const reason = await assertRejects(
      () => decrypt(badText, badKey),
      error,
      message,
    );
    assertEquals(reason.constructor, error);
    assert(reason.message.startsWith("Cannot decrypt: "));
  });

  Deno.test(`decrypt() does not tell secrets when it rejects ${fact}`, async () => {
    const reason = await assertRejects(() => decrypt(badText, badKey), Error);
    assertTellsNothing(reason, [...badText.split("."), badKey, plain]);
  });
}

Deno.test("decrypt() rejects a wrong key whose padding happens to be right", async () => {
  const notText = Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d);
  const text = await encrypt(notText, bytes(16));
  const key = base64(bytes(16));
  const reason = await assertRejects(
    () => decrypt(text, key),
    Error,
    "is not UTF-8",
  );
  assertTellsNothing(reason, [...text.split("."), key, "{"]);
});

Deno.test("decrypt() rejects half a character", async () => {
  const text = await encrypt(Uint8Array.of(0xf0, 0x9f), bytes(16));
  const key = base64(bytes(16));
  await assertRejects(() => decrypt(text, key), Error, "is not UTF-8");
});

Deno.test("decrypt() rejects what is no string", async () => {
  const key = base64(bytes(16));
  await assertRejects(
    () => decrypt(null as never, key),
    TypeError,
    "the text is of type object",
  );
  await assertRejects(
    () => decrypt("a.b", 5 as never),
    TypeError,
    "the key is of type number",
  );
});

Deno.test("decrypt() says so where the runtime has no WebCrypto", async () => {
  for (const lacking of [undefined, {}]) {
    await assertRejectsWith(
      lacking,
      "Cannot decrypt: the runtime offers no WebCrypto here; in browsers it takes a secure context",
    );
  }
});

Deno.test("decrypt() says so where the runtime takes no key of that length", async () => {
  const importKey = () => Promise.reject(new Error("secret"));
  await assertRejectsWith(
    { subtle: { importKey } },
    "Cannot decrypt: the runtime takes no key of 16 bytes",
  );
});

Deno.test("decrypt() never throws synchronously", async () => {
  const promise = decrypt(undefined as never, undefined as never);
  await assertRejects(() => promise, TypeError);
});

const cases = new URL(
  "../../../../../shared/conformance/cases.json",
  import.meta.url,
);
const present = await Deno.stat(cases).then(() => true, () => false);

Deno.test({
  name: "decrypt() passes the official cases [data]",
  ignore: !present,
  async fn() {
    const { decrypt: rows } = JSON.parse(await Deno.readTextFile(cases));
    assert(rows.length > 0);
    for (const [name, text, key, expected] of rows) {
      const actual = await decrypt(text, key).catch(() => null);
      assertEquals(actual, expected, name);
    }
  },
});

function assertTellsNothing(reason: Error, secrets: readonly string[]): void {
  assertEquals(reason.cause, undefined);
  assertEquals(Object.keys(reason), []);
  for (const secret of secrets.filter((secret) => secret !== "")) {
    assertFalse(reason.message.includes(secret));
  }
}

async function encrypt(
  content: string | Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const data = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const algorithm = { name: "AES-CBC", iv: vector };
  const cryptoKey = await crypto.subtle.importKey(
    "raw",
    key,
    "AES-CBC",
    false,
    ["encrypt"],
  );
  const cipher = await crypto.subtle.encrypt(algorithm, cryptoKey, data);
  return `${base64(vector)}.${base64(new Uint8Array(cipher))}`;
}

function bytes(length: number, first = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => first + index);
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Asserts that a text is rejected by a runtime with that for `crypto`. */
async function assertRejectsWith(
  crypto: unknown,
  message: string,
): Promise<void> {
  const present = Object.getOwnPropertyDescriptor(globalThis, "crypto")!;
  const text = await encrypt(plain, bytes(16));
  Object.defineProperty(globalThis, "crypto", {
    value: crypto,
    configurable: true,
  });
  try {
    const key = base64(bytes(16));
    const error = await assertRejects(() => decrypt(text, key), Error);
    assertEquals(error.message, message);
  } finally {
    Object.defineProperty(globalThis, "crypto", present);
  }
}

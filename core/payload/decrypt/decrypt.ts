/*
 * The only file of the core that uses the platform's cryptography, which every supported runtime
 * has. It declares what it needs of it, so that the core also type-checks with the language alone.
 */
type Bytes = Uint8Array<ArrayBuffer>;

interface PlatformCipher {
  importKey(
    format: "raw",
    key: Bytes,
    algorithm: "AES-CBC",
    extractable: boolean,
    usages: ["decrypt"],
  ): Promise<unknown>;
  decrypt(
    algorithm: { name: "AES-CBC"; iv: Bytes },
    key: unknown,
    data: Bytes,
  ): Promise<ArrayBuffer>;
}

declare const crypto: { readonly subtle?: PlatformCipher } | undefined;
declare const atob: (base64: string) => string;
declare const TextDecoder: new (
  encoding: "utf-8",
  options: { fatal: boolean },
) => { decode(bytes: ArrayBuffer): string };

/**
 * Decrypts a part of a payload that the GrowthBook server encrypted.
 *
 * `text` is the initialisation vector and the cipher text, both base64, with a dot between them.
 * `key` is the SDK connection's decryption key, base64 of 16, 24 or 32 bytes. The cipher is AES
 * in CBC mode, of the key's length.
 *
 * Resolves to the plain text, which is JSON as a rule; nothing here parses it. Rejects with a
 * `SyntaxError` when `text` or `key` isn't written as above, with a `RangeError` when one of them
 * has the wrong length, with a `TypeError` when one is no string, and with an `Error` when the
 * key doesn't fit. CBC can't tell every wrong key: about one in 250 gives bytes, which are rejected
 * unless they happen to be UTF-8. No message contains the key, the text or what was in it.
 *
 * @example
 * ```ts
 * import { decrypt } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const key = "Zvwv/+uhpFDznZ6SX28Yjg==";
 * const text = "m5ylFM6ndyOJA2OPadubkw==." +
 *   "Uu7ViqgKEt/dWvCyhI46q088PkAEJbnXKf3KPZjf9IEQQ+A8fojNoxw4wIbPX3aj";
 * assertEquals(await decrypt(text, key), '{"feature":{"defaultValue":true}}');
 * ```
 */
export async function decrypt(text: string, key: string): Promise<string> {
  if (typeof text !== "string") throw notString("text", text);
  if (typeof key !== "string") throw notString("key", key);
  // What follows a second dot is ignored, as in the official SDK.
  const [vector = "", cipherText] = text.split(".", 2);
  if (cipherText === undefined) {
    throw new SyntaxError(
      "Cannot decrypt: the text has no dot between vector and cipher text",
    );
  }
  const keyBytes = toBytes(key, "key");
  const vectorBytes = toBytes(vector, "initialisation vector");
  const cipherBytes = toBytes(cipherText, "cipher text");
  checkLengths(keyBytes, vectorBytes, cipherBytes);
  return toText(await decipher(keyBytes, vectorBytes, cipherBytes));
}

/** The bytes in a block of AES, whatever the length of the key. */
const BLOCK = 16;

function checkLengths(key: Bytes, vector: Bytes, cipherText: Bytes): void {
  if (![16, 24, 32].includes(key.length)) {
    throw wrongLength("key", key, "not 16, 24 or 32");
  }
  if (vector.length !== BLOCK) {
    throw wrongLength("initialisation vector", vector, `not ${BLOCK}`);
  }
  if (cipherText.length === 0 || cipherText.length % BLOCK !== 0) {
    throw wrongLength("cipher text", cipherText, `not a multiple of ${BLOCK}`);
  }
}

async function decipher(
  key: Bytes,
  vector: Bytes,
  cipherText: Bytes,
): Promise<ArrayBuffer> {
  const subtle = typeof crypto === "undefined" ? undefined : crypto.subtle;
  if (subtle === undefined) {
    throw new Error(
      "Cannot decrypt: the runtime offers no WebCrypto here; in browsers it takes a secure context",
    );
  }
  const cryptoKey = await importKey(subtle, key);
  try {
    const algorithm = { name: "AES-CBC", iv: vector } as const;
    return await subtle.decrypt(algorithm, cryptoKey, cipherText);
  } catch {
    throw new Error(
      "Cannot decrypt: the key is another one than the text was encrypted with, or the text is damaged",
    );
  }
}

async function importKey(subtle: PlatformCipher, key: Bytes): Promise<unknown> {
  try {
    return await subtle.importKey("raw", key, "AES-CBC", false, ["decrypt"]);
  } catch {
    // Chromium, for one, has no AES with 24 bytes.
    throw new Error(
      `Cannot decrypt: the runtime takes no key of ${key.length} bytes`,
    );
  }
}

/* Where the padding happens to be right, bytes that are no text still give a wrong key away. */
function toText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(
      "Cannot decrypt: the result is not UTF-8, so the key is another one than the text was encrypted with, or the text is damaged",
    );
  }
}

function toBytes(base64: string, name: string): Bytes {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    // Without a cause: some runtimes quote the input in theirs.
    throw new SyntaxError(`Cannot decrypt: the ${name} is not base64`);
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}

function notString(name: string, value: unknown): TypeError {
  return new TypeError(
    `Cannot decrypt: the ${name} is of type ${typeof value}, not a string`,
  );
}

function wrongLength(name: string, bytes: Bytes, rule: string): RangeError {
  return new RangeError(
    `Cannot decrypt: the ${name} is ${bytes.length} bytes long, ${rule}`,
  );
}

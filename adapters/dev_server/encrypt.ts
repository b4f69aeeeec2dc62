/**
 * Encrypts a text as GrowthBook's servers do: AES in CBC mode under a new initialisation vector,
 * which comes first, both in base64 and with a dot between them. `key` is base64 of 16, 24 or 32
 * bytes. Rejects where it is not, without repeating it.
 *
 * @example
 * ```ts
 * import { decrypt } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const key = "Zvwv/+uhpFDznZ6SX28Yjg==";
 * assertEquals(await decrypt(await encrypt("{}", key), key), "{}");
 * ```
 */
export async function encrypt(text: string, key: string): Promise<string> {
  const vector = crypto.getRandomValues(new Uint8Array(16));
  const cryptoKey = await importKey(key);
  const encrypted = await crypto.subtle.encrypt(
    { name: "AES-CBC", iv: vector },
    cryptoKey,
    new TextEncoder().encode(text),
  );
  return `${toBase64(vector)}.${toBase64(new Uint8Array(encrypted))}`;
}

async function importKey(key: string): Promise<CryptoKey> {
  try {
    const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    return await crypto.subtle.importKey("raw", bytes, "AES-CBC", false, [
      "encrypt",
    ]);
  } catch {
    throw new TypeError(
      "Cannot encrypt: the key is not base64 of 16, 24 or 32 bytes",
    );
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

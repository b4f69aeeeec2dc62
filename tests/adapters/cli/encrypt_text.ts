/** Encrypts a text as a GrowthBook server does, with a base64 key of 16, 24 or 32 bytes. */
export async function encryptText(text: string, key: string): Promise<string> {
  const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  const iv = new Uint8Array(16).fill(7);
  const cryptoKey = await crypto.subtle.importKey(
    "raw",
    bytes,
    "AES-CBC",
    false,
    [
      "encrypt",
    ],
  );
  const encrypted = await crypto.subtle.encrypt(
    { name: "AES-CBC", iv },
    cryptoKey,
    new TextEncoder().encode(text),
  );
  return `${toBase64(iv)}.${toBase64(new Uint8Array(encrypted))}`;
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Makes the tag of exactly this text, quoted: half of its SHA-256, in hexadecimal digits. */
export async function createTag(body: string): Promise<string> {
  const bytes = new TextEncoder().encode(body);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hexadecimal = [...new Uint8Array(digest).subarray(0, 16)]
    .map((byte) => byte.toString(16).padStart(2, "0"));
  return `"${hexadecimal.join("")}"`;
}

/** Tells whether a client has what a tag stands for, as its `if-none-match` says. */
export function hasTag(headers: Pick<Headers, "get">, tag: string): boolean {
  const known = (headers.get("if-none-match") ?? "").split(",")
    .map((each) => each.trim().replace(/^W\//, ""));
  return known.includes(tag) || known.includes("*");
}

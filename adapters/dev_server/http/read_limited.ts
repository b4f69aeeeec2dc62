/** Reads a body as text; null where it is larger than a number of bytes, or breaks off. */
export async function readLimited(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<string | null> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > limit) return null;
      text += decoder.decode(piece, { stream: true });
    }
  } catch {
    return null;
  }
  return text + decoder.decode();
}

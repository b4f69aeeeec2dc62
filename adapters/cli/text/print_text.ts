/**
 * Writes a text to standard output or error, all of it. Who reads no further, such as `head`, has seen
 * enough, and is no error; then it gives false.
 */
export function printText(
  stream: { readonly writeSync: (bytes: Uint8Array) => number },
  text: string,
): boolean {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let start = 0; start < bytes.length;) {
      start += stream.writeSync(bytes.subarray(start));
    }
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    return false;
  }
}

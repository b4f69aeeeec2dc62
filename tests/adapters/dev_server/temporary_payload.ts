/** A payload in a file that is removed at the end of a block. */
export interface TemporaryPayload {
  readonly path: string;
  /** Replaces the file by another, as careful editors do. */
  readonly replace: (content: unknown) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Writes a payload, or a text, to a file in a folder of its own. */
export async function temporaryPayload(
  content: unknown,
): Promise<TemporaryPayload> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/payload.json`;
  const replace = async (next: unknown) => {
    const text = typeof next === "string" ? next : JSON.stringify(next);
    await Deno.writeTextFile(`${folder}/draft`, text);
    await Deno.rename(`${folder}/draft`, path);
  };
  await replace(content);
  return {
    path,
    replace,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

import { builtIn } from "../../support/built_in.ts";

/** A file as it is at the moment, without its content. */
export interface SignedFile {
  /** Tells the file from another one, and from itself with another content. */
  readonly signature: string;
  /** Whether it is a file, and not a folder or a pipe. */
  readonly isFile: boolean;
  /** How many bytes it has. */
  readonly size: bigint;
}

/** Looks at a file. Rejects with the system's error where there is none. */
export async function signFile(path: string): Promise<SignedFile> {
  const { stat } = builtIn("node:fs/promises");
  const found = await stat(path, { bigint: true });
  const { dev, ino, size, mtimeNs } = found;
  const signature = [dev, ino, size, mtimeNs].join(":");
  return { signature, isFile: found.isFile(), size };
}

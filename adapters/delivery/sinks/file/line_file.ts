import { builtIn } from "../../../support/built_in.ts";
import { fileIdentity } from "../../../support/file_identity.ts";

/** A file to which whole lines are added. */
export interface LineFile {
  /** How many bytes it has. It may have been emptied by others. */
  readonly size: () => Promise<number>;
  /** Whether it is still the file at its path: it may have been deleted, moved or replaced. */
  readonly isThere: () => boolean;
  /**
   * Adds bytes that end with a line break, and waits until they are on the disk. Where that fails, or the
   * file is not there any more, it rejects, and nothing of them stays.
   */
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** Closes it. */
  readonly close: () => Promise<void>;
}

/** How much is read at once to find the end of the last whole line, in bytes. */
const piece = 65_536;
const lineBreak = 10;

/**
 * Opens a file to add lines to, and makes it where it is missing, readable by its owner alone. What
 * follows its last line break is half a line, of a process that was killed while it wrote: it is cut
 * off. One process at a time may do that.
 */
export async function openLineFile(path: string): Promise<LineFile> {
  const { open } = builtIn("node:fs/promises");
  const handle = await open(path, "a+", 0o600);
  const identity = fileIdentity(path);
  const isThere = () => fileIdentity(path) === identity;
  const size = async () => (await handle.stat()).size;
  try {
    const found = await size();
    const end = await findEnd(handle, found);
    if (end < found) await handle.truncate(end);
    await handle.datasync();
    await syncFolder(path);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    size,
    isThere,
    append: async (bytes) => {
      const before = await size();
      try {
        for (let start = 0; start < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes.subarray(start));
          start += bytesWritten;
        }
        await handle.datasync();
        if (!isThere()) {
          throw new Error("it was deleted or moved while it was written");
        }
      } catch (error) {
        await handle.truncate(before);
        throw error;
      }
    },
    close: () => handle.close(),
  };
}

type Handle = Awaited<
  ReturnType<typeof import("node:fs/promises")["open"]>
>;

async function findEnd(handle: Handle, size: number): Promise<number> {
  const buffer = new Uint8Array(piece);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - piece);
    const { bytesRead } = await handle.read(buffer, 0, end - start, start);
    const last = buffer.subarray(0, bytesRead).lastIndexOf(lineBreak);
    if (last >= 0) return start + last + 1;
    end = start;
  }
  return 0;
}

/** Sees to it that a new or renamed file is found after a power failure, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  const { open } = builtIn("node:fs/promises");
  const { dirname } = builtIn("node:path");
  try {
    const folder = await open(dirname(path), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Windows opens no folders; its file systems keep names by themselves.
  }
}

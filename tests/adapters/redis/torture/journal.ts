/** What a pod writes down, read as it grows. */
export interface Journal {
  /** The words of each line so far. The last line may be torn, and counts once it is whole. */
  readonly read: () => readonly (readonly string[])[];
}

/** Reads what is added to a file, each part once. */
export function openJournal(path: string): Journal {
  const lines: (readonly string[])[] = [];
  const decoder = new TextDecoder();
  let offset = 0;
  let rest = "";
  return {
    read: () => {
      const added = readFrom(path, offset);
      offset += added.length;
      const parts = (rest + decoder.decode(added, { stream: true })).split(
        "\n",
      );
      rest = parts.pop() ?? "";
      for (const part of parts) lines.push(part.split(" "));
      return lines;
    },
  };
}

function readFrom(path: string, offset: number): Uint8Array {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(file.statSync().size - offset);
    file.seekSync(offset, Deno.SeekMode.Start);
    let read = 0;
    while (read < bytes.length) {
      const count = file.readSync(bytes.subarray(read));
      if (count === null) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } catch {
    // It is not there yet.
    return new Uint8Array();
  }
}

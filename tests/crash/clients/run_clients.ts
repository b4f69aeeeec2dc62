/** A process with a client, and what it has said so far. */
export interface ClientProcess {
  /** The calls of its callback: the id of the exposure and the user. */
  readonly calls: () => readonly (readonly [id: string, user: string])[];
  /** What it said of errors. */
  readonly errors: () => readonly string[];
  /** Waits until it has said that it is done. */
  readonly done: () => Promise<void>;
  /** Sends it a signal. */
  readonly signal: (name: Deno.Signal) => void;
  /** Tells it to end, and waits until it has. */
  readonly end: () => Promise<void>;
  /** Waits until it has ended. */
  readonly ended: Promise<unknown>;
}

/** Starts a process with a client. */
export function startClient(
  [program = "", ...args]: readonly string[],
  { path, first, count, gap }: {
    readonly path: string;
    readonly first: number;
    readonly count: number;
    readonly gap: number;
  },
): ClientProcess {
  const child = new Deno.Command(program, {
    args: [...args, path, String(first), String(count), String(gap)],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const reading = (async () => {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split(
        "\n",
      );
      rest = parts.pop()!;
      lines.push(...parts);
      for (const listener of listeners) listener();
    }
    for (const listener of listeners) listener();
  })();
  let isEnded = false;
  const ended = child.status.then(async (status) => {
    await reading;
    isEnded = true;
    for (const listener of listeners) listener();
    return status;
  });
  return {
    calls: () =>
      lines.filter((line) => line.startsWith("> ")).map((line) => {
        const [, id = "", user = ""] = line.split(" ");
        return [id, user] as const;
      }),
    errors: () => lines.filter((line) => line.startsWith("! ")),
    done: () =>
      new Promise((resolve) => {
        const check = () => {
          if (!isEnded && !lines.some((line) => line.startsWith("done"))) {
            return;
          }
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    signal: (name) => {
      try {
        child.kill(name);
      } catch {
        // It has ended.
      }
    },
    end: async () => {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode("end\n")).catch(() => {});
      await ended;
      await writer.close().catch(() => {});
    },
    ended,
  };
}

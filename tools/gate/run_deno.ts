/** How a run of Deno ended. */
export interface DenoRun {
  /** What it printed, and then its errors. */
  readonly output: string;
  /** Whether it ended by itself, and without a failure. */
  readonly success: boolean;
}

/** The milliseconds that a run may take: several times what the longest takes on a busy machine. */
const longest = 900_000;

/** The milliseconds in which the rest of what a run printed is waited for: a program that it left may hold on. */
const grace = 5000;

/**
 * Runs the Deno that runs this, with variables beside those of the environment, and waits for its end.
 * One that takes 15 minutes hangs: it is killed, and what it printed tells where.
 */
export async function runDeno(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  milliseconds: number = longest,
): Promise<DenoRun> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, milliseconds);
  const printed = [gather(child.stdout), gather(child.stderr)];
  const { success } = await child.status;
  clearTimeout(timer);
  await inTime(Promise.all(printed.map(({ ended }) => ended)));
  for (const { stop } of printed) await stop();
  const output = printed.map(({ text }) => text()).join("");
  const end = `\nKilled, as it took ${milliseconds / 1000} s.`;
  return { output: isLate ? output + end : output, success };
}

/** What a run prints, as it comes. */
interface Printed {
  /** Gives what has come so far. */
  readonly text: () => string;
  /** Resolves at the end. */
  readonly ended: Promise<void>;
  /** Reads no more: what is still to come must not keep this process alive. */
  readonly stop: () => Promise<void>;
}

function gather(stream: ReadableStream<Uint8Array>): Printed {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
    }
  })();
  return { text: () => text, ended, stop: () => reader.cancel() };
}

async function inTime(promise: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(resolve, grace));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

import { showValue } from "../../core/payload/read/show_value.ts";
import { checkOptions } from "../support/check_options.ts";
import { systemClock } from "../support/time/clock.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";
import type { Client } from "./client.ts";

/**
 * Closes a client when its process is asked to end, so that what it recorded is stored and sent, and
 * then ends the process as the signal would have: by the signal itself. `close` has 10,000 ms for that,
 * or the `timeout`, in milliseconds; a second signal ends the process at once. `signals` are `SIGTERM`
 * and `SIGINT` by default. Of several clients, the last one that is closed ends the process. Where the
 * application listens for the signal as well, ending the process is left to it.
 *
 * Gives a function that stops listening. Throws a `TypeError` or `RangeError` where `client` is not a
 * client, or an option can't be used, such as a signal that does not begin with `SIG`. Does nothing where a
 * runtime has no signals, such as a browser or a Worker. On Deno without `--allow-run`, and as the first
 * process of a container, the process ends by the exit code that shells give a signal.
 *
 * @example
 * ```ts
 * import { closeOnSignal, createClient, fixedSource } from "@growthstream/sdk/client";
 *
 * const client = createClient({ source: fixedSource({ features: {} }) });
 * const stop = closeOnSignal(client, { timeout: 5_000 });
 * // On a platform that sends SIGTERM, nothing else is to be done.
 * stop();
 * await client.close();
 * ```
 */
export function closeOnSignal(
  client: Pick<Client<object>, "close">,
  options: TimeoutOptions & { readonly signals?: readonly string[] } = {},
): () => void {
  checkClose(client, options);
  const { signals = ["SIGTERM", "SIGINT"], ...limit } = options;
  const { process } = globalThis as { readonly process?: ProcessLike };
  if (typeof process?.on !== "function") return () => {};
  const stop = () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
  let isClosing = false;
  const end = async (signal: string) => {
    // The second one does not wait.
    const closing = isClosing ? null : client.close(limit);
    isClosing = true;
    await closing;
    stop();
    // Another listener has taken it on to end the process, such as that of a client that closes still.
    if (process.listenerCount(signal) === 0) endBy(process, signal);
  };
  const listeners = signals.map((signal) =>
    [signal, () => void end(signal)] as const
  );
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return stop;
}

// A mistake would show when the process ends, and take along what was recorded.
function checkClose(
  client: unknown,
  options: { readonly signals?: readonly string[] },
): void {
  const task = "close the client on a signal";
  const { close } = Object(client) as Partial<Client>;
  if (typeof close !== "function") {
    throw new TypeError(
      `Cannot ${task}: a client is needed, the current value is ${
        showValue(client)
      }`,
    );
  }
  checkOptions<object>(task, options, { signals: "texts", timeout: "amount" });
  const odd = options.signals?.find((signal) => !/^SIG[A-Z]/.test(signal));
  if (odd === undefined) return;
  throw new TypeError(
    `Cannot ${task}: there is no signal ${showValue(odd)}`,
  );
}

/** How long a signal may take to end the process, in milliseconds. */
const patience = 200;

/** The numbers of the signals that ask a process to end. */
const numbers: { readonly [signal: string]: number } = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGTERM: 15,
};

interface ProcessLike {
  readonly pid: number;
  readonly on: (signal: string, listener: () => void) => unknown;
  readonly off: (signal: string, listener: () => void) => unknown;
  readonly listenerCount: (signal: string) => number;
  readonly kill: (pid: number, signal: string) => unknown;
  readonly exit: (code: number) => unknown;
}

function endBy(process: ProcessLike, signal: string): void {
  // A shell gives 128 and the number of the signal.
  const exit = () => process.exit(128 + (numbers[signal] ?? 15));
  try {
    process.kill(process.pid, signal);
    // The first process of a container is spared by a signal that nothing listens for.
    systemClock.setTimer(exit, patience, false);
  } catch {
    exit();
  }
}

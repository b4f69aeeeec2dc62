import { showValue } from "../../core/payload/read/show_value.ts";
import { builtIn } from "../support/built_in.ts";
import { checkOptions } from "../support/check_options.ts";
import { type Clock, systemClock } from "../support/time/clock.ts";
import { createSource } from "./create_source.ts";
import { runFile } from "./file/run_file.ts";
import type { PayloadSource } from "./payload_source.ts";

/** How a file is read and followed. */
export interface FileSourceOptions {
  /** The key of what is encrypted in the file. Without one, the client's is used. */
  readonly decryptionKey?: string;
  /** Whether to follow the file; true by default. It is read only once otherwise. */
  readonly watch?: boolean;
  /** How long changes have to be over before the file is read, in milliseconds, from 0; 50 by default. */
  readonly settleTime?: number;
  /**
   * How often to look whether the file is another one, in milliseconds, from 1; 5,000 by default. It is for
   * file systems that can't be watched, such as those of other computers.
   */
  readonly pollInterval?: number;
  /** The most bytes that the file may have, from 1; 67,108,864 by default. */
  readonly maxBytes?: number;
  /** What time it is, and timers; the system's by default. */
  readonly clock?: Clock;
}

/**
 * The payload in a file, and each that it is replaced by: written over or renamed over, also where
 * the path is a link. For Deno, Bun and Node.
 *
 * A file that is missing, half-written or no payload is reported as `failed`, and tried again soon;
 * what it held before goes on serving. A file that is saved without a change emits nothing. The file
 * is followed from the first subscription to the last, and all share that.
 *
 * Throws a `TypeError` where the path is neither a text nor the URL of a file, or an option is unknown or of
 * the wrong type; a `RangeError` where a number is out of range; and an `Error` where the runtime has no
 * files, such as a browser.
 *
 * @example
 * ```ts
 * import { fileSource } from "./file_source.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, '{"features":{"chat":{"defaultValue":true}}}');
 * const payload = await new Promise((resolve) => {
 *   const subscription = fileSource(path).subscribe((payload) => {
 *     resolve(payload);
 *     subscription.unsubscribe();
 *   });
 * });
 * assertEquals(payload, { features: { chat: { defaultValue: true } } });
 * await Deno.remove(path);
 * ```
 */
export function fileSource(
  path: string | URL,
  options: FileSourceOptions = {},
): PayloadSource {
  checkOptions("follow the file", options, {
    decryptionKey: "any",
    watch: "boolean",
    settleTime: "any",
    pollInterval: "any",
    maxBytes: "any",
    clock: "clock",
  });
  const name = typeof path === "string"
    ? path
    : builtIn("node:url").fileURLToPath(readUrl(path));
  const { decryptionKey, watch = true, clock = systemClock } = options;
  const following = {
    decryptionKey,
    watch,
    settleTime: readNumber(options, "settleTime", 50, 0),
    pollInterval: readNumber(options, "pollInterval", 5_000, 1),
    maxBytes: readNumber(options, "maxBytes", 2 ** 26, 1),
    clock,
  };
  return createSource((outlets) => runFile(name, following, outlets));
}

/** Gives the URL of a file, of whatever realm it comes. */
function readUrl(path: unknown): string {
  const { href } = Object(path) as Partial<URL>;
  if (typeof href === "string" && href.startsWith("file:")) return href;
  throw new TypeError(
    `Cannot follow the file: path should be a text or the URL of a file, the current value is ${
      showValue(href ?? path)
    }`,
  );
}

/** Reads a number of the options; `least` is the smallest that is of use. */
function readNumber(
  options: FileSourceOptions,
  name: "settleTime" | "pollInterval" | "maxBytes",
  preset: number,
  least: number,
): number {
  const value: unknown = options[name] ?? preset;
  if (typeof value === "number" && value >= least) return value;
  throw new RangeError(
    `Cannot follow the file: ${name} should be a number from ${least}, the current value is ${
      showValue(value)
    }`,
  );
}

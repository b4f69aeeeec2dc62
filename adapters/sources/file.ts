import { Observable, ReplaySubject, share } from "rxjs";
import { readFile } from "node:fs/promises";
import type { Payload } from "../../core/types/payload.ts";
import { backoffDelay } from "../support/backoff_delay.ts";
import { type Clock, systemClock } from "../support/clock.ts";
import type { PayloadSource } from "./payload_source.ts";
import type { SourceReport } from "./source_report.ts";
import { watchFile } from "./watch_file.ts";

/** How a file is watched. */
export interface FileOptions {
  /** How long a file must have been left alone before it is read, in milliseconds; default 20. */
  readonly settle?: number;
  /** How often it is looked at where the system can't watch it, in milliseconds; default 1,000. */
  readonly pollInterval?: number;
  /** Sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
}

/**
 * A source that reads a payload from a file, and again whenever the file changes: on Deno, Bun and
 * Node. A file that is replaced, as editors do, is followed. One that is missing, or in the middle of
 * being written, is tried again shortly; what it had before goes on serving, and `reports$` says so.
 *
 * `path` is relative to the current directory. It needs permission to read the file and its folder.
 */
export function file(path: string, options: FileOptions = {}): PayloadSource {
  const { settle = 20, pollInterval = 1000, clock = systemClock } = options;
  const reports = new ReplaySubject<SourceReport>(1);
  let load = (): Promise<void> => Promise.resolve();

  const payloads = new Observable<Payload>((subscriber) => {
    let seen: string | null = null;
    let failures = 0;
    let cancel = () => {};
    let latest = 0;

    const schedule = (delay: number) => {
      cancel();
      cancel = clock.setTimer(() => void read(), delay);
    };
    const fail = (code: string, message: string) => {
      const retryIn = Math.ceil(
        Math.max(
          20,
          backoffDelay(++failures, half, { first: 100, longest: 5000 }),
        ),
      );
      reports.next({ type: "failed", code, message, issues: [], retryIn });
      schedule(retryIn);
    };
    const read = async () => {
      const mine = ++latest;
      cancel();
      const text = await readFile(path, "utf8").catch(codeOf);
      if (mine !== latest || subscriber.closed) return;
      if (typeof text !== "string") {
        return fail(
          text.code,
          `Cannot read the file of payloads: ${text.code}`,
        );
      }
      const payload = parse(text);
      if (payload === undefined) {
        return fail(
          "not-json",
          "Cannot read the file of payloads: it is no JSON",
        );
      }
      failures = 0;
      reports.next({ type: "ok", updates: "streaming" });
      if (text === seen) return;
      seen = text;
      subscriber.next(payload as Payload);
    };
    reports.next({ type: "loading" });
    load = read;
    const stop = watchFile(path, {
      clock,
      pollInterval,
      changed: () => schedule(settle),
    });
    void read();
    return () => {
      stop();
      cancel();
      latest++;
      load = () => Promise.resolve();
    };
  });
  const shared = payloads.pipe(
    share({ connector: () => new ReplaySubject<Payload>(1) }),
  );
  return Object.assign(shared, {
    reports$: reports.asObservable(),
    refresh: () => load(),
  });
}

// A file has one reader: nobody comes back with it at the same time.
const half = () => 0.5;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): { readonly code: string } {
  const { code } = Object(error) as { readonly code?: unknown };
  return { code: code === "ENOENT" ? "file-not-found" : "file-unreadable" };
}

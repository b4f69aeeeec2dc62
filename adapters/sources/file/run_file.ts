import type { Payload } from "../../../core/types/payload.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { RunningSource, SourceOutlets } from "../create_source.ts";
import type { SourceReport } from "../source_report.ts";
import { followFile } from "./follow_file.ts";
import { type FileContent, readPayloadFile } from "./read_payload_file.ts";

/** How a file is followed. */
export interface FileFollowing {
  readonly decryptionKey: string | undefined;
  readonly watch: boolean;
  readonly settleTime: number;
  readonly pollInterval: number;
  readonly maxBytes: number;
  readonly clock: Clock;
}

/** How long it takes at first until a file that couldn't be used is tried again, in milliseconds. */
const firstRetry = 100;

interface Asker {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Follows a file: reads it, watches it, and looks after it now and then where watching fails. */
export function runFile(
  path: string,
  options: FileFollowing,
  { emit, report }: SourceOutlets,
): RunningSource {
  const { clock, pollInterval, decryptionKey, maxBytes } = options;
  let asked: "read" | "look" | null = null;
  let askers: Asker[] = [];
  let isBusy = false;
  let isStopped = false;
  let signature: string | null = null;
  let text: string | null = null;
  let payload: Payload | null = null;
  let isWell = false;
  let failures = 0;
  let failure: SourceReport & { readonly type: "failed" } | null = null;

  const follower = followFile(path, {
    clock,
    settleTime: options.settleTime,
    onChange: (how) => ask(how),
  });

  const take = (content: FileContent): Error | null => {
    if (content.kind === "same") return null;
    const isSameFile = signature === content.signature;
    signature = content.signature;
    if (content.kind === "failed") {
      failures++;
      isWell = false;
      const { code, message, issues } = content;
      const retryIn = options.watch ? delay() : null;
      const isRepeated = isSameFile && failure?.code === code &&
        failure.retryIn === retryIn;
      failure = { type: "failed", code, message, issues, retryIn };
      if (!isRepeated) report(failure);
      return new Error(message);
    }
    failures = 0;
    failure = null;
    if (content.text !== text) emit(content.payload, content.issues);
    text = content.text;
    payload = content.payload;
    if (!isWell && !isStopped) {
      report({ type: "ok", updates: options.watch ? "streaming" : "none" });
    }
    isWell = true;
    return null;
  };
  const delay = () =>
    failures === 0
      ? pollInterval
      : Math.min(pollInterval, firstRetry * 2 ** (failures - 1));
  const work = async () => {
    isBusy = true;
    while (asked !== null) {
      const known = asked === "look" ? signature : null;
      const waiting = askers;
      asked = null;
      askers = [];
      // Watched before it is read, so that no change falls between the two.
      if (options.watch) await follower.follow(delay());
      const content = await readPayloadFile(path, {
        decryptionKey,
        maxBytes,
        previous: payload,
        clock,
        known,
      });
      if (isStopped) return rejectAll([...waiting, ...askers]);
      const error = take(content);
      for (const { resolve, reject } of waiting) {
        error ? reject(error) : resolve();
      }
      if (options.watch && !isStopped) await follower.follow(delay());
    }
    isBusy = false;
  };
  const ask = (how: "read" | "look") => {
    if (isStopped) return;
    asked = asked === "read" ? asked : how;
    if (!isBusy) void work();
  };
  ask("read");

  return {
    refresh: () =>
      new Promise((resolve, reject) => {
        askers.push({ resolve, reject });
        ask("read");
      }),
    stop: () => {
      isStopped = true;
      follower.stop();
      if (!isBusy) rejectAll(askers);
    },
  };
}

function rejectAll(askers: readonly Asker[]): void {
  const error = new Error("Cannot refresh: the source was stopped");
  for (const { reject } of askers) reject(error);
}

import { BehaviorSubject } from "rxjs";
import type { Clock } from "../../support/time/clock.ts";
import { createWarningReport } from "../../support/create_error_report.ts";
import type { Observable } from "../../support/observable.ts";
import type { RedisFailure } from "../client/redis_failure.ts";
import type { RedisStatus, RedisWarning } from "./redis_store_options.ts";

/** Keeps how something fares that lives in Redis. */
export interface StatusKeeper {
  /** How it fares, now and whenever that changes. */
  readonly status$: Observable<RedisStatus>;
  /** Notes whether a call works, whose error is one of `createRedisError`, and gives what comes of it. */
  readonly watch: <Reply>(call: Promise<Reply>) => Promise<Reply>;
  /** Notes a warning, and tells of it where its message is a new one. */
  readonly warn: (code: RedisWarning["code"], message: string) => void;
  /** Takes a warning back. */
  readonly clear: (code: RedisWarning["code"]) => void;
  /** Ends it. */
  readonly close: () => void;
}

/** Makes the keeper. */
export function createStatus(
  clock: Pick<Clock, "now">,
  onWarning?: (warning: RedisWarning) => unknown,
): StatusKeeper {
  const tell = createWarningReport(onWarning);
  let status: RedisStatus = {
    state: "ok",
    code: null,
    message: null,
    since: clock.now(),
    warnings: [],
  };
  const status$ = new BehaviorSubject(status);
  const set = (next: Partial<RedisStatus>) => {
    status = { ...status, ...next };
    status$.next(status);
  };
  const others = (code: RedisWarning["code"]) =>
    status.warnings.filter((warning) => warning.code !== code);
  const succeed = () => {
    if (status.state !== "failing") return;
    set({ state: "ok", code: null, message: null, since: clock.now() });
  };
  const fail = ({ code, message }: RedisFailure) => {
    if (status.state === "closed") return;
    if (status.state === "failing" && status.message === message) return;
    const since = status.state === "failing" ? status.since : clock.now();
    set({ state: "failing", code, message, since });
  };
  return {
    status$: status$.asObservable(),
    watch: async (call) => {
      try {
        const reply = await call;
        succeed();
        return reply;
      } catch (error) {
        fail(
          (error as { readonly storageFailure: RedisFailure }).storageFailure,
        );
        throw error;
      }
    },
    warn: (code, message) => {
      const known = status.warnings.find((warning) => warning.code === code);
      if (known?.message === message) return;
      const warning = { code, message, time: clock.now() };
      set({ warnings: [...others(code), warning] });
      tell(warning);
    },
    clear: (code) => {
      const left = others(code);
      if (left.length < status.warnings.length) set({ warnings: left });
    },
    close: () => {
      if (status.state === "closed") return;
      set({ state: "closed", code: null, message: null, since: clock.now() });
      status$.complete();
    },
  };
}

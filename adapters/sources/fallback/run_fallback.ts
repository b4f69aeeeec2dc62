import type { Payload } from "../../../core/types/payload.ts";
import { systemClock } from "../../support/time/clock.ts";
import type { RunningSource, SourceOutlets } from "../create_source.ts";
import type { PayloadSource } from "../payload_source.ts";
import type { SourceReport } from "../source_report.ts";
import { chooseSource, combineReports } from "./choose_source.ts";
import { type ListenedSource, listenTo } from "./listen_to.ts";

/** Runs sources in order: a later one only as long as all those before it fail. */
export function runFallback(
  sources: readonly PayloadSource[],
  { emit, report }: SourceOutlets,
): RunningSource {
  let listening: ListenedSource[] = [];
  const errors: unknown[] = [];
  let emitted: Payload | null = null;
  // Every source begins with this report.
  let reported = JSON.stringify({ type: "loading" });
  let isBusy = false;
  let isDue = false;
  let isStopped = false;

  const tell = (next: SourceReport) => {
    const text = JSON.stringify(next);
    if (text === reported || isStopped) return;
    reported = text;
    report(next);
  };
  const serve = () => {
    const known = listening.map((source) => source.known());
    const chosen = chooseSource(known, systemClock.now());
    const payload = chosen?.payload ?? null;
    if (payload !== null && payload !== emitted) {
      emitted = payload;
      emit(payload, chosen?.issues, chosen?.body);
    }
    tell(combineReports(known, chosen));
  };
  const advance = () => {
    const well = listening.findIndex((source) =>
      source.known().failure === null
    );
    if (well >= 0) {
      listening.splice(well + 1).forEach(({ stop }) => stop());
      return serve();
    }
    const next = sources[listening.length];
    if (next === undefined) return serve();
    const failure = listening.at(-1)?.known().failure ?? null;
    // The next one is tried at once. What serves already is of the one that failed, until that has something.
    if (failure !== null) {
      tell(emitted === null ? { ...failure, retryIn: 0 } : failure);
    }
    if (isStopped) return;
    isDue = true;
    listening.push(listenTo(next, settle, (error) => errors.push(error)));
    if (isStopped) leaveAll();
  };
  // What a source or a subscriber causes while it is told something waits its turn.
  function settle(): void {
    isDue = true;
    if (isBusy) return;
    isBusy = true;
    while (isDue && !isStopped) {
      isDue = false;
      advance();
    }
    isBusy = false;
  }
  const leaveAll = () => {
    listening.forEach((source) => source.stop());
    listening = [];
  };
  settle();

  return {
    refresh: async () => {
      const asked = sources.slice(0, listening.length)
        .flatMap(({ refresh }) => refresh ?? []);
      if (asked.length === 0) return;
      try {
        await Promise.any(asked.map((refresh) => refresh()));
      } catch (error) {
        throw error instanceof AggregateError ? error.errors[0] : error;
      }
    },
    stop: () => {
      isStopped = true;
      leaveAll();
      // All are left by now, so it may be told.
      if (errors.length > 0) throw errors[0];
    },
  };
}

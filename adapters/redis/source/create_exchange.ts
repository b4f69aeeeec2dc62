import type { SourceOutlets } from "../../sources/create_source.ts";
import type { Arrival, PayloadSource } from "../../sources/payload_source.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { FleetCommands } from "./fleet_commands.ts";
import { keepPayload, readKept } from "./kept_payload.ts";
import type { RunningMachine } from "./machine/run_machine.ts";

/** What goes to and fro between a process and Redis. */
export interface Exchange {
  /** Reads the payload of Redis, and emits it. Rejects where Redis does. */
  readonly fetch: () => Promise<void>;
  /** Writes what the source gave last, until Redis has that. */
  readonly write: () => void;
  /** Asks Redis what is there, which also renews the lease; again a third of the lease after the answer. */
  readonly ask: () => void;
  /** Asks nothing any more. */
  readonly stop: () => void;
}

/** What it needs. */
export interface ExchangeOptions
  extends RunningMachine, Pick<SourceOutlets, "emit"> {
  readonly redis: FleetCommands;
  /** Reads a payload as the source gave it. */
  readonly readBody: PayloadSource["readBody"];
  /** What the source gave last; null where that is nothing. */
  readonly own: () => Arrival | null;
  /** How long a lease lasts, in milliseconds. */
  readonly lease: number;
  readonly clock: Clock;
  /** How many milliseconds have passed since some moment. */
  readonly time: () => number;
  readonly signal: AbortSignal;
}

/** Makes the exchange, which tells the machine what comes of it. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { redis, advance, state, emit, own, clock, time, signal } = options;
  const fetch = async () => {
    const { body, isRaw, version } = await redis.fetch();
    if (body === null || signal.aborted) return;
    const read = await readKept(body, isRaw, options.readBody);
    if (signal.aborted) return;
    if ("type" in read) {
      return await advance({ type: "refused", version, report: read });
    }
    emit(read.payload, read.issues, read.body);
    await advance({ type: "fetched", version });
  };
  const write = async () => {
    while (state().isUnwritten && state().isHolder && own() !== null) {
      await advance({ type: "writing" });
      try {
        const given = own();
        const kept = given && keepPayload(given, clock.now());
        if (kept === null) return;
        const answer = await redis.put(kept);
        await advance({ type: "written", answer });
        if (answer === "") return;
      } catch {
        // The next time that Redis is asked, it tries again.
        return await advance({ type: "unwritten" });
      }
      if (signal.aborted) return;
    }
  };
  let cancelAsk = () => {};
  const asking = oneAtATime(async () => {
    if (signal.aborted) return;
    cancelAsk();
    const { isHolder, sourceReport, abstainUntil } = state();
    const health = isHolder ? healthOf(sourceReport) : "";
    try {
      const answer = await redis.attend(time() >= abstainUntil, health);
      await advance({ type: "attended", answer });
    } catch {
      await advance({ type: "gone" }).catch(() => {});
    }
    if (signal.aborted) return;
    cancelAsk = clock.setTimer(asking.start, options.lease / 3, false);
  });
  return {
    fetch,
    write: oneAtATime(write).start,
    ask: asking.start,
    stop: () => cancelAsk(),
  };
}

/** Makes work that goes on once at a time, and does not reject. What is started meanwhile starts once more. */
function oneAtATime(
  work: () => Promise<void>,
): { readonly start: () => void } {
  let isDue = false;
  let isBusy = false;
  const run = async () => {
    isBusy = true;
    while (isDue) {
      isDue = false;
      await work();
    }
    isBusy = false;
  };
  return {
    start: () => {
      isDue = true;
      if (!isBusy) void run();
    },
  };
}

function healthOf(report: SourceReport | null): string {
  if (report === null || report.type === "loading") return "";
  return report.type === "failed" ? report.code : report.type;
}

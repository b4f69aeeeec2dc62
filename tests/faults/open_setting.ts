import {
  growthbookSource,
  type GrowthbookSourceOptions,
  type PayloadSource,
} from "../../adapters/growthbook/mod.ts";
import type { Payload } from "../../core/mod.ts";
import type { SourceReport } from "../../adapters/growthbook/mod.ts";
import { createJournal } from "../support/journal.ts";
import { manualClock } from "../support/manual_clock.ts";
import {
  type Exchange,
  scriptedServer,
} from "../support/web/scripted_server.ts";

/** Secrets that must never come out of anywhere. */
export const canaries = {
  clientKey: "sdk-canary-client-key",
  decryptionKey: "Zvwv/+uhpFDznZ6SX28Yjg==",
  header: "Bearer canary-header",
} as const;

/** What a server does with one request. */
export type Handler = (exchange: Exchange) => void | Promise<void>;

/** What a server does with its requests: the first of a kind with the first handler, and so on. */
export interface Script {
  /** For the payload; the last handler serves all that follow. */
  readonly requests: readonly Handler[];
  /** For changes; the last handler serves all that follow. */
  readonly streams?: readonly Handler[];
  /** For anything else. */
  readonly others?: Handler;
}

/** A source that is connected to a scripted server, under a clock that stands still. */
export interface Setting {
  readonly source: PayloadSource;
  /** What the client did and told, with the time in milliseconds since the start. */
  readonly story: readonly string[];
  /** What the server was asked, with the time. */
  readonly asked: readonly string[];
  /** The exchanges of the streams, in order. */
  readonly streams: readonly Exchange[];
  readonly payloads: readonly Payload[];
  readonly reports: readonly SourceReport[];
  /** How many milliseconds from now the source's timers are due, soonest first. */
  readonly timers: () => readonly number[];
  /** Says that something happened that may be waited for. */
  readonly note: () => void;
  /** Waits until a line, or as many of them, are in the story. */
  readonly until: (line: string, times?: number) => Promise<void>;
  /** Waits until something is the case. */
  readonly untilTrue: (condition: () => boolean) => Promise<void>;
  /** Moves the clock, once a timer waits for exactly that long. */
  readonly pass: (milliseconds: number) => Promise<void>;
  readonly unsubscribe: () => void;
  /** Is aborted at the end: for what a test asks the source itself. */
  readonly signal: AbortSignal;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts a server and a source, and listens to it. Chance is always a half. */
export function openSetting(
  script: Script,
  options: Partial<GrowthbookSourceOptions> = {},
): Setting {
  const journal = createJournal();
  const ending = new AbortController();
  const clock = manualClock(0, journal.note);
  const story: string[] = [];
  const asked: string[] = [];
  const streams: Exchange[] = [];
  const payloads: Payload[] = [];
  const reports: SourceReport[] = [];
  const note = (line: string, lines = story) => {
    lines.push(`${clock.now()} ${line}`);
    journal.note();
  };
  let requestCount = 0;
  const server = scriptedServer((exchange) => {
    const { path, method, headers } = exchange;
    const tag = headers.get("if-none-match");
    if (path.startsWith("/sub/")) {
      note("SUB", asked);
      const handle = pick(script.streams ?? [], streams.length);
      streams.push(exchange);
      journal.note();
      return handle(exchange);
    }
    if (path.startsWith("/api/")) {
      note(tag === null ? method : `${method} ${tag}`, asked);
      return pick(script.requests, requestCount++)(exchange);
    }
    note(`${method} ${path}`, asked);
    return script.others?.(exchange);
  });
  const source = growthbookSource({
    clientKey: canaries.clientKey,
    apiHost: server.url,
    headers: { authorization: canaries.header },
    clock,
    random: () => 0.5,
    ...options,
  });
  const listening = source.reports$!.subscribe((report) => {
    reports.push(report);
    note(describeReport(report));
  });
  const subscription = source.subscribe((payload) => {
    payloads.push(payload);
    note(`payload ${describePayload(payload)}`);
  });
  const unsubscribe = () => {
    subscription.unsubscribe();
    listening.unsubscribe();
  };
  const describe = () =>
    JSON.stringify({ story, asked, timers: clock.timers() }, null, 2);
  return {
    source,
    story,
    asked,
    streams,
    payloads,
    reports,
    timers: clock.timers,
    note: journal.note,
    until: (line, times = 1) =>
      journal.until(
        () => story.filter((found) => found === line).length >= times,
        () => `no "${line}" in ${describe()}`,
      ),
    untilTrue: (condition) =>
      journal.until(condition, () => `${condition} ${describe()}`),
    pass: async (milliseconds) => {
      await journal.until(
        () => clock.timers().includes(milliseconds),
        () => `no timer of ${milliseconds} ms in ${describe()}`,
      );
      clock.advance(milliseconds);
      journal.note();
    },
    unsubscribe,
    signal: ending.signal,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      unsubscribe();
      await server.close();
      // A request that is called off needs a few turns before its deadline is gone.
      await journal.until(
        () => clock.timers().length === 0,
        () => `timers of ${clock.timers().join()} ms are still set`,
      );
      for (const secret of Object.values(canaries)) {
        if (JSON.stringify([payloads, reports, story]).includes(secret)) {
          throw new Error(`Cannot leave: "${secret}" came out`);
        }
      }
    },
  };
}

function pick(handlers: readonly Handler[], index: number): Handler {
  const handler = handlers[Math.min(index, handlers.length - 1)];
  if (handler === undefined) {
    throw new Error("Cannot answer: the script has no handler");
  }
  return handler;
}

function describeReport(report: SourceReport): string {
  switch (report.type) {
    case "failed":
      return `failed ${report.code}, again in ${report.retryIn}`;
    case "ok":
      return `ok ${report.updates}${
        report.renewals === undefined ? "" : `, renewed ${report.renewals}`
      }`;
    case "cached":
      return `cached ${report.age}`;
    case "loading":
      return "loading";
  }
}

/** The value of the one feature that the payloads of these tests have. */
function describePayload({ features }: Payload): string {
  return JSON.stringify(features.version?.defaultValue ?? null);
}

import type { Payload } from "../../../core/types/payload.ts";
import type {
  RunningSource,
  SourceOutlets,
} from "../../sources/create_source.ts";
import type { Arrival, PayloadSource } from "../../sources/payload_source.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import { attempt } from "../../support/attempt.ts";
import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import type { Observable } from "../../support/observable.ts";
import type { RedisCommands } from "../client/create_commands.ts";
import { listen } from "../client/listen.ts";
import type { RedisClient } from "../client/redis_client.ts";
import { fleetCommands } from "./fleet_commands.ts";
import { follow, type Following } from "./follow.ts";
import { keepPayload, readKept } from "./kept_payload.ts";
import { advanceSource } from "./machine/advance_source.ts";
import {
  type FleetSourceAction,
  type FleetSourceInput,
  initialSourceState,
} from "./machine/source_state.ts";

/** What a fleet's source runs with. */
export interface RedisSourceSetting {
  readonly commands: RedisCommands;
  readonly client: RedisClient;
  readonly subscriber: RedisClient | undefined;
  /** The key of the payload. */
  readonly key: string;
  /** Where changes are told of. */
  readonly channel: string;
  readonly source: PayloadSource | Observable<Payload>;
  readonly lease: number;
  readonly patience: number;
  readonly clock: Clock;
}

/**
 * Starts a fleet's source, as `advanceSource` decides. Every third of the lease it asks Redis what is
 * there, which also renews the lease, or asks for it; messages tell of changes in between.
 */
export function runRedisSource(
  setting: RedisSourceSetting,
  { emit, report }: SourceOutlets,
): RunningSource {
  const { commands, key, channel, source, lease, clock } = setting;
  const redis = fleetCommands(setting, crypto.randomUUID());
  const time = monotonicTime(clock);
  const stopping = new AbortController();
  const { signal } = stopping;
  let state = initialSourceState;
  let following: Following | null = null;
  // What the source gave last.
  let own: Arrival | null = null;

  const advance = async (input: FleetSourceInput) => {
    if (signal.aborted) return;
    const next = advanceSource(state, input, time(), setting);
    state = next.state;
    const failed: unknown[] = [];
    for (const action of next.actions) {
      if (action.type === "then" && failed.length > 0) continue;
      await perform(action)?.catch((error) => failed.push(error));
    }
    if (failed.length > 0) throw failed[0];
  };
  const perform = (action: FleetSourceAction): Promise<unknown> | void => {
    if (signal.aborted) return;
    switch (action.type) {
      case "fetch":
        return fetch();
      case "follow":
        following ??= follow(source, { take, hear });
        return;
      case "unfollow":
        return unfollow();
      case "write":
        return writing.start();
      case "yield":
        return redis.yieldLease();
      case "ask":
        return asking.start();
      case "tell":
        return report(action.report);
      case "then":
        return advance(action.input);
    }
  };
  const take = (arrival: Arrival) => {
    own = arrival;
    emit(arrival.payload, arrival.issues, arrival.body);
    void advance({ type: "given" }).catch(() => {});
  };
  const hear = (next: SourceReport) =>
    void advance({ type: "reported", report: next }).catch(() => {});
  const unfollow = () => {
    const ended = following;
    following = null;
    own = null;
    if (ended !== null) attempt(ended.stop, () => {});
  };
  const fetch = async () => {
    const { body, isRaw, version } = await redis.fetch();
    if (body === null || signal.aborted) return;
    const { readBody } = source as PayloadSource;
    const read = await readKept(body, isRaw, readBody);
    if (signal.aborted) return;
    if ("type" in read) {
      return await advance({ type: "refused", version, report: read });
    }
    emit(read.payload, read.issues, read.body);
    await advance({ type: "fetched", version });
  };
  const writing = oneAtATime(async () => {
    while (state.isUnwritten && state.isHolder && own !== null) {
      await advance({ type: "writing" });
      try {
        const kept = keepPayload(own, clock.now());
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
  });
  let cancelAsk = () => {};
  const asking = oneAtATime(async () => {
    if (signal.aborted) return;
    cancelAsk();
    const health = state.isHolder ? healthOf(state.sourceReport) : "";
    try {
      const answer = await redis.attend(time() >= state.abstainUntil, health);
      await advance({ type: "attended", answer });
    } catch {
      await advance({ type: "gone" }).catch(() => {});
    }
    if (signal.aborted) return;
    cancelAsk = clock.setTimer(asking.start, lease / 3, false);
  });
  const refreshSource = async () => await following?.refresh();
  const cancelListen = hearMessages(setting, signal, {
    onMessage: (message) => {
      if (message !== "refresh") asking.start();
      else if (state.isHolder) refreshSource().catch(() => {});
    },
    onListening: (isListening) => {
      void advance({ type: "listening", isListening });
      if (isListening) asking.start();
    },
  });
  asking.start();

  return {
    refresh: async () => {
      if (following !== null) return await refreshSource();
      await commands.ask("refresh", ["PUBLISH", channel, "refresh"], key);
      await fetch();
    },
    stop: () => {
      const { isHolder } = state;
      stopping.abort();
      cancelAsk();
      cancelListen();
      unfollow();
      if (isHolder) redis.yieldLease().catch(() => {});
    },
  };
}

/** Listens to the messages of a fleet, again and again until it is stopped. Gives what calls off the next attempt. */
function hearMessages(
  { client, subscriber, channel, lease, clock }: RedisSourceSetting,
  signal: AbortSignal,
  { onMessage, onListening }: {
    readonly onMessage: (message: string) => void;
    readonly onListening: (isListening: boolean) => void;
  },
): () => void {
  let cancel = () => {};
  const connect = () => {
    const retry = () => {
      if (signal.aborted) return;
      onListening(false);
      cancel = clock.setTimer(connect, lease, false);
    };
    const listener = {
      onMessage,
      onReady: () => onListening(true),
      onEnd: retry,
    };
    listen(client, subscriber, channel, listener, signal).catch(retry);
  };
  connect();
  return () => cancel();
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

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
import { createExchange } from "./create_exchange.ts";
import { fleetCommands } from "./fleet_commands.ts";
import { follow, type Following } from "./follow.ts";
import { type FleetSourceTask, runMachine } from "./machine/run_machine.ts";

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
  const { commands, key, channel, source, clock } = setting;
  const redis = fleetCommands(setting, crypto.randomUUID());
  const time = monotonicTime(clock);
  const stopping = new AbortController();
  const { signal } = stopping;
  let following: Following | null = null;
  // What the source gave last.
  let own: Arrival | null = null;

  const perform = (task: FleetSourceTask): Promise<unknown> | void => {
    switch (task.type) {
      case "fetch":
        return exchange.fetch();
      case "follow":
        following ??= follow(source, { take, hear });
        return;
      case "unfollow":
        return unfollow();
      case "write":
        return exchange.write();
      case "yield":
        return redis.yieldLease();
      case "ask":
        return exchange.ask();
      case "tell":
        return report(task.report);
    }
  };
  const machine = runMachine({ settings: setting, time, signal, perform });
  const { advance, state } = machine;
  const exchange = createExchange({
    ...setting,
    ...machine,
    redis,
    readBody: (source as PayloadSource).readBody,
    own: () => own,
    emit,
    time,
    signal,
  });
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
  const refreshSource = async () => await following?.refresh();
  const cancelListen = hearMessages(setting, signal, {
    onMessage: (message) => {
      if (message !== "refresh") exchange.ask();
      else if (state().isHolder) refreshSource().catch(() => {});
    },
    onListening: (isListening) => {
      void advance({ type: "listening", isListening });
      if (isListening) exchange.ask();
    },
  });
  exchange.ask();

  return {
    refresh: async () => {
      if (following !== null) return await refreshSource();
      await commands.ask("refresh", ["PUBLISH", channel, "refresh"], key);
      await exchange.fetch();
    },
    stop: () => {
      const { isHolder } = state();
      stopping.abort();
      exchange.stop();
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

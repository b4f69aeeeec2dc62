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
import { type RedisScript, runScript } from "../client/create_script.ts";
import { listen } from "../client/listen.ts";
import type { RedisClient } from "../client/redis_client.ts";
import {
  attendScript,
  putScript,
  yieldScript,
} from "../scripts/payload_scripts.ts";
import { follow, type Following } from "./follow.ts";
import { keepPayload, readKept } from "./kept_payload.ts";

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

/** How much longer a whole payload may take than another answer. */
const bodyTimeout = 15_000;

/**
 * Starts a fleet's source. Every third of the lease it asks Redis what is there, which also renews the
 * lease, or asks for it; messages tell of changes in between.
 */
export function runRedisSource(
  setting: RedisSourceSetting,
  { emit, report }: SourceOutlets,
): RunningSource {
  const { commands, key, channel, source, lease, patience, clock } = setting;
  const id = crypto.randomUUID();
  const time = monotonicTime(clock);
  let isStopped = false;
  let isHolder = false;
  let isListening = false;
  let following: Following | null = null;
  const stopping = new AbortController();
  let cancelBeat = () => {};
  let cancelListen = () => {};
  let beating: Promise<void> | null = null;
  let isBeatDue = false;
  // What the source gave last, and whether Redis is still to be told.
  let own: Arrival | null = null;
  let isUnwritten = false;
  let writing: Promise<void> | null = null;
  let known = "";
  let hasPayload = false;
  let sourceReport: SourceReport | null = null;
  let failingSince: number | null = null;
  let abstainUntil = -Infinity;
  let goneSince: number | null = null;
  let told = "";

  const run = (
    script: RedisScript,
    task: string,
    args: readonly string[],
    timeout?: number,
  ) =>
    runScript(commands, script, {
      task,
      key,
      args,
      ...(timeout === undefined ? {} : { timeout }),
    });
  const tell = (next: SourceReport) => {
    const text = JSON.stringify(next.type === "cached" ? next.type : next);
    if (isStopped || text === told && next.type !== "cached") return;
    told = text;
    report(next);
  };

  const startFollowing = () => {
    if (following !== null || isStopped) return;
    following = follow(source, {
      take: (arrival) => {
        own = arrival;
        hasPayload = true;
        isUnwritten = true;
        emit(arrival.payload, arrival.issues, arrival.body);
        write();
      },
      hear: (next) => {
        sourceReport = next;
        failingSince = next.type === "failed" ? failingSince ?? time() : null;
        // That it begins says nothing new to those who have a payload already.
        if (next.type !== "loading" || !hasPayload) tell(next);
        if (next.type === "ok") beat();
      },
    });
  };
  const stopFollowing = () => {
    const ended = following;
    following = null;
    sourceReport = null;
    failingSince = null;
    if (ended !== null) attempt(ended.stop, () => {});
  };

  const write = () => {
    writing ??= writeOn().catch(() => {}).finally(() => {
      writing = null;
    });
  };
  const writeOn = async () => {
    while (isUnwritten && isHolder && own !== null && !isStopped) {
      isUnwritten = false;
      const kept = keepPayload(own, clock.now());
      if (kept === null) return;
      const { date, digest, isRaw, body } = kept;
      try {
        const reply = String(
          await run(
            putScript,
            "write the payload",
            [id, date, digest, isRaw ? "1" : "0", body, channel],
            bodyTimeout,
          ),
        );
        if (reply === "older") await fetch();
        else if (reply === "") isUnwritten = true;
        else known = reply;
        if (reply === "") return;
      } catch (error) {
        // The next beat tries again.
        isUnwritten = true;
        throw error;
      }
    }
  };
  const fetch = async () => {
    const fields = ["body", "isRaw", "version", "digest"];
    const reply = await commands.ask(
      "read the payload",
      ["HMGET", key, ...fields],
      key,
      bodyTimeout,
    );
    const [body, isRaw, version, digest] = reply as readonly unknown[];
    if (typeof body !== "string" || isStopped) return;
    const { readBody } = source as PayloadSource;
    const read = await readKept(body, isRaw === "1", readBody);
    if (isStopped) return;
    known = `${version}:${digest ?? ""}`;
    if ("type" in read) return tell(read);
    hasPayload = true;
    emit(read.payload, read.issues, read.body);
  };

  const beatOnce = async () => {
    const wanted = time() >= abstainUntil;
    const reply = await run(attendScript, "ask for the payload", [
      id,
      String(lease),
      wanted ? "1" : "0",
      isHolder ? stateOf(sourceReport) : "",
    ]);
    if (isStopped) return;
    const [holds, version, age, state] = reply as readonly unknown[];
    goneSince = null;
    isHolder = Number(holds) === 1;
    if (isHolder) {
      // A new holder begins with what the fleet has.
      if (version !== "" && version !== known && own === null) await fetch();
      startFollowing();
      if (version === "" && own !== null) isUnwritten = true;
      if (isUnwritten) write();
      await yieldIfFailing();
      return;
    }
    stopFollowing();
    own = null;
    isUnwritten = false;
    if (version !== "" && version !== known) await fetch();
    if (!hasPayload) return;
    const isCurrent = state === "ok" && Number(age) <= 2 * lease;
    tell(
      isCurrent
        ? { type: "ok", updates: isListening ? "streaming" : "polling" }
        : { type: "cached", age: Math.max(0, Number(age)) },
    );
  };
  // Another process may reach the source.
  const yieldIfFailing = async () => {
    if (failingSince === null || time() - failingSince < patience) return;
    abstainUntil = time() + 2 * patience;
    isHolder = false;
    await run(yieldScript, "yield", [id, channel]);
  };
  const onGone = () => {
    goneSince ??= time();
    const isLong = time() - goneSince >= patience;
    if (!hasPayload || isLong) startFollowing();
    else if (following === null) {
      tell({ type: "cached", age: time() - goneSince });
    }
  };
  function beat(): void {
    isBeatDue = true;
    beating ??= beatOn().finally(() => {
      beating = null;
    });
  }
  const beatOn = async () => {
    while (isBeatDue && !isStopped) {
      isBeatDue = false;
      cancelBeat();
      try {
        await beatOnce();
      } catch {
        if (!isStopped) onGone();
      }
    }
    if (isStopped) return;
    cancelBeat = clock.setTimer(beat, lease / 3, false);
  };

  const connectAgain = () => {
    const retry = () => {
      isListening = false;
      if (isStopped) return;
      cancelListen = clock.setTimer(connectAgain, lease, false);
    };
    const listener = {
      onMessage: (message: string) => {
        if (isStopped) return;
        if (message === "refresh" && isHolder) {
          following?.refresh().catch(() => {});
        } else if (message !== "refresh") beat();
      },
      onReady: () => {
        isListening = true;
        beat();
      },
      onEnd: retry,
    };
    listen(
      setting.client,
      setting.subscriber,
      channel,
      listener,
      stopping.signal,
    ).catch(retry);
  };
  beat();
  connectAgain();

  return {
    refresh: async () => {
      if (following !== null) return await following.refresh();
      await commands.ask("refresh", ["PUBLISH", channel, "refresh"], key);
      await fetch();
    },
    stop: () => {
      isStopped = true;
      cancelBeat();
      cancelListen();
      stopping.abort();
      stopFollowing();
      if (isHolder) run(yieldScript, "yield", [id, channel]).catch(() => {});
    },
  };
}

function stateOf(report: SourceReport | null): string {
  if (report === null || report.type === "loading") return "";
  return report.type === "failed" ? report.code : report.type;
}

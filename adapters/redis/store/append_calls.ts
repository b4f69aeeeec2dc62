import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { CheckedEvent } from "../../log/check_event.ts";
import { checkEvents } from "../../log/check_events.ts";
import { checkLane } from "../../log/port/check_lane.ts";
import type {
  AppendOptions,
  EventStore,
  StoredEvent,
} from "../../log/port/event_store.ts";
import { exposureKey } from "../../log/port/exposure_key.ts";
import { createRedisError } from "../client/redis_failure.ts";
import type { RedisCommands } from "../client/create_commands.ts";
import { appendScript } from "../scripts/append_script.ts";
import type { ClaimedNames } from "./create_claimed_names.ts";
import type { LogAccess, LogAnswer } from "./create_log_access.ts";
import type { MarkKeys } from "./create_mark_keys.ts";
import { escapeText, readEvent, writeEvent } from "./record_text.ts";
import type { RedisReplicas } from "./redis_store_options.ts";

/** What appending needs. */
export interface AppendSetting {
  readonly access: LogAccess;
  readonly commands: RedisCommands;
  readonly key: string;
  readonly channel: string;
  readonly keys: MarkKeys;
  readonly names: ClaimedNames;
  readonly replicas: RedisReplicas | undefined;
  /** Is told what the log has come to, and how many events were given. */
  readonly onAppended: (answer: LogAnswer, count: number) => void;
}

/** The most events of one call: a script that took more would hold up all others. */
const most = 10_000;

/** Makes the `append` of a store. */
export function appendCall(setting: AppendSetting): EventStore["append"] {
  const { access, channel, keys, names, replicas } = setting;
  return async (events, { lane, exposureAge = 0 }: AppendOptions = {}) => {
    checkLane(lane);
    const checked = checkEvents(events);
    if (checked.length > most) {
      throw new RangeError(
        `Cannot append events: the current number is ${checked.length}, and at most ${most} go at once`,
      );
    }
    const escaped = lane === undefined ? "" : escapeText(lane);
    const args = [
      escaped,
      String(exposureAge > 0 ? exposureAge : 0),
      channel,
      replicas === undefined ? "" : "1",
      names.of(escaped).map((name) => `${name}\n`).join(""),
    ];
    for (const each of checked) {
      args.push(escapeText(each.event.id), markOf(each, keys, exposureAge));
      args.push(writeEvent(each));
    }
    const answer = await access.run(appendScript, {
      task: "append events",
      args,
    });
    const stored = answer.result.map((word, index) =>
      readWord(word, checked[index]!.event)
    );
    const newest = newestOf(answer.result, stored);
    if (newest !== null) access.see(newest.position, escapeText(newest.id));
    if (replicas !== undefined) await waitFor(setting, replicas);
    setting.onAppended(answer, checked.length);
    return stored;
  };
}

function markOf(
  { event }: CheckedEvent,
  keys: MarkKeys,
  exposureAge: number,
): string {
  const key = exposureAge > 0 ? exposureKey(event) : null;
  return key === null ? "" : keys.of(key);
}

function readWord(word: unknown, event: NewEvent): StoredEvent {
  if (typeof word !== "string") return { ...event, position: Number(word) };
  const end = word.indexOf("\n");
  const position = Number(end < 0 ? word.slice(1) : word.slice(1, end));
  switch (word[0]) {
    case "k":
      return readEvent(word.slice(end + 1), position)?.event ??
        { ...event, position };
    case "r":
      return { ...event, position, isRepeated: true };
    case "p":
      return { ...event, position };
    default:
      // A client that gives whole numbers as texts.
      return { ...event, position: Number(word) };
  }
}

function newestOf(
  words: readonly unknown[],
  stored: readonly StoredEvent[],
): StoredEvent | null {
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index];
    if (typeof word !== "string" || /^\d/.test(word)) return stored[index]!;
  }
  return null;
}

async function waitFor(
  { commands, key }: AppendSetting,
  { count, timeout = 1_000 }: RedisReplicas,
): Promise<void> {
  const task = "append events safely";
  const command = ["WAIT", String(count), String(timeout)];
  const reply = await commands.ask(task, command, key, timeout + 5_000);
  if (Number(reply) >= count) return;
  throw createRedisError(task, {
    code: "unreachable",
    message: `${Number(reply)} of ${count} replicas have the events`,
  });
}

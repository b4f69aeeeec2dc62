import { checkIds } from "../../log/port/check_ids.ts";
import { type ErasedUser, isAbout } from "../../log/port/is_about.ts";
import type { ParkedOperations } from "../../log/port/operations.ts";
import type { ParkedEvent } from "../../log/port/parked_event.ts";
import {
  dropParkedScript,
  parkedNamesScript,
  parkedScript,
  parkScript,
  redeliverScript,
  unparkScript,
} from "../scripts/parked_scripts.ts";
import { storeKey } from "./consumer_calls.ts";
import type { Holder } from "./create_holder.ts";
import type { LogAccess } from "./create_log_access.ts";
import { escapeText } from "./record_text.ts";

/** The part of a store that has to do with parked events. */
export interface ParkedCalls extends ParkedOperations {
  /** Removes what is parked of a user, whatever the name. */
  readonly eraseParked: (user: ErasedUser) => Promise<void>;
}

/** How many bytes of parked events are read at once. */
const page = 1_000_000;

/** The operations of a store on parked events. `channel` is where readers are woken, `wake` wakes those here. */
export function parkedCalls(
  access: LogAccess,
  holder: Holder,
  { channel, wake }: { readonly channel: string; readonly wake: () => void },
): ParkedCalls {
  const ask = async (
    script: typeof parkScript,
    task: string,
    args: readonly string[],
  ) => (await access.run(script, { task, args })).result;
  const list = async (name: string): Promise<readonly ParkedEvent[]> => {
    const found: ParkedEvent[] = [];
    for (let from = "-inf"; from !== "";) {
      const [next, ...rest] = await ask(
        parkedScript,
        "read what is parked",
        [name, from, String(page)],
      );
      for (let index = 0; index < rest.length; index += 2) {
        const each = readParked(rest[index], String(rest[index + 1]));
        if (each !== null) found.push(each);
      }
      from = String(next);
    }
    return found;
  };
  return {
    park: async (key, owner, events) => {
      const stored = storeKey(key, owner);
      const args = events.flatMap(({ event, reason, attempts, message }) => {
        const text = JSON.stringify(event);
        const about = JSON.stringify([reason, attempts, message]);
        return [escapeText(event.id), String(text.length), `${about}\n${text}`];
      });
      const [isDone] = await ask(parkScript, "park events", [
        ...[stored.key, stored.owner, holder.id(), stored.name],
        ...args,
      ]);
      return Number(isDone) === 1;
    },
    parked: (name) => list(escapeText(name)),
    redeliver: async (name, ids) => {
      checkIds(ids);
      const [count] = await ask(redeliverScript, "redeliver", [
        ...[escapeText(name), channel],
        ...ids === undefined ? ["all"] : ["some", ...ids.map(escapeText)],
      ]);
      if (Number(count) > 0) wake();
      return Number(count);
    },
    unpark: async (key, owner, ids) => {
      const stored = storeKey(key, owner);
      const [isDone] = await ask(unparkScript, "unpark events", [
        ...[stored.key, stored.owner, holder.id(), stored.name],
        ...ids.map(escapeText),
      ]);
      return Number(isDone) === 1;
    },
    eraseParked: async (user) => {
      const names = await ask(parkedNamesScript, "erase", []);
      for (const name of names) {
        const ids = (await list(String(name)))
          .filter(({ event }) => isAbout(event, user))
          .map(({ event }) => escapeText(event.id));
        if (ids.length === 0) continue;
        await ask(dropParkedScript, "erase", [String(name), ...ids]);
      }
    },
  };
}

// In front of the text of the event is when it was parked, its size, and why. Null where it is none of ours.
function readParked(isDue: unknown, text: string): ParkedEvent | null {
  const start = text.indexOf("[");
  const end = text.indexOf("\n");
  try {
    const [reason, attempts, message] = JSON.parse(text.slice(start, end));
    return {
      event: JSON.parse(text.slice(end + 1)),
      reason,
      attempts,
      message,
      time: Number(text.slice(0, text.indexOf(" "))),
      isDue: Number(isDue) === 1,
    };
  } catch {
    return null;
  }
}

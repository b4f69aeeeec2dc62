import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { checkPosition } from "../../log/check_position.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import { readScript } from "../scripts/read_script.ts";
import type { LogAccess } from "./create_log_access.ts";
import type { StatusKeeper } from "./create_status.ts";
import { escapeText, type KeptEvent, readEvent } from "./record_text.ts";

/** How many events are read at once, and how many bytes. */
const pageEvents = 1_000;
const pageBytes = 1_000_000;

/** A part of a log. */
export interface LogPage {
  /** The events. */
  readonly events: readonly KeptEvent[];
  /** The position up to which the log was read. */
  readonly through: number;
  /** The position at which the log ends. */
  readonly last: number;
}

/** Makes what reads a page of a log: at most so many events after a position. */
export function pageReader(
  access: LogAccess,
  status: Pick<StatusKeeper, "warn">,
): (
  task: string,
  after: number,
  limit: number,
  lane?: string,
) => Promise<LogPage> {
  let isTold = false;
  return async (task, after, limit, lane = "") => {
    const { last, result } = await access.run(readScript, {
      task,
      args: [
        String(after),
        String(Math.min(limit, pageEvents)),
        escapeText(lane),
        String(pageBytes),
      ],
    });
    const [through, gone, ...rest] = result;
    let missing = Number(gone);
    const events: KeptEvent[] = [];
    for (let index = 0; index < rest.length; index += 2) {
      const event = readEvent(String(rest[index + 1]), Number(rest[index]));
      if (event === null) missing++;
      else events.push(event);
    }
    // A reader meets the same ones each time, page by page.
    if (missing > 0 && !isTold) {
      isTold = true;
      status.warn(
        "lost-events",
        `Redis lost ${missing} events of the log, or more, after position ${after}: its memory policy may evict them, or another program writes there`,
      );
    }
    return { events, through: Number(through), last };
  };
}

/** Makes the `read` of a store. */
export function readCall(
  readPage: ReturnType<typeof pageReader>,
  access: Pick<LogAccess, "see">,
): EventStore["read"] {
  return async (after, limit = 1_000, lane) => {
    let from = checkPosition("after", after);
    const most = checkPosition("limit", limit);
    const found: RecordedEvent[] = [];
    // One page at least, since a closed store rejects.
    do {
      const page = await readPage(
        "read events",
        from,
        most - found.length,
        lane,
      );
      for (const { event, lane: own } of page.events) {
        if (lane !== "" || own === "") found.push(event);
      }
      if (page.through <= from || page.through >= page.last) break;
      from = page.through;
    } while (found.length < most);
    const newest = found.at(-1);
    if (newest !== undefined) {
      access.see(newest.position, escapeText(newest.id));
    }
    return found;
  };
}

/** What tells where a log begins and ends. */
export interface PositionCalls {
  /** The `positions` of a store. */
  readonly positions: EventStore["positions"];
  /** Gives something that differs where there is something new. */
  readonly look: () => Promise<string>;
}

/** Makes it. */
export function positionCalls(access: LogAccess): PositionCalls {
  const ask = () =>
    access.run(readScript, {
      task: "read the positions",
      args: ["0", "0", "", "0"],
    });
  return {
    positions: async () => {
      const { first, last } = await ask();
      const moves = access.moves();
      return {
        first: last === 0 ? 0 : first,
        last,
        ...(moves === 0 ? {} : { moves }),
      };
    },
    look: async () => {
      const { last } = await ask();
      return `${last} ${access.moves()}`;
    },
  };
}

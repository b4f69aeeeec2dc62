import { checkPosition } from "../../log/check_position.ts";
import { checkLane } from "../../log/port/check_lane.ts";
import type { StorePositions } from "../../log/port/event_store.ts";
import type { Clock } from "../../support/time/clock.ts";
import { createExposureForms } from "../blocks/exposure_forms.ts";
import { prepareEvents } from "../blocks/prepare_events.ts";
import { readEvents } from "../blocks/read_events.ts";
import type { Connection } from "../file/connection.ts";
import type { Access } from "../file/create_access.ts";
import { readNumber } from "../file/read_number.ts";
import { writeText } from "../file/stored_text.ts";
import type { Marks } from "../marks/create_marks.ts";
import type { SqliteStore } from "../sqlite_options.ts";
import { appendEvents } from "./append_events.ts";
import type { Retain } from "./create_retention.ts";

/** What {@linkcode eventOperations} needs. */
export interface EventSetting {
  readonly access: Access;
  /** The marks of exposures; null where nothing is marked. */
  readonly marks: Marks | null;
  /** Keeps the log within its bounds. */
  readonly retain: Retain;
  /** Tells the time. */
  readonly clock: Pick<Clock, "now">;
  /** Is called where events were appended. */
  readonly wake: () => void;
}

/** The operations of a store that append events, and read what was appended. */
export function eventOperations(
  { access, marks, retain, clock, wake }: EventSetting,
): Pick<SqliteStore, "append" | "read" | "positions" | "payload"> {
  const { use } = access;
  const findForm = createExposureForms();

  return {
    append: async (events, { lane, exposureAge = 0 } = {}) => {
      checkLane(lane);
      const prepared = prepareEvents(events, findForm);
      const recorded = await use("append", (connection) => {
        const now = clock.now();
        const recorded = appendEvents(connection, prepared, {
          lane: lane ?? null,
          exposureAge,
          now,
          marks,
        });
        retain(connection, recorded);
        return recorded;
      });
      if (recorded.length > 0) wake();
      return recorded;
    },
    read: async (after, limit = 1000, lane) => {
      const from = checkPosition("after", after);
      const most = checkPosition("limit", limit);
      return await use(
        "read",
        ({ statements }) => readEvents(statements, from, most, lane),
      );
    },
    positions: () =>
      use("read the positions", (connection) => {
        const positions = readPositions(connection);
        const moves = access.moves(positions.last);
        return moves === 0 ? positions : { ...positions, moves };
      }),
    payload: (digest) =>
      use("read a payload", ({ statements }) => {
        const row = statements.payload.get(writeText(digest));
        return row === undefined ? null : JSON.parse(
          (row as unknown as { readonly payload: string }).payload,
        );
      }),
  };
}

function readPositions({ statements }: Connection): StorePositions {
  const last = readNumber(statements.last.get());
  const first = readNumber(statements.first.get());
  return { first: first === 0 && last > 0 ? last + 1 : first, last };
}

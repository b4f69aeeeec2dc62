import {
  parkedBounds,
  type ParkedEvent,
  type ParkingEvent,
  type ParkReason,
} from "../../log/port/parked_event.ts";
import { type ErasedUser, isAbout } from "../../log/port/is_about.ts";
import { ifIntact } from "../blocks/if_intact.ts";
import type { Connection } from "../file/connection.ts";
import { writeText } from "../file/stored_text.ts";

interface Row {
  readonly event: string;
  readonly reason: string;
  readonly attempts: number;
  readonly message: string;
  readonly time: number;
  readonly due: number;
}

/** Adds events to the list of a name, in the place of those with their ids, and keeps it bounded. */
export function parkEvents(
  { statements }: Connection,
  name: string,
  events: readonly ParkingEvent[],
  now: number,
): void {
  for (const { event, reason, attempts, message } of events) {
    const id = writeText(event.id);
    const text = JSON.stringify(event);
    statements.unpark.run(name, id);
    statements.park.run(
      ...[name, id, text, reason, attempts, JSON.stringify(message)],
      ...[now, text.length],
    );
  }
  statements.removeOldParked.run(name, now - parkedBounds.age);
  statements.removeManyParked.run(name, parkedBounds.events);
  statements.removeLargeParked.run(name, parkedBounds.characters);
}

/** Gives what a name has parked, oldest first, but for what is damaged. */
export function listParked(
  { statements }: Connection,
  name: string,
  now: number,
): readonly ParkedEvent[] {
  const rows = statements.parked.all(
    name,
    now - parkedBounds.age,
  ) as unknown as readonly Row[];
  return rows.flatMap(({ event, reason, attempts, message, time, due }) =>
    ifIntact(() => [{
      event: JSON.parse(event),
      reason: reason as ParkReason,
      attempts,
      message: JSON.parse(message),
      time,
      isDue: due === 1,
    }], [])
  );
}

/** Marks events as due, all of them without ids, and gives how many were not. */
export function makeDue(
  { statements }: Connection,
  name: string,
  ids: readonly string[] | undefined,
): number {
  if (ids === undefined) {
    return Number(statements.redeliverAll.run(name).changes);
  }
  return ids.reduce(
    (count, id) =>
      count + Number(statements.redeliver.run(name, writeText(id)).changes),
    0,
  );
}

/** Removes the parked events that are about a user, whatever the name. */
export function eraseParked(
  { statements }: Connection,
  user: ErasedUser,
): void {
  let after = 0;
  for (;;) {
    const rows = statements.allParked.all(after) as unknown as readonly {
      readonly seq: number;
      readonly event: string;
    }[];
    if (rows.length === 0) return;
    for (const { seq, event } of rows) {
      // Nobody can tell whom one is about that is damaged.
      const isGone = ifIntact(() => isAbout(JSON.parse(event), user), true);
      if (isGone) statements.removeParked.run(seq);
      after = seq;
    }
  }
}

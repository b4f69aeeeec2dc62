import {
  type AnyProjection,
  type Projections,
  type Replay,
  replay,
} from "../../../core/events/projections/replay.ts";
import type { EventStore } from "../../log/port/event_store.ts";

/** One projection on its way through a log. */
export interface ProjectionFold {
  /** The name under which it was given. */
  readonly name: string;
  /** The projection. */
  readonly projection: AnyProjection;
  /** Where it began. */
  readonly start: FoldProgress;
  /** What it has come to. */
  readonly folded: Replay<Projections>;
}

/** How far a projection is. */
export type FoldProgress = Pick<Replay<Projections>, "position" | "count">;

/** How many events are read at once; others get their turn in between. */
const page = 2000;

/** Starts a projection, from the beginning of a log or from what it had come to. */
export function beginFold(
  name: string,
  projection: AnyProjection,
  start: FoldProgress & { readonly state: unknown } = {
    position: 0,
    count: 0,
    state: projection.initial,
  },
): ProjectionFold {
  const { position, count, state } = start;
  const states = { [name]: state } as Replay<Projections>["states"];
  return {
    name,
    projection,
    start: { position, count },
    folded: { states, position, count, failures: [] },
  };
}

/**
 * Folds projections to the end of a log, each from where it is, and reads the log once for all of them.
 */
export async function continueFolds(
  store: Pick<EventStore, "read">,
  starts: readonly ProjectionFold[],
): Promise<readonly ProjectionFold[]> {
  if (starts.length === 0) return starts;
  let folds = starts;
  let position = Math.min(...folds.map(({ folded }) => folded.position));
  let events = await store.read(position, page);
  while (events.length > 0) {
    const read = events;
    // Each passes over what it has had.
    folds = folds.map((fold) => ({
      ...fold,
      folded: replay(read, { [fold.name]: fold.projection }, {
        from: fold.folded,
      }),
    }));
    position = events.at(-1)!.position;
    events = await store.read(position, page);
  }
  return folds;
}

/** How many events before its position a projection doesn't know: positions are given without gaps. */
export function missedEvents({ position, count }: FoldProgress): number {
  return position - count;
}

import { showValue } from "../../payload/read/show_value.ts";
import { isObject } from "../../support/read_own.ts";
import { checkList } from "../check_list.ts";
import type { Projection } from "./projection.ts";
import type { NewEvent, RecordedEvent } from "../types/recorded_event.ts";

/** Projections by the names under which their states are given. */
export interface Projections {
  /** A projection, of whatever state. */
  readonly [name: string]: AnyProjection;
}

/** A projection of whatever state. */
export interface AnyProjection
  extends Omit<Projection<unknown>, "evolve" | "fold" | "pack"> {
  /** What is known after an event. It is given states of its own alone. */
  readonly evolve: (state: never, event: NewEvent) => unknown;
  /** What is known after some events, where there is a faster way than one after the other. */
  readonly fold?: (state: never, events: readonly NewEvent[]) => unknown;
  /** The same state in a form that is quicker to write down and to bring back. */
  readonly pack?: (state: never) => unknown;
}

/** The states of some projections. */
export type ProjectedStates<Given extends Projections> = {
  readonly [Name in keyof Given]: Given[Name] extends Projection<infer State>
    ? State
    : never;
};

/** How far to go. */
export interface ReplayLimit {
  /** The last position that counts. */
  readonly position?: number;
  /** The latest time that counts, in milliseconds since 1970. */
  readonly time?: number;
}

/** A projection that threw. */
export interface ProjectionFailure {
  /** The name under which it was given. */
  readonly name: string;
  /** The position of the event on which it threw. */
  readonly position: number;
  /** What it threw. */
  readonly error: unknown;
}

/** What projections make of events. */
export interface Replay<Given extends Projections> {
  /** Their states. That of one that threw is from before the event on which it did. */
  readonly states: ProjectedStates<Given>;
  /** The position of the last event that counted; that of `from`, or 0, where none did. */
  readonly position: number;
  /** How many events counted. */
  readonly count: number;
  /** The projections that threw. They got no event after that. */
  readonly failures: readonly ProjectionFailure[];
}

/** How to replay. */
export interface ReplayOptions<Given extends Projections> {
  /** How far to go; to the end when absent. */
  readonly until?: ReplayLimit;
  /** Where to go on: what an earlier replay, or a snapshot, came to. */
  readonly from?: Replay<Given>;
}

/**
 * Folds projections over events, up to a position or a time: what was known then.
 *
 * `events` are in the order of their positions. `until.position` ends the replay. `until.time` passes
 * over what happened later, wherever it stands: clocks differ, and one event from the future must not
 * hide those after it. With `from` it goes on where an earlier replay ended, and events up to there
 * are passed over; that is how a log is replayed in pieces.
 *
 * A projection that throws hurts only itself: it keeps its last state and gets no more events, since a
 * state that lacks one in the middle is the state of nothing. Throws a `TypeError` where `events` is not a list,
 * such as the promise of one, or `projections` is not an object; and what the iteration of `events` throws.
 *
 * @example
 * ```ts
 * import { featureUsage, listFeatureUsage, replay } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const data = { featureKey: "cta", value: 1, source: "force", ruleId: "", count: 2 };
 * const events = [1, 2, 3].map((position) => ({
 *   id: `0199b2c4-6c00-7000-8000-00000000000${position}`,
 *   position,
 *   time: 1_760_000_000_000 + position,
 *   type: "feature.evaluated",
 *   version: 1,
 *   data,
 * }));
 * const { states } = replay(events, { featureUsage }, { until: { position: 2 } });
 * assertEquals(listFeatureUsage(states.featureUsage)[0]?.count, 4);
 * ```
 */
export function replay<Given extends Projections>(
  events: Iterable<RecordedEvent>,
  projections: Given,
  options?: ReplayOptions<Given>,
): Replay<Given> {
  checkList(events, "replay events");
  if (!isObject(projections)) {
    throw new TypeError(
      `Cannot replay events: projections by name are needed, the current value is ${
        showValue(projections)
      }`,
    );
  }
  const { until, from } = options ?? {};
  const folds = Object.entries(projections).map(([name, projection]) =>
    startFold(name, projection, from)
  );
  const last = until?.position ?? Infinity;
  const latest = until?.time ?? Infinity;
  let position = from?.position ?? 0;
  let count = 0;
  let batch: RecordedEvent[] = [];
  for (const event of events) {
    if (event.position > last) break;
    if (event.position <= position || event.time > latest) continue;
    position = event.position;
    count++;
    batch.push(event);
    if (batch.length === batchSize) {
      for (const fold of folds) foldBatch(fold, batch);
      batch = [];
    }
  }
  for (const fold of folds) foldBatch(fold, batch);
  return {
    states: Object.fromEntries(
      folds.map(({ name, state }) => [name, state]),
    ) as ProjectedStates<Given>,
    position,
    count: count + (from?.count ?? 0),
    failures: folds.flatMap(({ failure }) => failure === null ? [] : [failure]),
  };
}

/** How many events are folded at once. */
const batchSize = 10_000;

/** A projection on its way through the events. */
interface Fold {
  readonly name: string;
  readonly projection: Projection<unknown>;
  state: unknown;
  failure: ProjectionFailure | null;
}

function startFold<Given extends Projections>(
  name: string,
  projection: AnyProjection,
  from: Replay<Given> | undefined,
): Fold {
  const state = from !== undefined && Object.hasOwn(from.states, name)
    ? from.states[name]
    : projection.initial;
  const failure = from?.failures.find((failed) => failed.name === name);
  return {
    name,
    projection: projection as Projection<unknown>,
    state,
    failure: failure ?? null,
  };
}

function foldBatch(fold: Fold, events: readonly RecordedEvent[]): void {
  const { name, projection, state } = fold;
  if (fold.failure !== null || events.length === 0) return;
  try {
    if (projection.fold !== undefined) {
      fold.state = projection.fold(state, events);
      return;
    }
  } catch {
    // One after the other tells on which event it throws.
  }
  for (const event of events) {
    try {
      fold.state = projection.evolve(fold.state, event);
    } catch (error) {
      fold.failure = { name, position: event.position, error };
      return;
    }
  }
}

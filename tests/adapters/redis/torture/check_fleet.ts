import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import { findRepeats } from "./find_repeats.ts";
import type { FleetPlan } from "./run_fleet.ts";
import { experimentKeys } from "./setting.ts";

/** What there is to know of a fleet that was run. */
export interface FleetFacts {
  readonly plan: FleetPlan;
  /** The log. */
  readonly events: readonly RecordedEvent[];
  /** The lane of each event that has one, by its id. */
  readonly lanes: ReadonlyMap<string, string>;
  /** What each pod wrote down, in words. */
  readonly journals: readonly (readonly (readonly string[])[])[];
  /** The last version of the payload. */
  readonly version: number;
  /** How long it took, in milliseconds. */
  readonly duration: number;
  /** How many pods were killed. */
  readonly kills: number;
  /** How often GrowthBook was asked. */
  readonly asked: number;
  /** How many bytes Redis used. */
  readonly memory: number;
}

/** What a model of a fleet found. */
export interface FleetFindings {
  /** Numbers for a table. */
  readonly figures: { readonly [name: string]: number };
  /** What is not as it should be, at most ten of a kind. */
  readonly faults: readonly string[];
}

/** Compares what a fleet did with what it should do: by ids and keys, not by counts. */
export function checkFleet(facts: FleetFacts): FleetFindings {
  const { plan, events, journals } = facts;
  const faults: string[] = [];
  const fault = (kind: string, items: Iterable<string>) => {
    const list = [...items];
    if (list.length === 0) return;
    faults.push(`${list.length} ${kind}: ${list.slice(0, 10).join(" ")}`);
  };
  const lines = journals.flat();
  const words = (letter: string) => lines.filter(([word]) => word === letter);
  const exposures = events.filter(({ type }) => type === "experiment.viewed");
  const stored = new Map(exposures.map((event) => [event.id, event]));

  fault("ids are stored twice", repeated(exposures.map(({ id }) => id)));
  fault(
    "positions are not one behind the other",
    events.filter(({ position }, index) => position !== index + 1)
      .map(({ position }) => String(position)),
  );
  const keys = exposures.map(({ data }) =>
    `${data.hashValue}/${data.experimentKey}`
  );
  fault("exposures are stored twice", repeated(keys));
  const users = plan.pods * plan.rounds * plan.size;
  const wanted: string[] = [];
  for (let user = 0; user < users; user++) {
    for (const key of experimentKeys) wanted.push(`${user}/${key}`);
  }
  const there = new Set(keys);
  fault("exposures are missing", wanted.filter((key) => !there.has(key)));
  fault(
    "acknowledged events are missing, or elsewhere",
    words("s").filter(([, id, position]) =>
      stored.get(id!)?.position !== Number(position)
    ).map(([, id]) => id!),
  );
  const deliveries = words("d").map(([, id]) => id!);
  const delivered = new Set(deliveries);
  fault(
    "stored events were not delivered",
    [...stored.keys()].filter((id) => !delivered.has(id)),
  );
  // While Redis is gone, `durableStore` answers from memory: an exposure that another pod stored first
  // is told by both of them. The store never said of such an event that it has it.
  const acknowledged = new Set(words("s").map(([, id]) => id!));
  const twice = [...delivered].filter((id) => !stored.has(id));
  fault(
    "events were delivered that are not stored, though Redis was there",
    plan.mishaps.length === 0
      ? twice
      : twice.filter((id) => acknowledged.has(id)),
  );
  const repeats = findRepeats(journals, facts.lanes);
  fault("events came again though they were settled", repeats.afterSettled);
  fault("events came again though nothing had failed", repeats.without);

  const shown = new Map<string, string>();
  for (const { data } of exposures) {
    shown.set(
      `${data.hashValue}/${data.experimentKey}`,
      String(data.variationId),
    );
  }
  const moved = words("v").filter(([, user, variations]) =>
    variations !== experimentKeys.map((key) => shown.get(`${user}/${key}`))
      .join(",")
  );
  fault("users were moved", moved.map(([, user]) => user!));
  const versions = journals.map((journal) =>
    journal.findLast(([word]) => word === "p")?.[1]
  );
  fault(
    "pods do not have the last payload",
    versions.filter((found) => found !== String(facts.version))
      .map((found) => `${found} of ${facts.version}`),
  );
  return {
    figures: {
      processes: plan.pods,
      seconds: Math.round(facts.duration / 1_000),
      exposures: exposures.length,
      "visits of users": words("v").length,
      "a second": Math.round(exposures.length / facts.duration * 1_000),
      "kills of pods": facts.kills,
      "acknowledged": words("s").length,
      deliveries: deliveries.length,
      repeats: repeats.count,
      "in flight when something failed": repeats.inFlight,
      "told by two pods": twice.length,
      "versions of the payload": facts.version,
      "requests to GrowthBook": facts.asked,
      "bytes an exposure": Math.round(facts.memory / exposures.length),
      errors: words("!").length,
    },
    faults,
  };
}

function repeated(texts: readonly string[]): Iterable<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const text of texts) {
    if (seen.has(text)) twice.add(text);
    seen.add(text);
  }
  return twice;
}

import { readData } from "../../../core/events/types/read_data.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { featureDependencies, type Payload } from "../../../core/mod.ts";
import {
  jsonPointer,
  placeAt,
  wholePayload,
} from "../../../core/payload/read/place.ts";
import { describeName, describeValue } from "../text/describe_value.ts";

/** For how long a feature has to be without use, or a rule without exception. */
const usagePeriod: number = 30 * 24 * 3_600_000;

/** What a log says of a payload's features. */
export interface UsageFinding {
  /** Where it is, as a JSON Pointer. */
  readonly path: string;
  /** `feature-unused`: nothing evaluated it. `rule-at-100`: one rule decided every evaluation. */
  readonly code: "feature-unused" | "rule-at-100";
  /** Neither is an error. */
  readonly severity: "warning";
  /** What there is to say, and what to do. */
  readonly message: string;
}

/** What came of reading a log for the use of features. */
export interface UsageLint {
  /** What was found. */
  readonly findings: readonly UsageFinding[];
  /** Why the log can't say more, in a line; null where it can. */
  readonly note: string | null;
}

/** When features were used last, and how their values were decided. */
interface Usage {
  first: number;
  last: number;
  evaluations: boolean;
  readonly features: Map<string, Map<string, number>>;
}

/**
 * Finds the features of a payload that a log shows no use of, and the rules that decided every
 * evaluation of their feature, with one and the same value, in the last 30 days of the log.
 *
 * Evaluations are those that the log counts (`recording.countEvaluations`), exposures count as use too, and
 * so does being a prerequisite of a used feature. A log that counts no evaluations, or that covers
 * less than 30 days, says nothing on either.
 */
export function lintUsage(
  { features }: Pick<Payload, "features">,
  events: Iterable<RecordedEvent>,
): UsageLint {
  const usage = readUsage(events);
  if (!usage.evaluations) {
    return {
      findings: [],
      note:
        "the log counts no evaluations (recording.countEvaluations), so it can't tell which features are unused",
    };
  }
  const covered = usage.last - usage.first;
  if (covered < usagePeriod) {
    const days = Math.floor(covered / usagePeriod * 30);
    return {
      findings: [],
      note:
        `the log covers ${days} days, and it takes 30 to tell which features are unused`,
    };
  }
  const since = usage.last - usagePeriod;
  const used = new Set<string>();
  for (const [key, reasons] of usage.features) {
    if (Math.max(...reasons.values()) < since) continue;
    for (const each of featureDependencies({ features }, key).features) {
      used.add(each);
    }
  }
  return {
    note: null,
    findings: Object.keys(features).flatMap((key) =>
      used.has(key)
        ? findSettled(features, key, usage.features.get(key), since)
        : [{
          path: jsonPointer(placeAt(placeAt(wholePayload, "features"), key)),
          code: "feature-unused",
          severity: "warning",
          message:
            "Nothing has evaluated this feature for 30 days: remove it, and the code that asks for it",
        }]
    ),
  };
}

function readUsage(events: Iterable<RecordedEvent>): Usage {
  const usage: Usage = {
    first: Infinity,
    last: -Infinity,
    evaluations: false,
    features: new Map(),
  };
  const use = (key: string, reason: string, time: number) => {
    const reasons = usage.features.get(key) ?? new Map<string, number>();
    usage.features.set(key, reasons);
    reasons.set(reason, Math.max(reasons.get(reason) ?? -Infinity, time));
  };
  for (const event of events) {
    const { time } = event;
    usage.first = Math.min(usage.first, time);
    usage.last = Math.max(usage.last, time);
    const evaluated = readData(event, "feature.evaluated");
    if (evaluated !== null) {
      const { featureKey, value, source, ruleId } = evaluated;
      usage.evaluations = true;
      use(featureKey, JSON.stringify([ruleId, source, value]), time);
    }
    const exposure = readData(event, "experiment.viewed");
    for (const key of [exposure?.featureId, exposure?.askedFeatureId]) {
      // An exposure shows that a feature is used, and not which values it has for other users.
      if (typeof key === "string") use(key, "", time);
    }
  }
  return usage;
}

function findSettled(
  features: Payload["features"],
  key: string,
  reasons: ReadonlyMap<string, number> | undefined,
  since: number,
): readonly UsageFinding[] {
  const recent = [...reasons ?? []].filter(([reason, time]) =>
    reason !== "" && time >= since
  );
  const [only, ...others] = recent;
  if (only === undefined || others.length > 0) return [];
  const [ruleId, , value] = JSON.parse(only[0]) as [string, string, unknown];
  const rules = Object.hasOwn(features, key) ? features[key]?.rules : undefined;
  const index = Array.isArray(rules) && ruleId !== ""
    ? rules.findIndex((rule) => rule?.id === ruleId)
    : -1;
  if (index < 0) return [];
  const path = ["features", key, "rules", index].reduce(placeAt, wholePayload);
  return [{
    path: jsonPointer(path),
    code: "rule-at-100",
    severity: "warning",
    message: `Rule ${
      describeName(ruleId)
    } has decided every evaluation for 30 days, with the value ${
      describeValue(value)
    }: make that the value, and remove the feature`,
  }];
}

import type { EventUser, RecordLevel } from "../../core/events/event_user.ts";
import { readUser } from "../../core/events/read_user.ts";
import type { ExperimentResult } from "../../core/types/result.ts";
import { dependenciesOf } from "./dependencies_of.ts";
import type { Scope } from "./scope.ts";

/**
 * Gives what an event keeps of the user it is about.
 *
 * `key` is the feature that was asked for; null where there was none. `result` is the outcome of an
 * experiment; null for an event without one, of which only `"all"` keeps anything.
 */
export function describeUser(
  level: RecordLevel,
  scope: Scope,
  key: string | null,
  result: ExperimentResult | null,
): EventUser {
  const { attributes, attributeOverrides, url } = scope.context();
  const payload = scope.payload();
  const read = level !== "decision" || payload === null || key === null
    ? null
    : dependenciesOf(payload, key);
  return readUser(level, {
    attributes: { ...attributes, ...attributeOverrides },
    url,
    hashAttribute: result?.hashAttribute,
    hashValue: result?.hashValue,
    readAttributes: read?.attributes,
    readsUrl: read?.url,
  });
}

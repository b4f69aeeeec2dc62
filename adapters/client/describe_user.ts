import { featureDependencies } from "../../core/feature/feature_dependencies.ts";
import type { EventUser, RecordLevel } from "../../core/events/event_user.ts";
import type { JsonObject } from "../../core/types/json.ts";
import type { ExperimentResult } from "../../core/types/result.ts";
import { toJson } from "../support/to_json.ts";
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
  const identity = result === null
    ? {}
    : { [result.hashAttribute]: toJson(result.hashValue) };
  if (level === "identity") return { level, attributes: identity };
  const { attributes, attributeOverrides, url = "" } = scope.context();
  const all = { ...attributes, ...attributeOverrides };
  if (level === "all") return { level, attributes: toJson(all) as JsonObject, url };
  const payload = scope.payload();
  if (payload === null || key === null) return { level, attributes: identity };
  const read = featureDependencies(payload, key);
  const names = read.attributes.filter((name) => Object.hasOwn(all, name));
  const kept = Object.fromEntries(
    names.map((name) => [name, toJson(all[name])]),
  );
  return {
    level,
    attributes: { ...kept, ...identity },
    ...(read.url ? { url } : {}),
  };
}

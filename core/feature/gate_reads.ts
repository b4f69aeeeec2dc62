import type { OwnRuleGateName, RuleGateName } from "../gates/rule_gates.ts";
import { hasParts, partOf } from "./definition_parts.ts";
import type { GateName } from "../types/explanation.ts";

/** Tells what a gate may read of a context where a rule or an experiment has these fields. */
export type Reads = (definition: Fields, reader: Reader) => void;

/** The fields of a definition, whatever they are. */
export interface Fields {
  /** The value of a field. */
  readonly [name: string]: unknown;
}

/** Gathers what may be read. */
export interface Reader {
  /** An attribute of the user, by its top-level name. */
  readonly attribute: (name: unknown) => void;
  /** What a condition on the user reads. */
  readonly condition: (condition: unknown) => void;
  /** Another feature, whose value is held against a condition. */
  readonly parent: (key: unknown, condition: unknown) => void;
  /** The URL. */
  readonly url: () => void;
  /** The legacy groups. */
  readonly groups: () => void;
  /** The sticky buckets. */
  readonly stickyBuckets: () => void;
}

/** What each gate of a rule may read of a context. */
export const ruleReads: { readonly [Name in RuleGateName]: Reads } = {
  rule: readNothing,
  prerequisites: readParents,
  filters: readFilters,
  condition: readCondition,
  rollout: readRollout,
};

/**
 * What each gate of an experiment may read of a context. `enabled`, `qaMode` and `forcedVariations`
 * count for every experiment, and are not listed.
 */
export const experimentReads: {
  readonly [Name in Exclude<GateName, OwnRuleGateName>]: Reads;
} = {
  variations: readNothing,
  enabled: readNothing,
  urlPatterns: ({ urlPatterns }, { url }) => {
    if (urlPatterns) url();
  },
  queryString: (_, { url }) => url(),
  forcedVariation: readNothing,
  status: readNothing,
  hashValue: readIdentity,
  stickyBucket: readIdentity,
  filters: readFilters,
  // Its hash is that of the value which the gate before it has read.
  namespace: readNothing,
  include: readNothing,
  condition: readCondition,
  prerequisites: readParents,
  groups: (definition, { groups }) => {
    if (definition["groups"]) groups();
  },
  url: (definition, { url }) => {
    if (definition["url"]) url();
  },
  bucket: readNothing,
  stickyVersion: readNothing,
  coverage: readNothing,
  force: readNothing,
  qaMode: readNothing,
};

function readNothing(): void {}

// The attributes that may decide a bucket, and the documents of both.
function readIdentity(
  { hashAttribute, fallbackAttribute, disableStickyBucketing }: Fields,
  { attribute, stickyBuckets }: Reader,
): void {
  attribute(hashAttribute || "id");
  if (disableStickyBucketing) return;
  stickyBuckets();
  attribute(fallbackAttribute || "id");
}

function readRollout(definition: Fields, reader: Reader): void {
  if (!Object.hasOwn(definition, "force")) return;
  if (definition["range"] || definition["coverage"] !== undefined) {
    readIdentity(definition, reader);
  }
}

function readFilters({ filters }: Fields, { attribute }: Reader): void {
  for (const filter of entriesOf(filters)) {
    attribute(partOf(filter, "attribute") || "id");
  }
}

function readCondition({ condition }: Fields, reader: Reader): void {
  reader.condition(condition);
}

// The parents, and what their conditions name.
function readParents({ parentConditions }: Fields, { parent }: Reader): void {
  for (const each of entriesOf(parentConditions)) {
    parent(partOf(each, "id"), partOf(each, "condition"));
  }
}

/** Gives the entries of what should be a list, as far as there are any. */
export function entriesOf(list: unknown): readonly unknown[] {
  return hasParts(list) ? Object.values(list) : [];
}

import type { ConditionFailure } from "../../../core/mod.ts";
import type {
  RecordOperator,
  ValueOperator,
} from "../../../core/types/condition.ts";
import { describeName, describeValue } from "../text/describe_value.ts";

/**
 * Tells in one phrase why a condition failed: what was found, and what was expected instead. Of
 * `$or` it tells why the first alternatives failed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const failure = { path: "country", operator: "$in", expected: ["fr", "be"], actual: "de" };
 * assertEquals(describeFailure(failure), 'country is "de", not in ["fr","be"]');
 * ```
 */
export function describeFailure(failure: ConditionFailure): string {
  const { path, operator, expected, actual } = failure;
  if (path === "" && isIn(logicalPhrases, operator)) {
    return logicalPhrases[operator](failure);
  }
  const found = actual === null || actual === undefined
    ? "has no value"
    : `is ${describeValue(actual)}`;
  const phrase = isIn(valuePhrases, operator)
    ? valuePhrases[operator](expected)
    : `which fails ${describeName(operator)} ${describeValue(expected)}`;
  return `${describeName(path)} ${found}, ${phrase}`;
}

function isIn<Table extends object>(
  table: Table,
  name: PropertyKey,
): name is keyof Table {
  return Object.hasOwn(table, name);
}

type Phrase<Subject> = (subject: Subject) => string;

/** What follows "is …," for an operator beneath a path. */
export const valuePhrases: {
  readonly [Operator in ValueOperator | "equals"]: Phrase<unknown>;
} = {
  equals: comparison("not"),
  $eq: comparison("not"),
  $ne: comparison("and must not be"),
  $lt: comparison("not less than"),
  $lte: comparison("not at most"),
  $gt: comparison("not greater than"),
  $gte: comparison("not at least"),
  $veq: comparison("not version"),
  $vne: comparison("and must not be version"),
  $vlt: comparison("not a version below"),
  $vlte: comparison("not a version up to"),
  $vgt: comparison("not a version above"),
  $vgte: comparison("not a version from"),
  $in: comparison("not in"),
  $ini: comparison("not in"),
  $nin: comparison("and must not be in"),
  $nini: comparison("and must not be in"),
  $all: comparison("without all of"),
  $alli: comparison("without all of"),
  $inGroup: comparison("not in the saved group"),
  $notInGroup: comparison("and must not be in the saved group"),
  $regex: comparison("not matching"),
  $regexi: comparison("not matching"),
  $elemMatch: comparison("without an element that meets"),
  $size: comparison("not of size"),
  $type: comparison("not of type"),
  $not: comparison("and must not meet"),
  $exists: (expected) => expected ? "and must have one" : "and must have none",
};

/** What is said of an operator over the whole user. */
export const logicalPhrases: {
  readonly [Operator in RecordOperator]: Phrase<ConditionFailure>;
} = {
  $or: ({ causes = [] }) => `no alternative holds (${describeCauses(causes)})`,
  $nor: ({ expected }) => `none of ${describeValue(expected)} may hold`,
  $not: ({ expected }) => `${describeValue(expected)} must not hold`,
  $and: ({ actual }) => `cannot be evaluated (${describeName(actual)})`,
  $savedGroup: ({ expected }) =>
    `not in the saved group ${describeValue(groupId(expected))}`,
};

function comparison(words: string): Phrase<unknown> {
  return (expected) => `${words} ${describeValue(expected)}`;
}

function describeCauses(causes: readonly ConditionFailure[]): string {
  const told = causes.slice(0, 3).map(describeFailure);
  const rest = causes.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}

function groupId(reference: unknown): unknown {
  return typeof reference === "object" && reference !== null &&
      Object.hasOwn(reference, "id")
    ? (reference as { readonly id: unknown }).id
    : reference;
}

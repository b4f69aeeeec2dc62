/**
 * Each word of the language, an operator, a gate or a type of event, is defined once, and every table
 * that speaks of it is typed by the union: a table without one of them does not compile.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type {
  logicalPhrases,
  valuePhrases,
} from "../../adapters/cli/explanation/describe_failure.ts";
import { valueOperators } from "../../core/condition/operators/mod.ts";
import { recordOperators } from "../../core/condition/operators/record_operators.ts";
import { dataShapes } from "../../core/events/types/event_shapes.ts";
import { inputEventTypes } from "../../core/events/types/input_event.ts";
import type { KnownData } from "../../core/events/types/known_event.ts";
import { trackingEventTypes } from "../../core/events/types/tracking_event.ts";
import { nameOf } from "../../core/explain/describe_gate.ts";
import type { gateFacts } from "../../core/explain/gate_facts.ts";
import type { gateReasons } from "../../core/explain/gate_reasons.ts";
import type {
  experimentReads,
  ruleReads,
} from "../../core/feature/gate_reads.ts";
import { experimentGates } from "../../core/gates/experiment_gates.ts";
import {
  type OwnRuleGateName,
  type RuleGateName,
  ruleGates,
} from "../../core/gates/rule_gates.ts";
import type { missingRules } from "../../core/lint/condition/check_missing.ts";
import type { operandRules } from "../../core/lint/condition/operand_rules.ts";
import type {
  RecordOperator,
  ValueOperator,
} from "../../core/types/condition.ts";
import { conditionOperators, type GateName, gateNames } from "../../mod.ts";
import { assertType, type Equals } from "../support/assert_type.ts";

/** Whether a table has an entry for each word, and would not be one without any of them. */
type IsTableOf<Table, Word extends PropertyKey> = [keyof Table, Word] extends
  [Word, keyof Table] ? Equals<Dispensable<Table>, never>
  : false;

/** The entries that a table could do without. */
type Dispensable<Table> = {
  readonly [Word in keyof Table]: Omit<Table, Word> extends Table ? Word
    : never;
}[keyof Table];

Deno.test("a table without an entry for some word does not compile", () => {
  assertType<IsTableOf<typeof valueOperators, ValueOperator>>(true);
  assertType<IsTableOf<typeof recordOperators, RecordOperator>>(true);
  assertType<IsTableOf<typeof operandRules, ValueOperator>>(true);
  assertType<IsTableOf<typeof missingRules, ValueOperator>>(true);
  assertType<IsTableOf<typeof valuePhrases, ValueOperator | "equals">>(true);
  assertType<IsTableOf<typeof logicalPhrases, RecordOperator>>(true);
  assertType<IsTableOf<typeof gateFacts, GateName>>(true);
  assertType<IsTableOf<typeof gateReasons, GateName>>(true);
  assertType<IsTableOf<typeof ruleReads, RuleGateName>>(true);
  assertType<
    IsTableOf<typeof experimentReads, Exclude<GateName, OwnRuleGateName>>
  >(true);
  assertType<IsTableOf<typeof dataShapes, keyof KnownData>>(true);
  assertType<Equals<IsTableOf<{ a: 1; b?: 2 }, "a" | "b">, false>>(true);
  assertType<Equals<IsTableOf<{ a: 1 }, "a" | "b">, false>>(true);
});

Deno.test("every operator has one place, beneath a path or beside them, and $not both", () => {
  assertEquals(
    sorted([...Object.keys(valueOperators), ...Object.keys(recordOperators)]),
    sorted([...conditionOperators, "$not"]),
  );
});

Deno.test("every gate is in a list, and every gate in a list has its name", () => {
  const listed = [ruleGates, experimentGates].flatMap((gates) =>
    Object.values(gates).map((gate) => nameOf({ gate }, { gates }))
  );
  assertEquals(sorted([...new Set(listed)]), sorted(gateNames));
});

Deno.test("no gate of a rule waits for an option: a rule asks each of its gates each time", () => {
  assertEquals(
    Object.values(ruleGates).filter(({ needsOption }) => needsOption),
    [],
  );
});

Deno.test("every type of event has a shape", () => {
  assertEquals(
    sorted([...trackingEventTypes, ...inputEventTypes]),
    sorted(Object.keys(dataShapes)),
  );
});

function sorted(words: readonly string[]): readonly string[] {
  return words.toSorted();
}

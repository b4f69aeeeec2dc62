import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Context,
  explainFeature,
  type RuleExplanation,
  type SkipReason,
  skipReasons,
} from "../../mod.ts";
import { arbitraryContext } from "../arbitraries/context.ts";
import { arbitraryDamagedContext } from "../arbitraries/hostile/damage.ts";
import { arbitraryOverrides } from "../arbitraries/experiment.ts";
import { arbitraryFeatureKey } from "../arbitraries/names.ts";
import { runs } from "../support/runs.ts";
import {
  inlineReasons,
  remedies,
  type RuleSkipReason,
  type Trial,
} from "./remedies.ts";

// Some reasons are only there where overrides change the experiment of a rule.
const arbitraryOverriddenContext: fc.Arbitrary<Context> = fc.tuple(
  arbitraryContext,
  fc.option(arbitraryOverrides),
).map(([context, overrides]) =>
  overrides === null ? context : { ...context, overrides }
);

/** What a remedy leaves as it is: all the gates that the rule had got past. */
const exceptions: readonly SkipReason[] = [
  // The attribute may be one that gates before look at.
  "noHashValue",
  // An assignment that counts again opens gates before.
  "stickyVersionBlocked",
  "variationOutOfRange",
];

Deno.test("explainFeature() always gives a true reason: without what it names, that stops nobody", () => {
  const reached = new Map<SkipReason, number>();
  fc.assert(
    fc.property(
      arbitraryOverriddenContext,
      arbitraryFeatureKey,
      (context, key) => {
        for (const trial of trialsOf(context, key)) {
          const explained = explain(trial);
          const { reason } = explained;
          if (reason === null || reason === "malformed") continue;
          reached.set(reason, (reached.get(reason) ?? 0) + 1);
          const remedy = remedies[reason as RuleSkipReason];
          const remedied = explain(remedy(trial, explained));
          assertPastIt(explained, remedied);
        }
      },
    ),
    runs(2500),
  );
  // The generators must not stop reaching one of them unnoticed.
  const unreached = skipReasons.filter((reason) =>
    reason !== "malformed" && !isInline(reason) && !reached.has(reason)
  );
  assertEquals(unreached, []);
});

Deno.test("explainFeature() says what is wrong with a malformed rule, which a sound one is free of", () => {
  let reached = 0;
  fc.assert(
    fc.property(
      arbitraryDamagedContext,
      arbitraryFeatureKey,
      (context, key) => {
        for (const trial of trialsOf(context, key)) {
          const explained = explain(trial);
          if (explained.reason !== "malformed") continue;
          reached++;
          assert(explained.message !== "");
          const remedied = explain(remedies.malformed(trial, explained));
          assertEquals(remedied.outcome, "applied");
        }
      },
    ),
    runs(1500),
  );
  assert(reached > 0);
});

/** Each rule of a feature on its own, so that no change of another's can decide. */
function trialsOf(context: Context, key: string): readonly Trial[] {
  const rules = context.features?.[key]?.rules;
  return Array.isArray(rules)
    ? rules.map((rule) => ({ context, key, rule }))
    : [];
}

function explain({ context, key, rule }: Trial): RuleExplanation {
  const feature = { ...context.features?.[key], rules: [rule] };
  const features = { ...context.features, [key]: feature };
  const { forcedFeatureValues: _, ...rest } = context;
  return explainFeature({ ...rest, features }, key).rules[0]!;
}

function assertPastIt(before: RuleExplanation, after: RuleExplanation): void {
  const { reason } = before;
  const stops = (
    rule: RuleExplanation,
  ) => [rule.reason, rule.gates.at(-1)?.gate];
  assertNotEquals(stops(after), stops(before));
  const passed = outcomes(before).filter(([, outcome]) => outcome === "passed");
  // Options and overrides of the context count for the experiments of parents, too.
  const hasParents = passed.some(([gate]) => gate === "prerequisites");
  if (hasParents || exceptions.includes(reason!)) return;
  assertEquals(outcomes(after).slice(0, passed.length), passed);
}

function outcomes({ gates }: RuleExplanation) {
  return gates.map(({ gate, outcome }) => [gate, outcome] as const);
}

function isInline(reason: SkipReason): boolean {
  return (inlineReasons as readonly SkipReason[]).includes(reason);
}

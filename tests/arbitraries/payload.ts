import fc from "fast-check";
import type {
  BanditContext,
  ContextualBandit,
  ContextualBandits,
} from "../../core/types/contextual_bandit.ts";
import type { Payload } from "../../core/types/payload.ts";
import { arbitraryWeights } from "./bucketing.ts";
import { arbitraryPlainSavedGroups } from "./condition.ts";
import { arbitraryFeatures } from "./features.ts";
import { banditReferences } from "./names.ts";
import { often, sparse } from "./sparse.ts";
import { arbitraryTargeting } from "./targeting.ts";

const arbitraryBanditContext: fc.Arbitrary<BanditContext> = fc.tuple(
  fc.record({
    leafId: fc.nat(9),
    weights: arbitraryWeights,
  }, { noNullPrototype: true }),
  sparse<Pick<BanditContext, "condition">>({
    condition: often(arbitraryTargeting),
  }),
).map(([required, optional]) => ({ ...required, ...optional }));

/** A contextual bandit of up to three leaves, which may leave users without one. */
const arbitraryContextualBandit: fc.Arbitrary<ContextualBandit> = fc
  .tuple(
    fc.record({
      contexts: fc.array(arbitraryBanditContext, { maxLength: 3 }),
    }, { noNullPrototype: true }),
    sparse<Pick<ContextualBandit, "banditVersion">>({
      banditVersion: often(fc.nat(9)),
    }),
  ).map(([required, optional]) => ({ ...required, ...optional }));

/** A contextual bandit under each reference but the last. */
const arbitraryContextualBandits: fc.Arbitrary<ContextualBandits> = fc
  .record(
    Object.fromEntries(
      banditReferences.slice(0, -1).map((
        reference,
      ) => [reference, arbitraryContextualBandit]),
    ),
    { noNullPrototype: true },
  );

/** A well-formed payload without auto experiments. */
export const arbitraryPayload: fc.Arbitrary<Payload> = fc.record({
  features: arbitraryFeatures,
  savedGroups: arbitraryPlainSavedGroups,
  contextualBandits: arbitraryContextualBandits,
}, { requiredKeys: ["features"], noNullPrototype: true });

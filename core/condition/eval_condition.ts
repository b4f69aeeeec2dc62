import type { UserAttributes } from "../types/attributes.ts";
import type { Condition } from "../types/condition.ts";
import type { SavedGroups } from "../types/saved_group.ts";
import { compileCondition } from "./compile_condition.ts";
import { startScope } from "./condition_scope.ts";
import { passAll } from "./pass_all.ts";

/**
 * Tells whether a user's attributes meet a targeting condition.
 *
 * `condition` is MongoDB-like: `{ country: { $in: ["fr", "be"] }, "plan.seats": { $gte: 5 } }`. It is
 * treated as immutable: it is compiled once. `savedGroups` are what `$inGroup`, `$notInGroup` and
 * `$savedGroup` refer to.
 *
 * A condition that can't be evaluated (`{ $or: null }`), that nests deeper than 256 levels, or that comes
 * to more than 200,000 conditions and expectations, is false as a whole, also under `$not`: no user is
 * targeted by accident. Never throws.
 *
 * @example
 * ```ts
 * import { evalCondition } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const condition = { country: { $in: ["fr", "be"] }, "plan.seats": { $gte: 5 } };
 * assertEquals(evalCondition({ country: "fr", plan: { seats: 7 } }, condition), true);
 * assertEquals(evalCondition({ country: "fr" }, condition), false);
 *
 * const groups = { staff: { type: "list", attributeKey: "id", values: ["1", "2"] } } as const;
 * assertEquals(evalCondition({ id: "2" }, { $savedGroup: { id: "staff" } }, groups), true);
 * ```
 */
export function evalCondition(
  attributes: UserAttributes,
  condition: Condition,
  savedGroups?: SavedGroups,
): boolean {
  try {
    return passAll(
      compileCondition(condition),
      attributes,
      startScope(savedGroups),
    );
  } catch {
    return false;
  }
}

/**
 * What makes a part of a payload useless, or not what it says: it is ignored, never applies, or
 * contradicts itself.
 *
 * The input as a whole:
 * - `not-a-payload`: it is neither an answer of the API nor a map of features
 * - `error-response`: it is an answer of the API that reports an error
 * - `not-json`: something in it is not JSON; the feature, experiment, group or bandit around it is
 *   left out, because a condition with a part missing could let users in whom it should keep out
 * - `too-large`: it is deeper or larger than any payload; the rest is left out
 * - `wrong-type`: a field has a value of another type than it should
 * - `missing-field`: a field that has to be there is not
 * - `unknown-value`: a field has none of the values that are known for it
 * - `decryption-failed`: an encrypted field can't be decrypted, or what was in it can't be used
 *
 * Experiments, rollouts and what they are made of:
 * - `too-few-variations`: with fewer than two variations an experiment never runs
 * - `weights-count`: there is not one weight for each variation; equal weights are used
 * - `weights-sum`: the weights don't sum to 0.99..1.01; equal weights are used
 * - `weight-out-of-bounds`: a weight is not between 0 and 1
 * - `coverage-out-of-bounds`: a coverage is not between 0 and 1
 * - `range-out-of-bounds`: the bounds of a range or namespace are not between 0 and 1, or the wrong
 *   way round
 * - `ranges-overlap`: two variations claim the same users; the first gets them
 * - `ranges-count`: there is not one range for each variation
 * - `meta-count`: there is not one entry of meta for each variation
 * - `unknown-hash-version`: the hash version is neither 1 nor 2; no user is included
 * - `filter-without-ranges`: no user passes a filter without ranges
 * - `unknown-bandit`: a rule names a contextual bandit that is not there
 * - `relative-redirect`: a redirect goes to what is no absolute http or https URL, and is never followed
 *
 * Prerequisites:
 * - `missing-prerequisite`: there is no feature with the key of a prerequisite
 * - `cyclic-prerequisite`: a feature is its own prerequisite, by way of others or not
 * - `prerequisite-too-deep`: a chain of prerequisites is longer than is evaluated
 *
 * Conditions and saved groups:
 * - `unknown-operator`: an operator that is not known never holds
 * - `misplaced-operator`: an operator stands where it means nothing
 * - `wrong-operand`: an operator has an operand that it can't work with
 * - `invalid-pattern`: a pattern can't be read, and matches nothing
 * - `condition-too-deep`: a condition nests deeper, or is larger, than is evaluated, and is false as a whole
 * - `unknown-saved-group`: there is no saved group of that id
 * - `wrong-saved-group-kind`: the saved group is of a kind that the operator can't use
 * - `saved-group-cycle`: a saved group refers to itself, by way of others or not
 */
export const payloadErrorCodes = [
  "not-a-payload",
  "error-response",
  "not-json",
  "too-large",
  "wrong-type",
  "missing-field",
  "unknown-value",
  "decryption-failed",
  "too-few-variations",
  "weights-count",
  "weights-sum",
  "weight-out-of-bounds",
  "coverage-out-of-bounds",
  "range-out-of-bounds",
  "ranges-overlap",
  "ranges-count",
  "meta-count",
  "unknown-hash-version",
  "filter-without-ranges",
  "unknown-bandit",
  "relative-redirect",
  "missing-prerequisite",
  "cyclic-prerequisite",
  "prerequisite-too-deep",
  "unknown-operator",
  "misplaced-operator",
  "wrong-operand",
  "invalid-pattern",
  "condition-too-deep",
  "unknown-saved-group",
  "wrong-saved-group-kind",
  "saved-group-cycle",
] as const;

/**
 * What is evaluated as it says, but is perhaps not what was meant.
 *
 * - `encrypted`: a field is encrypted and was not decrypted
 * - `weights-inexact`: the weights sum to nearly 1, so some users get no variation or another one
 * - `no-effect`: a rule or an experiment that can't do anything
 * - `unreachable-rule`: a rule after one that gives its value to everyone
 * - `ignored-variations`: a rule has variations, but forces a value
 * - `duplicate-experiment-key`: two experiments of one key have different variations; meant as a
 *   rule where one experiment drives several features, and a mistake elsewhere
 * - `mixed-operators`: an object with operators and other keys is compared as a plain value
 * - `matches-missing`: a comparison holds for users who don't have the attribute at all
 * - `matches-everyone`: a part that is wrong, or empty, makes a condition hold for everyone
 * - `odd-version`: a version that does not have three numeric parts, so it compares oddly
 * - `unknown-path`: a prerequisite's condition asks for something other than the value
 * - `slow-pattern`: a pattern that can take very long on the wrong text; here it is not given the
 *   time, other SDKs freeze
 * - `wrong-date`: the date of the payload can't be read, or is far from the current time; it is then
 *   ordered by its arrival
 * - `too-many-issues`: there are more issues than are listed
 */
export const payloadWarningCodes = [
  "encrypted",
  "weights-inexact",
  "no-effect",
  "unreachable-rule",
  "ignored-variations",
  "duplicate-experiment-key",
  "mixed-operators",
  "matches-missing",
  "matches-everyone",
  "odd-version",
  "unknown-path",
  "slow-pattern",
  "wrong-date",
  "too-many-issues",
] as const;

/**
 * What may be wrong with a payload: the codes of errors, then those of warnings. The code decides
 * the severity. {@linkcode payloadErrorCodes} and {@linkcode payloadWarningCodes} say what each
 * of them means.
 */
export const payloadIssueCodes: readonly [
  ...typeof payloadErrorCodes,
  ...typeof payloadWarningCodes,
] =
  /* @__PURE__ */ (() =>
    [...payloadErrorCodes, ...payloadWarningCodes] as const)();

/** What is wrong with a part of a payload. */
export type PayloadIssueCode = typeof payloadIssueCodes[number];

/** How bad an issue may be. */
export const payloadIssueSeverities = ["error", "warning"] as const;

/** How bad an issue is: an error can't be as it was meant, a warning may be. */
export type PayloadIssueSeverity = typeof payloadIssueSeverities[number];

/** Something that is wrong with a payload. */
export interface PayloadIssue {
  /**
   * Where it is in the input, as a JSON Pointer (RFC 6901): `/features/banner/rules/0`. The
   * empty text is the whole; in names `~` is written `~0`, and `/` is written `~1`. What lies more
   * than 1,000 steps down is named by the last step before that.
   */
  readonly path: string;
  /** What is wrong. */
  readonly code: PayloadIssueCode;
  /** How bad it is. */
  readonly severity: PayloadIssueSeverity;
  /** The same for people, with the value that is there; long values are cut. */
  readonly message: string;
}

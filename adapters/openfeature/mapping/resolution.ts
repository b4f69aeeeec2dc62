/** The reasons of the OpenFeature specification that an evaluation here may have. */
export const resolutionReasons = [
  "STATIC",
  "DEFAULT",
  "TARGETING_MATCH",
  "SPLIT",
  "DISABLED",
  "ERROR",
] as const;

/** Why a flag has its value, in the words of OpenFeature. */
export type ResolutionReason = typeof resolutionReasons[number];

/** The error codes of the OpenFeature specification that an evaluation here may have. */
export const resolutionErrors = [
  "PROVIDER_NOT_READY",
  "FLAG_NOT_FOUND",
  "PARSE_ERROR",
  "TYPE_MISMATCH",
  "GENERAL",
] as const;

/** Why a flag has no value, in the words of OpenFeature. */
export type ResolutionError = typeof resolutionErrors[number];

/** What is known of an evaluation besides its value, by name. */
export interface FlagMetadata {
  /** What is known under a name. */
  readonly [name: string]: string | number | boolean;
}

/** What came of asking for a flag. */
export interface Resolution<Value> {
  /** The value; the caller's default where there is none. */
  readonly value: Value;
  /** Why. */
  readonly reason: ResolutionReason;
  /** The key of the variation, where an experiment decided. */
  readonly variant?: string;
  /** Why there is no value; absent where there is one. */
  readonly errorCode?: ResolutionError;
  /** The same for people. */
  readonly errorMessage?: string;
  /** Everything else that is known. */
  readonly flagMetadata: FlagMetadata;
}

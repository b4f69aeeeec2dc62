/** Why a rule or an experiment did not give its value. */
export const skipReasons = [
  "malformed",
  "condition",
  "prerequisite",
  "prerequisiteGate",
  "cyclicPrerequisite",
  "filter",
  "namespace",
  "noHashValue",
  "unknownHashVersion",
  "coverage",
  "noVariations",
  "tooFewVariations",
  "disabled",
  "url",
  "draft",
  "inactive",
  "include",
  "group",
  "stickyVersionBlocked",
  "variationOutOfRange",
  "qaMode",
  "stopped",
  "passthrough",
] as const;

/** Why a rule or an experiment did not give its value. */
export type SkipReason = typeof skipReasons[number];

/** The fields of a payload that hold definitions. */
export const payloadFields = [
  "features",
  "savedGroups",
  "contextualBandits",
  "experiments",
] as const;

/** A field of a payload that holds definitions. */
export type PayloadField = typeof payloadFields[number];

/** The fields that hold the same, encrypted. */
export const encryptedFields: { readonly [Field in PayloadField]: string } = {
  features: "encryptedFeatures",
  savedGroups: "encryptedSavedGroups",
  contextualBandits: "encryptedContextualBandits",
  experiments: "encryptedExperiments",
};

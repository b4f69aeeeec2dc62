/**
 * A provider, as the web SDK of OpenFeature has it.
 *
 * @ignore It is documented there: without this tag, all of the SDK would count as a part of this package.
 */
export type SdkProvider = import("@openfeature/web-sdk").Provider;

/** A provider of OpenFeature for pages, over a client: all that the SDK may call is there. */
export type WebProvider =
  & SdkProvider
  & Required<
    Pick<
      SdkProvider,
      "events" | "initialize" | "onClose" | "track" | "onContextChange"
    >
  >
  & {
    /** It is meant for pages. */
    readonly runsOn: "client";
  };

/**
 * A provider, as the server SDK of OpenFeature has it.
 *
 * @ignore It is documented there: without this tag, all of the SDK would count as a part of this package.
 */
export type SdkProvider = import("@openfeature/server-sdk").Provider;

/** A provider of OpenFeature for servers, over a client: all that the SDK may call is there. */
export type ServerProvider =
  & SdkProvider
  & Required<
    Pick<
      SdkProvider,
      "events" | "initialize" | "onClose" | "track"
    >
  >
  & {
    /** It is meant for servers. */
    readonly runsOn: "server";
  };

/**
 * A provider for the server SDK of OpenFeature. It needs the application's `@openfeature/server-sdk`.
 *
 * @module
 */

export type { ServerClient } from "../provider/provided_client.ts";
export type { ProviderOptions } from "../provider/provider_options.ts";
export { openFeatureProvider } from "./open_feature_provider.ts";
export type { SdkProvider, ServerProvider } from "./sdk_provider.ts";

/**
 * A provider for the web SDK of OpenFeature. It needs the application's `@openfeature/web-sdk`.
 *
 * @module
 */

export type { WebClient } from "../provider/provided_client.ts";
export type { ProviderOptions } from "../provider/provider_options.ts";
export { openFeatureProvider } from "./open_feature_provider.ts";
export type { SdkProvider, WebProvider } from "./sdk_provider.ts";

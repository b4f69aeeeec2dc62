import type { Sink } from "../../delivery/sink.ts";
import { fileSink } from "../../delivery/sinks/file_sink.ts";
import { ga4Sink } from "../../delivery/sinks/ga4_sink.ts";
import { growthbookSink } from "../../delivery/sinks/growthbook_sink.ts";
import { mixpanelSink } from "../../delivery/sinks/mixpanel_sink.ts";
import { posthogSink } from "../../delivery/sinks/posthog_sink.ts";
import { segmentSink } from "../../delivery/sinks/segment_sink.ts";
import { webhookSink } from "../../delivery/sinks/webhook_sink.ts";
import type { CommandHost } from "../command/command.ts";
import { suggest } from "../command/suggest.ts";
import { describeName } from "../text/describe_value.ts";

/** Where events are to go, as the arguments of the command say. */
export interface Destination {
  /** The name of a destination. */
  readonly to: string | null;
  /** A host in place of the service's own. */
  readonly host: string | null;
  /** The file, where the destination is one. */
  readonly file: string | null;
  /** The name of the consumer. */
  readonly name: string | null;
}

interface Making {
  readonly options: { readonly name?: string; readonly host?: string };
  readonly file: string | null;
  /** Reads a variable of the environment. */
  readonly secret: (name: string) => string;
}

const destinations: { readonly [name: string]: (making: Making) => Sink } = {
  growthbook: ({ options, secret }) =>
    growthbookSink({ ...options, clientKey: secret("GROWTHBOOK_CLIENT_KEY") }),
  segment: ({ options, secret }) =>
    segmentSink({ ...options, writeKey: secret("SEGMENT_WRITE_KEY") }),
  posthog: ({ options, secret }) =>
    posthogSink({ ...options, apiKey: secret("POSTHOG_API_KEY") }),
  mixpanel: ({ options, secret }) =>
    mixpanelSink({ ...options, token: secret("MIXPANEL_TOKEN") }),
  ga4: ({ options, secret }) =>
    ga4Sink({
      ...options,
      measurementId: secret("GA4_MEASUREMENT_ID"),
      apiSecret: secret("GA4_API_SECRET"),
    }),
  webhook: ({ options: { host, ...options }, secret }) =>
    webhookSink({
      ...options,
      url: host ?? secret("WEBHOOK_URL"),
      secret: secret("WEBHOOK_SECRET"),
    }),
  file: ({ options, file }) => {
    if (file === null) {
      throw new Error("Cannot write a file: --file is missing");
    }
    return fileSink(
      file,
      options.name === undefined ? {} : { name: options.name },
    );
  },
};

/** The names of the destinations. */
export const destinationNames: readonly string[] = Object.keys(destinations);

/** Makes the sink that the arguments of the command ask for; or tells in a line why it can't. */
export function makeSink(
  { to, host, file, name }: Destination,
  { variable }: Pick<CommandHost, "variable">,
): Sink | string {
  if (to === null) return "Cannot deliver: --to is missing";
  if (!Object.hasOwn(destinations, to)) {
    const near = suggest(to, destinationNames);
    const hint = near === null
      ? `it is one of ${destinationNames.join(", ")}`
      : `did you mean ${near}?`;
    return `Cannot deliver to ${
      describeName(to)
    }: there is no such sink, ${hint}`;
  }
  const options = {
    ...(name === null ? {} : { name }),
    ...(host === null ? {} : { host }),
  };
  const secret = (variableName: string): string => {
    const value = variable(variableName);
    if (value !== undefined && value !== "") return value;
    throw new Error(
      `Cannot deliver to ${to}: the environment has no ${variableName}`,
    );
  };
  try {
    return destinations[to]!({ options, file, secret });
  } catch (error) {
    return (error as Error).message;
  }
}

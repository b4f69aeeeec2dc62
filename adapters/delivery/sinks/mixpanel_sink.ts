import { base64 } from "../../support/http/redact_text.ts";
import type { Sink, SinkAnswer, SinkEvent } from "../sink.ts";
import { uuidOf } from "./mapping/uuid_of.ts";
import { checkSecret, endpoint } from "./service/endpoint.ts";
import type { ServiceAnswer } from "./service/send_request.ts";
import { serviceSink } from "./service/service_sink.ts";
import {
  readName,
  type ServiceSinkOptions,
} from "./service/service_options.ts";

/** How events are sent to Mixpanel. */
export interface MixpanelSinkOptions extends ServiceSinkOptions {
  /** The project's token. */
  readonly token: string;
  /**
   * The host: `https://api.mixpanel.com` by default, `https://api-eu.mixpanel.com` for projects in the
   * EU, `https://api-in.mixpanel.com` for India.
   */
  readonly host?: string;
}

/**
 * Sends events to Mixpanel's import API with strict validation: at most 2,000 events and 2 MB a
 * request, 1 MB an event. Our id is the `$insert_id`, by which Mixpanel takes out repetitions of the
 * same name, time and user. An exposure is an `$experiment_started`, as its experiment reports expect.
 * A refusal names the bad events: those are parked, and the others have arrived.
 *
 * Throws a `TypeError` where the token is empty or not a text, or the host is not a URL.
 *
 * Source: https://docs.mixpanel.com/reference/import-events
 *
 * @example
 * ```ts
 * import { mixpanelSink } from "@growthstream/sdk/delivery";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mixpanelSink({ token: "abc" }).limits.events, 2000);
 * ```
 */
export function mixpanelSink(options: MixpanelSinkOptions): Sink {
  const name = readName("mixpanel", options);
  const { host = "https://api.mixpanel.com" } = options;
  const token = checkSecret(name, "token", options.token);
  const { url, secrets } = endpoint(name, host, "/import?strict=1");
  return serviceSink(
    {
      name,
      convention: {
        name: "$experiment_started",
        properties: ({ experimentKey, variationKey }) => ({
          "Experiment name": experimentKey,
          "Variant name": variationKey,
        }),
      },
      wire: (event, { name: eventName, properties, user }) => ({
        event: eventName,
        properties: {
          ...properties,
          time: Math.trunc(event.time),
          // Mixpanel takes events without a user under an empty id.
          distinct_id: user.userId ?? user.anonymousId ?? "",
          $insert_id: uuidOf(event.id),
          mp_lib: "growthstream",
        },
      }),
      request: (wires) => ({
        url,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          authorization: `Basic ${base64(`${token}:`)}`,
        },
        body: `[${wires.map(({ json }) => json).join()}]`,
      }),
      limits: { events: 2_000, bytes: 2_000_000, eventBytes: 1_000_000 },
      knowsIds: true,
      secrets: [token, ...secrets],
      judge: readFailedRecords,
    },
    options,
    { token: "any", host: "text" },
  );
}

// A 400 that names records is about those alone; one whose body broke off says nothing.
function readFailedRecords(
  { status, text }: ServiceAnswer,
  events: readonly SinkEvent[],
): SinkAnswer | null {
  if (status !== 400) return null;
  if (text === null) {
    throw Object.assign(new Error("400: the answer broke off"), {
      delivery: "busy",
    });
  }
  const records = failedRecords(text);
  const byInsertId = new Map(events.map((event) => [uuidOf(event.id), event]));
  const refused = new Map<string, string>();
  for (const record of records) {
    const { index, field, message } = record;
    const insertId = record["insert_id"] ?? record["$insert_id"];
    const event = byInsertId.get(String(insertId)) ?? events[Number(index)];
    if (event !== undefined) {
      refused.set(event.id, [field, message].filter(isText).join(": "));
    }
  }
  if (refused.size === 0) return null;
  return { refused: [...refused].map(([id, message]) => ({ id, message })) };
}

function failedRecords(
  text: string,
): readonly { readonly [name: string]: unknown }[] {
  try {
    const { failed_records: records } = JSON.parse(text) as {
      readonly failed_records?: unknown;
    };
    if (!Array.isArray(records)) return [];
    return records.map((record: unknown) => Object(record));
  } catch {
    return [];
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

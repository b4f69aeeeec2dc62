import type { Sink, SinkAnswer, SinkEvent } from "../sink.ts";
import { checkSecret, endpoint } from "./service/endpoint.ts";
import type { ServiceAnswer } from "./service/send_request.ts";
import { serviceSink } from "./service/service_sink.ts";
import {
  readName,
  type ServiceSinkOptions,
} from "./service/service_options.ts";
import { createSigner, secretBytes } from "./webhook/sign_request.ts";

/** How events are sent to an endpoint of one's own. */
export interface WebhookSinkOptions extends ServiceSinkOptions {
  /** The endpoint. A name and password in it are sent as `authorization`. */
  readonly url: string;
  /**
   * What requests are signed with: a text, or bytes as base64 behind `whsec_`. Several sign each
   * request several times, so that a receiver can change from one to the next.
   */
  readonly secret: string | readonly string[];
  /** Where the events come from, a URI reference: the `source` of CloudEvents; `/growthstream` by default. */
  readonly source?: string;
}

/**
 * Sends events to an endpoint of one's own, as a batch of CloudEvents 1.0 in JSON, at most 500 events
 * and 1 MB a request. `type` is the type of the event, `id` its id, `data` its data with the version of
 * its shape and what is kept of the user. A custom event keeps its name in `data.name`.
 *
 * Requests are signed as the Standard Webhooks specification says, over the raw body and a time. A
 * status of 2xx takes the events. It may have a JSON body that names those it does not take:
 * `{"refused": [{"id": "…", "message": "…"}], "again": ["…"]}`; so may a 400 and a 422, and it is
 * believed.
 *
 * Throws a `TypeError` where the secret is empty, not a text, or not base64 behind `whsec_`, or where the URL
 * is not one of http or https.
 *
 * Source: https://github.com/cloudevents/spec/blob/v1.0/json-format.md, section 4
 *
 * @example
 * ```ts
 * import { webhookSink } from "@growthstream/sdk/delivery";
 * import { assertEquals } from "@std/assert";
 *
 * const sink = webhookSink({ url: "https://example.com/events", secret: "a secret" });
 * assertEquals([sink.name, sink.limits.events], ["webhook", 500]);
 * ```
 */
export function webhookSink(options: WebhookSinkOptions): Sink {
  const name = readName("webhook", options);
  const { source = "/growthstream" } = options;
  const { url, authorization, secrets } = endpoint(name, options.url, "");
  const signing = readSecrets(name, options.secret);
  const sign = createSigner(signing);
  return serviceSink(
    {
      name,
      convention: null,
      wire: (event, { name: type, properties }) => ({
        specversion: "1.0",
        id: event.id,
        source,
        type,
        time: new Date(event.time).toISOString(),
        datacontenttype: "application/json",
        data: {
          ...properties,
          version: event.version,
          ...(event.user === undefined ? {} : { user: event.user }),
        },
      }),
      request: async (wires, now) => {
        const body = `[${wires.map(({ json }) => json).join()}]`;
        const signature = await sign(body, now);
        return {
          url,
          headers: {
            "content-type": "application/cloudevents-batch+json; charset=UTF-8",
            ...(authorization === null ? {} : { authorization }),
            ...signature,
          },
          body,
          secrets: signature["webhook-signature"]!.split(" "),
        };
      },
      limits: {
        events: 500,
        bytes: 1_000_000,
        eventBytes: 1_000_000,
        batches: 2,
      },
      knowsIds: true,
      secrets: [...signing, ...secrets],
      judge: readVerdict,
    },
    options,
    { url: "any", secret: "any", source: "text" },
  );
}

function readSecrets(name: string, secret: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  const secrets = given.map((each) => checkSecret(name, "secret", each));
  try {
    if (secrets.every((each) => secretBytes(each).length > 0)) return secrets;
  } catch {
    // The error may tell of the secret.
  }
  throw new TypeError(
    `Cannot make the sink ${
      JSON.stringify(name)
    }: the current secret has no base64 behind whsec_`,
  );
}

// A receiver may name the events that it doesn't take; most answer with nothing, or with prose.
function readVerdict(
  { status, text }: ServiceAnswer,
  events: readonly SinkEvent[],
): SinkAnswer | null {
  const isSaid = status >= 200 && status < 300 || status === 400 ||
    status === 422;
  if (!isSaid || text === null || !text.trimStart().startsWith("{")) {
    return null;
  }
  const ids = new Set(events.map(({ id }) => id));
  try {
    const verdict = JSON.parse(text) as {
      readonly refused?: unknown;
      readonly again?: unknown;
    };
    const refused = listOf(verdict.refused).flatMap((each) => {
      const { id, message = "" } = Object(each) as Partial<SinkEvent> & {
        readonly message?: unknown;
      };
      return ids.has(id!) ? [{ id: id!, message: String(message) }] : [];
    });
    const again = listOf(verdict.again).filter((id): id is string =>
      ids.has(id as string)
    );
    return refused.length + again.length === 0 ? null : { refused, again };
  } catch {
    return null;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import {
  type PayloadServer,
  type ServerOptions,
  startServer,
} from "../../../../adapters/dev_server/start_server.ts";
import { temporaryPayload } from "../temporary_payload.ts";

/** What a body may have: the answer to one flag or to all of them, or an error. */
export interface AnswerBody {
  readonly key?: string;
  readonly value?: unknown;
  readonly reason?: string;
  readonly variant?: string;
  readonly errorCode?: string;
  readonly errorDetails?: string;
  readonly metadata?: { readonly [name: string]: unknown };
  readonly flags?: readonly AnswerBody[];
  readonly eventStreams?: readonly {
    readonly type: string;
    readonly inactivityDelaySec: number;
    readonly endpoint: { readonly requestUri: string };
  }[];
}

/** What came of a question. */
export interface Answer {
  /** The status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** The body, parsed; without members where there is none. */
  readonly body: AnswerBody;
}

/** A server over a payload, for a test. */
export interface OfrepSetting {
  /** Where it is. */
  readonly url: string;
  /** The server. */
  readonly server: PayloadServer;
  /** Puts another payload in the place of the one that is served. */
  readonly replace: (payload: unknown) => Promise<void>;
  /** Asks for a flag, or for all flags where the key is null. */
  readonly ask: (
    key: string | null,
    body?: unknown,
    headers?: { readonly [name: string]: string },
  ) => Promise<Answer>;
}

/** Gives a test a server over a payload. */
export async function withServer(
  payload: unknown,
  action: (setting: OfrepSetting) => Promise<void>,
  options: Partial<ServerOptions> = {},
): Promise<void> {
  await using file = await temporaryPayload(payload);
  const server = await startServer({ ...options, file: file.path });
  const ask: OfrepSetting["ask"] = async (key, body = {}, headers = {}) => {
    const name = key === null ? "" : `/${encodeURIComponent(key)}`;
    const response = await fetch(
      `${server.url}/ofrep/v1/evaluate/flags${name}`,
      {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      },
    );
    const text = await response.text();
    const parsed = text === "" ? {} : JSON.parse(text);
    const { status, headers: got } = response;
    return { status, headers: got, text, body: parsed };
  };
  try {
    await action({
      url: server.url,
      server,
      replace: async (next) => {
        await file.replace(next);
        await server.reload();
      },
      ask,
    });
  } finally {
    await server.close();
  }
}

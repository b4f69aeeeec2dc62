import type { Handler } from "./open_setting.ts";

/** The header with which a server says that it pushes changes. */
export const pushes = { "x-sse-support": "enabled" } as const;

/** An answer of the API whose only feature has a value. */
export function payloadText(version: unknown, dateUpdated?: string): string {
  return JSON.stringify({
    status: 200,
    features: { version: { defaultValue: version } },
    ...(dateUpdated === undefined ? {} : { dateUpdated }),
  });
}

/** Answers with a payload. */
export function give(
  version: unknown,
  headers: { readonly [name: string]: string } = {},
  dateUpdated?: string,
): Handler {
  return (exchange) =>
    exchange.answer(200, payloadText(version, dateUpdated), headers);
}

/** Answers with a status and a text. */
export function refuse(
  status: number,
  headers: { readonly [name: string]: string } = {},
  body: string = '{"status":400,"error":"No channel found"}',
): Handler {
  return (exchange) => exchange.answer(status, body, headers);
}

/** Begins a stream as a real server does, and leaves it open. */
export const stream: Handler = async (exchange) => {
  await exchange.begin();
  await exchange.chunk("retry: 10000\n\n");
};

/** Never says a word. */
export const hang: Handler = () => {};

/** A pushed payload. */
export function pushed(version: unknown, dateUpdated?: string): string {
  return `id: 2 \nevent: features\ndata: ${
    payloadText(version, dateUpdated)
  }\n\n`;
}

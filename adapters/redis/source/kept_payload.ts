import { payloadDigest } from "../../../core/payload/reconcile/payload_digest.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { Arrival } from "../../sources/payload_source.ts";
import { dateDifference } from "../../sources/payload_date.ts";
import { findRefusal } from "../../sources/find_refusal.ts";
import { readPayload } from "../../sources/read_payload.ts";
import type { SourceReport } from "../../sources/source_report.ts";

/** A payload as it is in Redis. */
export interface KeptPayload {
  /** When it was updated, in milliseconds since 1970, as a text; `""` where nobody would believe it. */
  readonly date: string;
  /** Its digest. */
  readonly digest: string;
  /** Whether the text is the answer as it came, which the source reads. */
  readonly isRaw: boolean;
  /** Its text. */
  readonly body: string;
}

/** Why a payload can't be used. */
export type Refusal = SourceReport & { readonly type: "failed" };

/** Makes of a payload what Redis is to keep; null where it is none that a client could use. */
export function keepPayload(
  { payload, issues, body }: Arrival,
  now: number,
): KeptPayload | null {
  const text = body ?? writeText(payload);
  if (text === null) return null;
  if (issues === null && !isUsable(payload)) return null;
  return {
    date: dateOf(payload, now),
    digest: digestOf(payload),
    isRaw: body !== undefined,
    body: text,
  };
}

/** Reads what Redis keeps; `readBody` is the source's. Rejects with nothing: gives why it can't be used. */
export async function readKept(
  body: string,
  isRaw: boolean,
  readBody: ((body: string) => Promise<Arrival>) | undefined,
): Promise<Arrival | Refusal> {
  try {
    if (isRaw && readBody !== undefined) return await readBody(body);
  } catch (error) {
    const { report } = error as { readonly report?: Refusal };
    return report ?? refuse("unreadable");
  }
  const input = parse(body);
  const read = await readPayload(input);
  const refusal = findRefusal(read);
  if (refusal !== null) {
    const { code, message } = refusal;
    return { ...refuse(code), message, issues: read.issues };
  }
  // The client reads it itself, as it reads what any source emits: it may have a key.
  return { payload: input as Payload, issues: null };
}

function isUsable(payload: Payload): boolean {
  const read = readPayload(payload);
  return !(read instanceof Promise) && findRefusal(read) === null;
}

function dateOf(payload: Payload, now: number): string {
  // A date is believed where it can be compared with itself.
  return Number.isNaN(dateDifference(payload, payload, now))
    ? ""
    : String(Date.parse(payload.dateUpdated!));
}

function digestOf(payload: Payload): string {
  try {
    return payloadDigest(payload);
  } catch {
    return "";
  }
}

function writeText(payload: Payload): string | null {
  try {
    return JSON.stringify(payload) ?? null;
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refuse(code: string): Refusal {
  return {
    type: "failed",
    code,
    message: "Cannot use the payload in Redis: the source can't read it",
    issues: [],
    retryIn: null,
  };
}

import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import { builtIn } from "../../support/built_in.ts";
import type { Clock } from "../../support/time/clock.ts";
import { findRefusal } from "../find_refusal.ts";
import { readInTurns } from "../read_payload.ts";
import { signFile } from "./sign_file.ts";

/** What there was in a file. A signature tells a file from another one, and from itself later. */
export type FileContent =
  | {
    /** The file has the signature that was given. */
    readonly kind: "same";
  }
  | {
    readonly kind: "payload";
    readonly signature: string;
    readonly text: string;
    readonly payload: Payload;
    /** What is wrong with it; null where it is still to be decrypted. */
    readonly issues: readonly PayloadIssue[] | null;
  }
  | {
    readonly kind: "failed";
    /** The signature; empty where there is no file. */
    readonly signature: string;
    readonly code: string;
    readonly message: string;
    readonly issues: readonly PayloadIssue[];
  };

/** How a file is read. */
export interface FileReading {
  /** The key of what is encrypted in it. */
  readonly decryptionKey: string | undefined;
  /** The most bytes that it may have. */
  readonly maxBytes: number;
  /** The payload that was read before. */
  readonly previous: Payload | null;
  /** Waits for the next turn. */
  readonly clock: Clock;
  /** The signature of the file that is known already; null to read it in any case. */
  readonly known: string | null;
}

/** How often a file is read that changes under the reader's eyes. */
const attempts = 3;

/**
 * Reads a payload from a file. Never rejects. A message has the path in it, and nothing of what is in the
 * file.
 */
export async function readPayloadFile(
  path: string,
  reading: FileReading,
): Promise<FileContent> {
  const content = await readContent(path, reading);
  if (content.kind !== "failed") return content;
  const file = JSON.stringify(path);
  const message = `Cannot use the payload file ${file}: ${content.message}`;
  return { ...content, message };
}

async function readContent(
  path: string,
  reading: FileReading,
): Promise<FileContent> {
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = await signFile(path);
      if (before.signature === reading.known) return { kind: "same" };
      // What is no file, such as a pipe, might keep its reader waiting for ever.
      if (!before.isFile) return fail("", "not-a-file", "it is not a file");
      const { signature } = before;
      if (before.size > reading.maxBytes) {
        return fail(signature, "too-large", `it has ${before.size} bytes`);
      }
      const bytes = await builtIn("node:fs/promises").readFile(path);
      const after = await signFile(path);
      if (after.signature === signature) {
        return await readBytes(bytes, signature, reading);
      }
    }
    return fail("", "changing", "it changes while it is being read");
  } catch (error) {
    return describeError(error);
  }
}

async function readBytes(
  bytes: Uint8Array,
  signature: string,
  { decryptionKey, previous, clock }: FileReading,
): Promise<FileContent> {
  const text = decode(bytes);
  const json = text === null ? undefined : parse(text);
  if (text === null || json === undefined) {
    return fail(signature, "not-json", "it is not JSON");
  }
  const read = await readInTurns(json, {
    decryptionKey,
    previous,
    isOwner: true,
    clock,
    time: clock.monotonic ?? clock.now,
    isOver: () => false,
  });
  const refusal = findRefusal(read!, decryptionKey);
  const { payload, issues } = read!;
  const isRead = read!.refusal === null;
  if (refusal !== null) {
    const { code, message } = refusal;
    return { ...fail(signature, code, message), issues };
  }
  // What is encrypted is passed on as it is, because the client may have a key.
  return {
    kind: "payload",
    signature,
    text,
    payload: isRead ? payload : json as Payload,
    issues: isRead ? issues : null,
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    // It leaves out a byte order mark, which JSON doesn't know.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The codes of the system's errors that say something to its user. */
const errorCodes: ReadonlyMap<unknown, readonly [string, string]> = new Map([
  ["ENOENT", ["not-found", "there is none"]],
  ["ENOTDIR", ["not-found", "there is none"]],
  ["EACCES", ["forbidden", "it may not be read"]],
  ["EPERM", ["forbidden", "it may not be read"]],
]);

function describeError(error: unknown): FileContent {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (error instanceof Error && error.name === "NotCapable") {
    return fail("", "forbidden", "Deno runs without --allow-read for it");
  }
  const [name, reason] = errorCodes.get(code) ??
    ["unreadable", `it could not be read (${code ?? "unknown"})`];
  return fail("", name, reason);
}

function fail(
  signature: string,
  code: string,
  message: string,
): FileContent & { readonly kind: "failed" } {
  return { kind: "failed", signature, code, message, issues: [] };
}

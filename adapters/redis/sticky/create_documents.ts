import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyAssignmentDocument } from "../../../core/types/sticky_bucket.ts";
import { documentKey } from "../../sticky/document_key.ts";
import { readDocument } from "../../sticky/read_document.ts";
import type { StickyDocumentName } from "../../sticky/sticky_bucket_store.ts";
import {
  describeError,
  type RedisCommands,
} from "../client/create_commands.ts";
import { type RedisScript, runScript } from "../client/create_script.ts";
import {
  mergeScript,
  swapScript,
  touchScript,
} from "../scripts/sticky_scripts.ts";
import type { StatusKeeper } from "../store/create_status.ts";

/** The documents in Redis. Each call rejects where Redis does. */
export interface Documents {
  /** Reads a document, which prolongs its life; null where there is none. */
  readonly read: (
    name: StickyDocumentName,
  ) => Promise<StickyAssignmentDocument | null>;
  /** Adds the assignments of a document. */
  readonly write: (document: StickyAssignmentDocument) => Promise<void>;
  /** Removes a document. */
  readonly erase: (name: StickyDocumentName) => Promise<void>;
}

/** What they need. */
export interface DocumentsOptions {
  readonly commands: RedisCommands;
  /** What stands in front of each key. */
  readonly prefix: string;
  /** How long a document stays that is not used, in milliseconds, as a text; `"0"` for ever. */
  readonly lifetime: string;
  /** Is told how each call went. */
  readonly status: Pick<StatusKeeper, "watch">;
}

/** How often a document is written that changed meanwhile, and that Lua can't read. */
const attempts = 50;

/** Makes what reads and writes documents. */
export function createDocuments(
  { commands, prefix, lifetime, status }: DocumentsOptions,
): Documents {
  const keyOf = (name: StickyDocumentName) => prefix + documentKey(name);
  const { watch } = status;
  const run = (
    script: RedisScript,
    task: string,
    key: string,
    args: readonly string[],
  ) => watch(runScript(commands, script, { task, key, args }));
  const save = async (
    script: RedisScript,
    key: string,
    args: readonly string[],
  ) => Number(await run(script, "save sticky buckets", key, args)) === 1;
  const get = async (key: string): Promise<string | null> => {
    const task = "read sticky buckets";
    const reply = lifetime === "0"
      ? await watch(commands.ask(task, ["GET", key], key))
      : await run(touchScript, task, key, [lifetime]);
    return typeof reply === "string" ? reply : null;
  };
  // The slower way, for what Lua can't read or write: a half of a surrogate pair.
  const swap = async (key: string, document: StickyAssignmentDocument) => {
    const name = documentKey(document);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const text = await get(key);
      const there = text === null ? null : readDocument(text, document);
      const united = evolveStickyBuckets(
        there === null ? {} : { [name]: there },
        document,
      );
      const args = [
        ...[lifetime, text === null ? "0" : "1", text ?? ""],
        JSON.stringify(united[name]),
      ];
      if (await save(swapScript, key, args)) return;
    }
    throw describeError("save sticky buckets", new Error("it kept changing"));
  };
  return {
    read: async (name) => {
      const text = await get(keyOf(name));
      return text === null ? null : readDocument(text, name);
    },
    write: async (document) => {
      const { attributeName, attributeValue, assignments } = document;
      const words = [
        attributeName,
        attributeValue,
        ...Object.entries(assignments).flat(),
      ];
      const key = keyOf(document);
      const isDone = words.every(isWellFormed) &&
        await save(mergeScript, key, [lifetime, ...words]);
      if (!isDone) await swap(key, document);
    },
    erase: async (name) => {
      const key = keyOf(name);
      await watch(commands.ask("erase sticky buckets", ["DEL", key], key));
    },
  };
}

// `isWellFormed` of ES2024 is younger than some supported runtimes.
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

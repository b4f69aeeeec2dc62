import { showValue } from "../../../core/payload/read/show_value.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import { checkOptions } from "../../support/check_options.ts";
import { type Sink, sink, type SinkEvent } from "../sink.ts";
import { type LineFile, openLineFile } from "./file/line_file.ts";
import { rotateFile } from "./file/rotate_file.ts";
import { readName } from "./service/service_options.ts";

/** How events are written to a file. */
export interface FileSinkOptions {
  /** The name under which a store knows how far it has come; `file` by default. */
  readonly name?: string;
  /** The types of events that it wants; `experiment.viewed` and `custom` by default. */
  readonly types?: readonly string[];
  /** Whether it wants an event of those types; all by default. */
  readonly include?: (event: SinkEvent) => boolean;
  /** Makes the JSON of an event's line; the event itself by default. */
  readonly map?: (event: SinkEvent) => JsonValue | object;
  /** How large the file gets before a new one is begun, in bytes; 67,108,864 by default. */
  readonly maxBytes?: number;
  /** How many full files are kept; all by default. Older ones are removed. */
  readonly keep?: number;
}

/**
 * Writes events to a file, one JSON object a line (NDJSON). They count as delivered once they are on the
 * disk (`fdatasync`). A full file is moved to `path.1`, `path.2` and so on, and a new one is begun. A
 * process that is killed while it writes leaves half a line at most, which the next one cuts off before
 * it adds to the file; its events come again, with the same ids. One process at a time writes a file.
 *
 * It works on Deno, Node and Bun. Throws a `TypeError` where the path is empty or not a text, or an
 * option is unknown or of the wrong type; and a `RangeError` where `maxBytes` or `keep` is not a whole number
 * of 1 or more.
 *
 * @example
 * ```ts
 * import { deliver, fileSink } from "@growthstream/sdk/delivery";
 * import { memoryStore } from "../../log/memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = `${await Deno.makeTempDir()}/events.ndjson`;
 * const store = memoryStore();
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id: "1", time: 0, type: "custom", version: 1, data }]);
 *
 * const delivery = deliver(store, fileSink(path));
 * await delivery.flush();
 * await delivery.stop();
 * const [line = ""] = (await Deno.readTextFile(path)).split("\n");
 * assertEquals(JSON.parse(line).data, data);
 * ```
 */
export function fileSink(path: string, options: FileSinkOptions = {}): Sink {
  const name = readName("file", options);
  const { map, maxBytes = 67_108_864, keep } = options;
  if (typeof path !== "string" || path === "") {
    throw new TypeError(
      `Cannot make the sink ${JSON.stringify(name)}: the current path is ${
        path === "" ? "empty" : `of type ${typeof path}`
      }`,
    );
  }
  checkOptions(`make the sink "${name}"`, options, {
    name: "text",
    types: "texts",
    include: "function",
    map: "function",
    maxBytes: "any",
    keep: "any",
  });
  checkLimit(name, "maxBytes", maxBytes);
  if (keep !== undefined) checkLimit(name, "keep", keep);
  let file: LineFile | null = null;
  const close = async () => {
    const open = file;
    file = null;
    await open?.close();
  };
  // One after the other, also where the sink has several senders.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    const turn = last.then(action, action);
    last = turn.catch(() => {});
    return turn;
  };
  const write = async (bytes: Uint8Array) => {
    if (file?.isThere() === false) await close();
    file ??= await openLineFile(path);
    const size = await file.size();
    if (size > 0 && size + bytes.length > maxBytes) {
      await close();
      await rotateFile(path, keep ?? Infinity);
      file = await openLineFile(path);
    }
    await file.append(bytes);
  };
  return sink({
    name,
    ...(options.types === undefined ? {} : { types: options.types }),
    ...(options.include === undefined ? {} : { include: options.include }),
    limits: { events: 1_000, characters: 8_000_000, timeout: 300_000 },
    close: () => inTurn(close),
    send: async (events) => {
      const lines: string[] = [];
      const refused: { readonly id: string; readonly message: string }[] = [];
      for (const event of events) {
        try {
          const value = map === undefined ? event : map(event);
          const json = JSON.stringify(value) as string | undefined;
          if (json === undefined) throw new TypeError("`map` gave no JSON");
          lines.push(`${json}\n`);
        } catch (error) {
          refused.push({ id: event.id, message: String(error) });
        }
      }
      try {
        if (lines.length > 0) {
          await inTurn(() => write(new TextEncoder().encode(lines.join(""))));
        }
      } catch (error) {
        // What is known of the file may be wrong now, so it is opened anew.
        await inTurn(close).catch(() => {});
        throw Object.assign(
          new Error(
            `Cannot write the file of the sink ${JSON.stringify(name)}: ${
              reasonOf(error)
            }`,
          ),
          { delivery: "busy" },
        );
      }
      return { refused };
    },
  });
}

function checkLimit(name: string, option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(
    `Cannot make the sink ${
      JSON.stringify(name)
    }: the current value of ${option} is ${showValue(value)}`,
  );
}

function reasonOf(error: unknown): string {
  const { code, message } = Object(error) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  return typeof code === "string"
    ? reasons.get(code) ?? code
    : String(message ?? error);
}

/** What errors mean, by the code of the system. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "its folder is not there"],
  ["ENOTDIR", "its folder is not there"],
  ["EISDIR", "its path is that of a folder"],
  ["EACCES", "the system does not permit it"],
  ["EPERM", "the system does not permit it"],
  ["EROFS", "the system does not permit it"],
  ["ENOSPC", "the disk is full"],
]);

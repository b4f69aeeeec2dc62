import {
  readSafely,
  unreadable,
} from "../../../core/payload/read/read_safely.ts";
import { showValue } from "../../../core/payload/read/show_value.ts";
import { isObject, readOwn } from "../../../core/support/read_own.ts";
import type { RecordLevel } from "../../../core/events/types/event_user.ts";
import type { Attributes } from "../../../core/types/attributes.ts";
import type { ExperimentOverride } from "../../../core/types/experiment.ts";
import type { Sink } from "../../delivery/sink.ts";
import { type Clock, systemClock } from "../../support/time/clock.ts";
import type {
  ClientOptions,
  RecordingOptions,
  TrackingOptions,
} from "../client_options.ts";
import type { ClientSnapshot } from "../hydration/client_snapshot.ts";
import { hydrateStickyBuckets } from "../hydration/hydrate_sticky_buckets.ts";
import { readSnapshot } from "../hydration/read_snapshot.ts";
import { copyPlain } from "./copy_plain.ts";
import { type Reader, readFields } from "./read_fields.ts";
import { describeKind, readRecord, type TellMisuse } from "./read_record.ts";
import { readUrl, readVariations } from "./read_user.ts";

/** The options as the parts of a client get them: read, and with the defaults of those that are absent. */
export interface Settings
  extends Omit<ClientOptions, "hydrate" | "tracking" | "recording"> {
  readonly hydrate?: ClientSnapshot;
  readonly attributes: Attributes;
  readonly url: string;
  readonly sinks: readonly Sink[];
  readonly waitForStickyBuckets: boolean;
  readonly stickyAttributes: readonly string[];
  readonly recordUser: RecordLevel;
  readonly tracking: Required<TrackingOptions>;
  readonly recording: Required<RecordingOptions>;
  readonly clock: Clock;
}

const tracking: Settings["tracking"] = {
  isPaused: false,
  exposureCapacity: 100_000,
  exposureAge: 86_400_000,
};

const recording: Settings["recording"] = {
  countEvaluations: false,
  countInterval: 60_000,
  recordInputs: false,
  recordPayloads: false,
  capacity: 10_000,
  maxCharacters: 16_777_216,
};

const defaults: Omit<Settings, "source"> = {
  attributes: {},
  url: "",
  sinks: [],
  waitForStickyBuckets: true,
  stickyAttributes: [],
  recordUser: "identity",
  tracking,
  recording,
  clock: systemClock,
};

const readFunction = need("a function", (value) => typeof value === "function");
const readPaused = need('"paused"', (value) => value === "paused");
const readFlag = need("true or false", (value) => typeof value === "boolean");
const readTexts = needList("texts", (name) => typeof name === "string");
const readSinks = needList(
  "sinks",
  (sink) =>
    has(sink, "send") && typeof readSafely(sink, "name") === "string" &&
    Array.isArray(readSafely(sink, "types")),
);

const noSource = { subscribe: () => ({ unsubscribe: () => {} }) };

/** How each option is read; null leaves it out. */
const readers: { readonly [Name in keyof Required<ClientOptions>]: Reader } = {
  source: asItIs,
  initialPayload: asItIs,
  hydrate: readSnapshot,
  attributes: readRecord,
  attributeOverrides: readRecord,
  url: readUrl,
  enabled: readFlag,
  qaMode: readFlag,
  forcedVariations: readVariations,
  forcedFeatureValues: readRecord,
  groups: readRecord,
  overrides: readOverrides,
  decryptionKey: asItIs,
  trackingCallback: readFunction,
  sinks: (value, what, tell) =>
    readSinks(Array.isArray(value) ? [...value] : value, what, tell),
  store: need("a store of events", (value) => has(value, "append")),
  stickyBuckets: need("{ load, save }", (value) => has(value, "load")),
  waitForStickyBuckets: readFlag,
  stickyAttributes: (value, what, tell) =>
    readTexts(copyPlain(value).value, what, tell),
  recordUser: need(
    '"identity", "decision" or "all"',
    (value) => ["identity", "decision", "all"].includes(value as RecordLevel),
  ),
  tracking: (value, what, tell) =>
    typeof value === "string"
      ? readPaused(value, what, tell) && { ...tracking, isPaused: true }
      : readGroup(tracking, value, what, tell),
  recording: (value, what, tell) => readGroup(recording, value, what, tell),
  inspect: readFunction,
  clock: need(
    "{ now, setTimer }",
    (value) => has(value, "now") && has(value, "setTimer"),
  ),
  createId: readFunction,
  random: readFunction,
  onError: readFunction,
  log: readFunction,
};

/**
 * Reads the options of a client with suspicion: each once, a user's data as copies. What cannot be
 * used is left out, and `tell` is called, as for a name that is no option. Throws a `TypeError`
 * where there is no source.
 */
export function readOptions(source: unknown, tell: TellMisuse): Settings {
  const options = readFields(source, readers, describeUnknown, tell);
  const hydrate = options["hydrate"] as ClientSnapshot | undefined;
  // What a server decided is enough to render with. Where it is cut off, or of another version, the page
  // was told so, and shows its fallbacks.
  if (isObject(source) && readSafely(source, "hydrate")) {
    options["source"] ??= noSource;
  }
  if (hydrate !== undefined) {
    options["stickyBuckets"] = hydrateStickyBuckets(
      hydrate.sticky,
      options["stickyBuckets"] as ClientOptions["stickyBuckets"],
    );
  }
  checkSource(options["source"]);
  return { ...defaults, ...options } as unknown as Settings;
}

function checkSource(source: unknown): void {
  if (has(source, "subscribe")) return;
  throw new TypeError(
    source === undefined || source === null
      ? "Cannot make a client without a source of payloads: give one, as in createClient({ source: fixedSource(payload) })"
      : `Cannot make a client without a source of payloads: an observable is needed, and the current value is ${
        describeKind(source)
      }`,
  );
}

function describeUnknown(name: string): string {
  return `Cannot use the option "${name}": a client has no such option`;
}

function asItIs(value: unknown, what: string, tell: TellMisuse): unknown {
  if (value !== unreadable) return value;
  tell(`Cannot use the option ${what}: reading it throws`);
  return null;
}

/** Makes the reader of an option that has to be something certain; null stands for none. */
function need(needed: string, fits: (value: unknown) => boolean): Reader {
  return (value, what, tell) => {
    if (value === null || value === unreadable || fits(value)) {
      return asItIs(value, what, tell);
    }
    tell(
      `Cannot use the option ${what}: ${needed} is needed, and the current value is ${
        showValue(value)
      }`,
    );
    return null;
  };
}

function needList(needed: string, fits: (entry: object) => boolean): Reader {
  return need(
    `a list of ${needed}`,
    (value) => Array.isArray(value) && value.every(fits),
  );
}

function has(value: unknown, method: string): boolean {
  return typeof readSafely(Object(value), method) === "function";
}

function readGroup(
  defaults: object,
  source: unknown,
  what: string,
  tell: TellMisuse,
): object {
  const entries = Object.entries(readRecord(source, what, tell) ?? {});
  const known = entries.filter(([name, value]) => {
    const full = `${what}.${name}`;
    const preset = readOwn(defaults, name);
    if (preset === null) return tell(describeUnknown(full));
    const read = need(
      typeof preset === "number" ? "a number from 0 on" : "true or false",
      (given) => typeof given === typeof preset && Number(given) >= 0,
    );
    return value !== undefined && read(value, full, tell) !== null;
  });
  return { ...defaults, ...Object.fromEntries(known) };
}

// The URL of an override may be a regular expression.
function readOverrides(
  source: unknown,
  what: string,
  tell: TellMisuse,
): ClientOptions["overrides"] | null {
  const plain = readRecord(source, what, () => {});
  if (plain === null) return readRecord(source, what, tell) as null;
  const entries = Object.entries(plain).map(([key, override]) => {
    const given = readSafely(source as object, key) as object;
    const url = readSafely(given, "url");
    const { fault } = copyPlain(isPattern(url) ? { ...given, url: "" } : given);
    if (fault !== null) tell(`Cannot use ${what}.${key} as it is: ${fault}`);
    return [
      key,
      isPattern(url) ? { ...override as object, url } : override,
    ] as const;
  });
  return Object.fromEntries(entries) as { [key: string]: ExperimentOverride };
}

function isPattern(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === "[object RegExp]";
}

import {
  readSafely,
  unreadable,
} from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
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

const noSource = { subscribe: () => ({ unsubscribe: () => {} }) };

/** How each option is read; null leaves it out. */
const readers: { readonly [Name in keyof Required<ClientOptions>]: Reader } = {
  source: asItIs,
  initialPayload: asItIs,
  hydrate: readSnapshot,
  attributes: readRecord,
  attributeOverrides: readRecord,
  url: readUrl,
  enabled: asItIs,
  qaMode: asItIs,
  forcedVariations: readVariations,
  forcedFeatureValues: readRecord,
  groups: readRecord,
  overrides: readOverrides,
  decryptionKey: asItIs,
  trackingCallback: asItIs,
  sinks: readSinks,
  store: asItIs,
  stickyBuckets: asItIs,
  waitForStickyBuckets: asItIs,
  stickyAttributes: readTexts,
  recordUser: asItIs,
  tracking: (value, what, tell) =>
    value === "paused"
      ? { ...tracking, isPaused: true }
      : readGroup(tracking, value, what, tell),
  recording: (value, what, tell) => readGroup(recording, value, what, tell),
  inspect: asItIs,
  clock: asItIs,
  createId: asItIs,
  random: asItIs,
  onError: asItIs,
  log: asItIs,
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
  const isSource = typeof source === "object" && source !== null &&
    typeof readSafely(source, "subscribe") === "function";
  if (isSource) return;
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

function readSinks(
  source: unknown,
  what: string,
  tell: TellMisuse,
): readonly unknown[] | null {
  const sinks: readonly unknown[] = Array.isArray(source) ? [...source] : [];
  const isSink = (value: unknown) =>
    typeof value === "object" && value !== null &&
    typeof readSafely(value, "name") === "string" &&
    typeof readSafely(value, "send") === "function" &&
    Array.isArray(readSafely(value, "types"));
  if (Array.isArray(source) && sinks.every(isSink)) return sinks;
  tell(`Cannot use the option ${what}: a list of sinks is needed`);
  return null;
}

function readTexts(
  source: unknown,
  what: string,
  tell: TellMisuse,
): readonly string[] | null {
  const { value } = copyPlain(source);
  if (Array.isArray(value) && value.every((name) => typeof name === "string")) {
    return value;
  }
  tell(`Cannot use the option ${what}: a list of texts is needed`);
  return null;
}

function readGroup(
  defaults: object,
  source: unknown,
  what: string,
  tell: TellMisuse,
): object {
  const entries = Object.entries(readRecord(source, what, tell) ?? {});
  const known = entries.filter(([name, value]) => {
    const isKnown = Object.hasOwn(defaults, name);
    if (!isKnown) tell(describeUnknown(`${what}.${name}`));
    return isKnown && value !== undefined;
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

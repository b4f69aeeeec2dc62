import { Observable } from "rxjs";
import {
  readSafely,
  unreadable,
} from "../../../core/payload/read/read_safely.ts";
import { attempt } from "../../../core/support/attempt.ts";
import { isObject } from "../../../core/support/read_own.ts";
import { showValue } from "../../../core/payload/read/show_value.ts";
import type { RecordLevel } from "../../../core/events/types/event_user.ts";
import type { Attributes } from "../../../core/types/attributes.ts";
import type { JsonValue } from "../../../core/types/json.ts";
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
import { copyPlain, type PlainCopy } from "./copy_plain.ts";
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

const asItIs = need("anything", () => true);
const readFunction = need("a function", (value) => typeof value === "function");
const readPaused = need(
  '"paused" or an object',
  (value) => value === "paused",
);
const readFlag = need("true or false", (value) => typeof value === "boolean");
const readAmount = need(
  "a number from 0 on",
  (value) => typeof value === "number" && value >= 0,
);
const readTexts = needList("texts", (name) => typeof name === "string");
const readTracking = readGroup(tracking);
const readSinks = needList(
  "sinks",
  (sink) =>
    has(sink, "send") && typeof readSafely(sink, "name") === "string" &&
    Array.isArray(readSafely(sink, "types")),
);

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
  overrides: (value, what, tell) => readRecord(value, what, tell, copyOverride),
  decryptionKey: asItIs,
  trackingCallback: readFunction,
  sinks: (value, what, tell) =>
    readSinks(Array.isArray(value) ? [...value] : value, what, tell),
  store: needObject("a store of events", "append"),
  stickyBuckets: needObject("{ load, save }", "load"),
  waitForStickyBuckets: readFlag,
  stickyAttributes: (value, what, tell) =>
    readTexts(copyPlain(value).value, what, tell),
  recordUser: need(
    '"identity", "decision" or "all"',
    (value) => ["identity", "decision", "all"].includes(value as RecordLevel),
  ),
  tracking: (value, what, tell) =>
    isObject(value)
      ? readTracking(value, what, tell)
      : readPaused(value, what, tell) && { ...tracking, isPaused: true },
  recording: readGroup(recording),
  inspect: readFunction,
  clock: needObject("{ now, setTimer }", "now", "setTimer"),
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
  // was told so, and has nothing to wait for but an initial payload that is encrypted: it shows its fallbacks.
  if (readSafely(Object(source), "hydrate")) {
    options["source"] ??= new Observable((subscriber) => {
      if ((hydrate ?? options["decryptionKey"]) === undefined) {
        subscriber.complete();
      }
    });
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
      ? "Cannot make a client without a source of payloads: give one, such as growthbookSource({ clientKey }) or fixedSource(payload)"
      : `Cannot make a client without a source of payloads: an observable is needed, and the current value is ${
        describeKind(source)
      }`,
  );
}

function describeUnknown(name: string): string {
  return `Cannot use the option "${name}": a client has no such option`;
}

/** Makes the reader of an option that has to be something certain; null stands for none. */
function need(needed: string, fits: (value: unknown) => boolean): Reader {
  return (value, what, tell) => {
    if (value === unreadable) {
      tell(`Cannot use the option ${what}: reading it throws`);
    } else if (value === null || fits(value)) return value;
    else {
      tell(
        `Cannot use the option ${what}: ${needed} is needed, and the current value is ${
          showValue(value)
        }`,
      );
    }
    return null;
  };
}

function needList(needed: string, fits: (entry: object) => boolean): Reader {
  return need(
    `a list of ${needed}`,
    (value) => Array.isArray(value) && value.every(fits),
  );
}

function needObject(needed: string, ...methods: readonly string[]): Reader {
  return need(needed, (value) => methods.every((name) => has(value, name)));
}

function has(value: unknown, method: string): boolean {
  return typeof readSafely(Object(value), method) === "function";
}

/** Makes the reader of options that belong together, which gives all of them. */
function readGroup(presets: object): Reader {
  const readers = Object.fromEntries(
    Object.entries(presets).map(([name, preset]) => [
      name,
      typeof preset === "number" ? readAmount : readFlag,
    ]),
  );
  return (source, what, tell) => {
    const plain = readRecord(source, what, tell);
    return {
      ...presets,
      ...readFields(plain, readers, describeUnknown, tell, `${what}.`),
    };
  };
}

/** Copies an override of an experiment, whose URL may be a regular expression. */
function copyOverride(override: unknown): PlainCopy {
  const url = readSafely(Object(override), "url");
  if (Object.prototype.toString.call(url) !== "[object RegExp]") {
    return copyPlain(override);
  }
  const rest = () => ({ ...override as object, url: "" });
  const { value, fault } = copyPlain(attempt(rest, override));
  return { value: { ...value as object, url } as unknown as JsonValue, fault };
}

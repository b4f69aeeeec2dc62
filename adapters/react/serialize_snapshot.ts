import { featureDependencies } from "../../core/feature/feature_dependencies.ts";
import { payloadDigest } from "../../core/payload/reconcile/payload_digest.ts";
import { showValue } from "../../core/payload/read/show_value.ts";
import { isObject, readOwn } from "../../core/support/read_own.ts";
import type { Context } from "../../core/types/context.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { ClientSnapshot } from "../client/hydration/client_snapshot.ts";
import { describeDecision } from "../client/hydration/describe_decision.ts";
import {
  exposureFingerprint,
  userFingerprint,
} from "../client/hydration/exposure_fingerprint.ts";
import { describeKind } from "../client/inputs/read_record.ts";
import { definitionsOf } from "../client/payload/definitions_of.ts";
import { checkOptions } from "../support/check_options.ts";
import type { ProvidedClient } from "./flags_provider.ts";
import { type Reads, storesOf } from "./stores.ts";

/** What goes into a snapshot. */
export interface SnapshotOptions {
  /**
   * The keys of the features that the page shows. By default those that components have read from this
   * user's view so far: all of them after `renderToString`, but not while a page is being streamed.
   */
  readonly keys?: readonly string[];
  /**
   * `"payload"` adds all definitions, so that the page decides by itself until its source answers, also
   * for other features and other attributes. Anyone who reads the page reads them.
   */
  readonly include?: "payload";
}

/**
 * Writes down what was decided for a user, for the page that shows it: `createClient({ hydrate: text })`
 * takes it there, and the first render equals the server's. In it are the decisions for the named
 * features, which exposures were recorded already, the sticky buckets that were used, and the digest of
 * the payload. No attribute of the user, no condition, group or weight, and no other feature is in it,
 * unless the payload is asked for.
 *
 * The text is JSON that can stand inside a `script` element, and between single quotes in an attribute.
 * Use the `user` that the components were rendered with. Records nothing. Throws a `TypeError` where `user`
 * is no client and no view of one, and for options that can't be meant.
 *
 * @example
 * ```ts
 * import { FlagsProvider, serializeSnapshot, useFeatureValue } from "@growthstream/sdk/react";
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * const Banner = () => useFeatureValue("banner", "Hello");
 * const banner = { rules: [{ condition: { email: "ann@example.com" }, force: "Hi, Ann" }] };
 * const server = createClient({ source: fixedSource({ features: { banner } }) });
 *
 * const client = server.forUser({ attributes: { email: "ann@example.com" } });
 * const html = renderToString(createElement(FlagsProvider, { client }, createElement(Banner)));
 * const text = serializeSnapshot(client);
 * assertEquals([html, text.includes("example.com")], ["Hi, Ann", false]);
 *
 * const page = createClient({ hydrate: text });
 * assertEquals(page.getFeatureValue("banner", "Hello"), "Hi, Ann");
 * await page.close();
 * await server.close();
 * ```
 */
export function serializeSnapshot(
  user: ProvidedClient,
  options: SnapshotOptions = {},
): string {
  refuseOthers(user, options);
  const { keys } = options;
  const reads = user as unknown as Reads;
  const stores = storesOf(reads);
  const context = reads.snapshot();
  const payload = payloadOf(context);
  const results = [...new Set(keys ?? stores.keys())]
    .map((key) => [key, stores.feature(key).readFirst()] as const);
  const snapshot: ClientSnapshot = {
    version: 1,
    digest: digestOf(payload),
    decisions: Object.fromEntries(
      results.map(([key, result]) => [key, describeDecision(key, result)]),
    ),
    exposures: [
      ...new Set(
        results.flatMap(([key]) => reads.recorded(key)).map(
          exposureFingerprint,
        ),
      ),
    ],
    sticky: handOverSticky(context, results.map(([key]) => key)),
    ...(options.include === "payload" ? { payload } : {}),
  };
  return JSON.stringify(snapshot).replace(/[<>&'\u2028\u2029]/g, escape);
}

// What is written down silently for nobody, or for a key read letter by letter, is found much later.
function refuseOthers(user: unknown, options: SnapshotOptions): void {
  if (!isObject(user) || typeof user["snapshot"] !== "function") {
    throw new TypeError(
      `Cannot write a snapshot: a client or a user's view of one is needed, and the current value is ${
        describeKind(user)
      }`,
    );
  }
  // A misspelt `keys` would count for nothing.
  checkOptions("write a snapshot", options, { keys: "any", include: "any" });
  const [keys, include]: readonly unknown[] = [options.keys, options.include];
  const isList = keys === undefined ||
    Array.isArray(keys) && keys.every((key) => typeof key === "string");
  if (!isList) {
    throw new TypeError(
      `Cannot write a snapshot: a list of keys is needed, and the current value is ${
        Array.isArray(keys) ? "a list of other things" : describeKind(keys)
      }`,
    );
  }
  if (include === undefined || include === "payload") return;
  throw new TypeError(
    `Cannot write a snapshot: include should be "payload", and the current value is ${
      showValue(include)
    }`,
  );
}

// What ends a script, begins a comment or an entity, or ends a line for older parsers.
function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function payloadOf({ features = {}, ...context }: Context<object>): Payload {
  const definitions = Object.entries(definitionsOf({ ...context, features }))
    .filter(([, part]) => part !== undefined);
  return { features, ...Object.fromEntries(definitions) };
}

const digests = new WeakMap<
  object,
  { readonly payload: Payload; readonly digest: string }
>();

// A payload of thousands of features is digested once, and not for each request.
function digestOf(payload: Payload): string {
  const known = digests.get(payload.features);
  // Another payload may share the features.
  if (known !== undefined && hasSameParts(known.payload, payload)) {
    return known.digest;
  }
  const digest = payloadDigest(payload);
  digests.set(payload.features, { payload, digest });
  return digest;
}

function hasSameParts(left: Payload, right: Payload): boolean {
  const parts = Object.entries(left);
  return parts.length === Object.keys(right).length &&
    parts.every(([name, part]) => readOwn(right, name) === part);
}

function handOverSticky(
  context: Context<object>,
  keys: readonly string[],
): ClientSnapshot["sticky"] {
  const documents = Object.values(context.stickyBucketAssignmentDocs ?? {});
  if (documents.length === 0) return [];
  // An assignment counts also where it keeps the user out: then no result names its experiment.
  const shown = new Set(keys.flatMap((key) => experimentsOf(context, key)));
  return documents.flatMap(
    ({ attributeName, attributeValue, assignments }) => {
      const used = Object.entries(assignments)
        .filter(([name]) => shown.has(name.slice(0, name.lastIndexOf("__"))));
      return used.length === 0 ? [] : [{
        attributeName,
        user: userFingerprint(attributeValue),
        assignments: Object.fromEntries(used),
      }];
    },
  );
}

// Those of its parents stay behind, as the parents do.
function experimentsOf(
  { features = {} }: Context<object>,
  key: string,
): readonly string[] {
  const definition = Object.hasOwn(features, key) ? features[key] : undefined;
  return definition === undefined
    ? []
    : featureDependencies({ features: { [key]: definition } }, key).experiments;
}

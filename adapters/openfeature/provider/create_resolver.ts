import type { Context } from "../../../core/types/context.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import type { ClientStatus } from "../../client/client_status.ts";
import type { LooseReads } from "../../client/reads/create_reads.ts";
import { describeResult } from "../mapping/describe_result.ts";
import type { ReadContext } from "../mapping/read_attributes.ts";
import { type FlagType, resolveValue } from "../mapping/resolve_value.ts";
import type { Resolution } from "../mapping/resolution.ts";
import { createVersions } from "../mapping/version_of.ts";
import type { ReadOptions } from "./provider_options.ts";

/** The reads of a user that an answer needs. */
export type AnsweringReads = Pick<
  LooseReads,
  "peek" | "evalFeature" | "snapshot"
>;

/** The part of OpenFeature's logger that a provider uses. It may be missing where a test calls. */
export interface WarningLogger {
  /** Takes a warning. */
  readonly warn: (...parts: unknown[]) => void;
}

/** A question of OpenFeature. */
export interface FlagQuestion<Value> {
  /** The key of the flag. */
  readonly key: string;
  /** The type that is asked for. */
  readonly type: FlagType;
  /** What the caller goes on with where there is no such value. */
  readonly defaultValue: Value;
  /** Where warnings go. */
  readonly logger: WarningLogger | undefined;
}

/** Answers questions of OpenFeature with the reads of a user. */
export type Resolver = <Value>(
  reads: AnsweringReads,
  user: ReadContext,
  question: FlagQuestion<Value>,
) => Resolution<Value>;

/** How many warnings a provider gives, each about another name. */
const mostWarnings = 100;

/** Makes what answers questions: the same for servers and for pages. It never throws. */
export function createResolver(
  { tracking }: Pick<ReadOptions, "tracking">,
  status: () => ClientStatus | null,
): Resolver {
  const versions = createVersions();
  const warn = createWarnings();
  const answer = <Value>(
    reads: AnsweringReads,
    { contextId, dropped }: ReadContext,
    { key, type, defaultValue, logger }: FlagQuestion<Value>,
  ): Resolution<Value> => {
    const result = reads.peek(key);
    const context = reads.snapshot();
    if (result.source === "unknownFeature") {
      const reason = whyNotReady(context, key, status());
      if (reason !== null) {
        return fail(defaultValue, "PROVIDER_NOT_READY", reason);
      }
    }
    const described = describeResult(context, key, result as FeatureResult, {
      version: versions(context),
      contextId,
      stale: isStale(status()),
    });
    const resolution = resolveValue(described, type, defaultValue);
    // A value of another type is not what the user gets to see.
    if (tracking && resolution.errorCode !== "TYPE_MISMATCH") {
      reads.evalFeature(key);
    }
    const { missing } = described.flagMetadata;
    if (missing !== undefined) warn(logger, describeMissing(key, missing));
    for (const name of dropped) warn(logger, describeDropped(name));
    return resolution;
  };
  return (reads, user, question) => {
    try {
      return answer(reads, user, question);
    } catch {
      // Such as a logger that throws. What it says may hold what the context has.
      const message = "The flag could not be evaluated";
      return fail(question.defaultValue, "GENERAL", message);
    }
  };
}

function createWarnings(): (
  logger: WarningLogger | undefined,
  message: string,
) => void {
  const warned = new Set<string>();
  return (logger, message) => {
    if (warned.size >= mostWarnings || warned.has(message)) return;
    warned.add(message);
    logger?.warn(message);
  };
}

function describeMissing(key: string, missing: unknown): string {
  return `Cannot run an experiment or a rollout of ${
    JSON.stringify(key)
  }: the context has no ${
    JSON.stringify(missing)
  }, and no targetingKey that stands for it`;
}

function describeDropped(name: string): string {
  return `Cannot use ${
    JSON.stringify(name)
  } of the context: it can't be read as JSON`;
}

function fail<Value>(
  value: Value,
  errorCode: "PROVIDER_NOT_READY" | "GENERAL",
  errorMessage: string,
): Resolution<Value> {
  return { value, reason: "ERROR", errorCode, errorMessage, flagMetadata: {} };
}

// A feature counts as unknown before the first payload, and while the user's sticky buckets come.
function whyNotReady(
  { features = {} }: Context<object>,
  key: string,
  status: ClientStatus | null,
): string | null {
  if (Object.hasOwn(features, key)) {
    return "The user's sticky buckets are being loaded";
  }
  return status?.status === "initializing" || status?.status === "error"
    ? status.reason
    : null;
}

function isStale(status: ClientStatus | null): boolean {
  return status?.status === "stale" || status?.status === "closed";
}

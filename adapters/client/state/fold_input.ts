import { reconcilePayload } from "../../../core/payload/reconcile/reconcile_payload.ts";
import type { Context } from "../../../core/types/context.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import { dateDifference } from "../../sources/payload_date.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { ClientInput } from "./client_input.ts";
import type { ClientState } from "./client_state.ts";
import { definitionsOf } from "../payload/definitions_of.ts";
import { describeStatus } from "./describe_status.ts";

// A context leaves out what it has none of.
const nothing = {};
const ok: SourceReport = { type: "ok", updates: "none" };

/**
 * What a client knows once an input has come; the same state where that says nothing new. Pure: a
 * client is a fold of this over its one queue.
 */
export function foldInput(state: ClientState, input: ClientInput): ClientState {
  if (state.isClosed) return state;
  switch (input.type) {
    case "payload":
      return foldPayload(state, input);
    case "refused":
      return change(state, {
        refusal: input.report,
        awaitsRemote: state.awaitsRemote && !input.isRemote,
      });
    case "report":
      return change(state, { report: input.report });
    case "attributes":
      return changeContext(state, { attributes: input.attributes });
    case "update":
      return changeContext(state, {
        attributes: { ...state.context.attributes, ...input.attributes },
      });
    case "url":
      return changeContext(state, { url: input.url });
    case "variations":
      return changeContext(state, { forcedVariations: input.forced });
    case "values":
      return changeContext(state, { forcedFeatureValues: input.forced });
    case "asking":
      return change(state, { awaitsRemote: true });
    case "sticky":
      return foldSticky(state, input);
    case "closed":
      return change(state, { isClosed: true });
  }
}

function foldPayload(
  state: ClientState,
  { payload: next, issues, isRemote, isInitial = false, now = NaN }:
    & ClientInput
    & { readonly type: "payload" },
): ClientState {
  const { payload, report } = state;
  if (isInitial && payload !== null) return state;
  // A source that gives a payload works again, and one without reports works while it emits.
  const isWell = !state.hasReports || report.type === "failed";
  const known = {
    refusal: null,
    awaitsRemote: isRemote ? false : state.awaitsRemote,
    report: isWell && !isInitial ? ok : report,
    isInitialPayload: isInitial,
  };
  // A payload may overtake another on its way; only dates that both carry can tell.
  if (!isRemote && dateDifference(next, payload, now) < 0) {
    // What is older than the initial payload confirms it: the source has nothing newer.
    return state.isInitialPayload ? change(state, known) : state;
  }
  const reconciled = reconcilePayload(payload, next).payload;
  if (reconciled === payload) return change(state, known);
  return change(state, {
    ...known,
    issues,
    payload: reconciled,
    context: tidy({ ...state.context, ...definitionsOf(reconciled) }),
  });
}

function foldSticky(
  state: ClientState,
  { documents, awaited, isFailed }: ClientInput & { readonly type: "sticky" },
): ClientState {
  const known = {
    isStickyFailed: isFailed,
    awaitedSticky: isEqual(awaited, state.awaitedSticky)
      ? state.awaitedSticky
      : awaited,
  };
  const { context } = state;
  if (isEqual(context.stickyBucketAssignmentDocs, documents)) {
    return change(state, known);
  }
  const next = tidy({ ...context, stickyBucketAssignmentDocs: documents });
  return change(state, { ...known, context: next });
}

function changeContext(state: ClientState, part: Context<object>): ClientState {
  const { context } = state;
  const isSame = Object.entries(part).every(([name, value]) =>
    isEqual(context[name as keyof Context] ?? nothing, value)
  );
  if (isSame) return state;
  return change(state, { context: tidy({ ...context, ...part }) });
}

function change(
  state: ClientState,
  part: Partial<ClientState>,
): ClientState {
  const isSame = Object.entries(part).every(([name, value]) =>
    state[name as keyof ClientState] === value
  );
  if (isSame) return state;
  const next = { ...state, ...part };
  const status = describeStatus(next);
  return {
    ...next,
    status: isEqual(status, state.status) ? state.status : status,
  };
}

/** What a context may be made of, before what says nothing is left out. */
type LooseContext = {
  readonly [Name in keyof Context<object>]: Context<object>[Name] | undefined;
};

/**
 * Leaves out what says nothing, so that the evaluation's short way stays open: it is taken where a
 * context sets none of the options that most users never set.
 */
export function tidy(context: LooseContext): Context<object> {
  const entries = Object.entries(context).filter(([name, value]) =>
    value !== undefined &&
    !(name.startsWith("forced") && Object.keys(value).length === 0)
  );
  return Object.fromEntries(entries);
}

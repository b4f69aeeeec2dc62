import { layPayload } from "../../../core/payload/reconcile/lay_payload.ts";
import { finish } from "../../../core/support/finish.ts";
import type { Context } from "../../../core/types/context.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import { dateDifference } from "../../sources/payload_date.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { ClientInput, ContextPart, PayloadInput } from "./client_input.ts";
import type { ClientState } from "./client_state.ts";
import { definitionsOf } from "../payload/definitions_of.ts";
import { describeStatus } from "./describe_status.ts";

const ok: SourceReport = { type: "ok", updates: "none" };

/**
 * What a client knows once an input has come; the same state where that says nothing new. Pure: a
 * client is a fold of this over its one queue.
 */
export function foldInput(state: ClientState, input: ClientInput): ClientState {
  if (state.isClosed) return state;
  if (input.type === "payload") return foldPayload(state, input);
  const { context } = state;
  const attributes = input.isUpdate &&
    { ...context.attributes, ...input.context?.attributes };
  const next = tidy({
    ...context,
    ...input.context,
    ...(attributes && { attributes }),
  });
  return change(state, {
    ...input.state,
    context: isEqual(context, next) ? context : next,
  });
}

function foldPayload(
  state: ClientState,
  { payload: next, issues, isRemote, isInitial, now }: PayloadInput,
): ClientState {
  const { payload, report } = state;
  if (isInitial && payload !== null) return state;
  // A source that gives a payload works again, and one without reports works while it emits.
  const isWell = !state.hasReports || report.type === "failed";
  const known = {
    // An initial payload that has to be decrypted may come after the source has failed.
    refusal: isInitial ? state.refusal : null,
    awaitsRemote: isRemote ? false : state.awaitsRemote,
    report: isWell && !isInitial ? ok : report,
    isInitialPayload: isInitial,
  };
  // A payload may overtake another on its way; only dates that both carry can tell.
  if (!isRemote && dateDifference(next, payload, now) < 0) {
    // What is older than the initial payload confirms it: the source has nothing newer.
    return state.isInitialPayload ? change(state, known) : state;
  }
  const reconciled = finish(layPayload(payload, next));
  if (reconciled === payload) return change(state, known);
  return change(state, {
    ...known,
    issues,
    payload: reconciled,
    context: tidy({ ...state.context, ...definitionsOf(reconciled) }),
  });
}

function change(
  state: ClientState,
  part: Partial<ClientState>,
): ClientState {
  const isSame = Object.entries(part).every(([name, value]) => {
    const known = state[name as keyof ClientState];
    return known === value || Array.isArray(value) && isEqual(known, value);
  });
  if (isSame) return state;
  const next = { ...state, ...part };
  const status = describeStatus(next);
  return {
    ...next,
    status: isEqual(status, state.status) ? state.status : status,
  };
}

/**
 * Leaves out what says nothing, so that the evaluation's short way stays open: it is taken where a
 * context sets none of the options that most users never set.
 */
export function tidy(context: ContextPart): Context<object> {
  const entries = Object.entries(context).filter(([name, value]) =>
    value !== undefined &&
    !(name.startsWith("forced") && Object.keys(value).length === 0)
  );
  return Object.fromEntries(entries);
}

import type { SourceReport } from "../../../sources/source_report.ts";
import type {
  Attendance,
  FleetSourceAction,
  FleetSourceInput,
  FleetSourceSettings,
  FleetSourceState,
} from "./source_state.ts";

interface Step {
  state: FleetSourceState;
  readonly actions: FleetSourceAction[];
  readonly time: number;
  readonly settings: FleetSourceSettings;
}

/**
 * Decides what a fleet's source does next: the state it is in after an input, and what is to be done.
 * Pure: the time comes with the input, and what it decides is data.
 *
 * The holder of the lease follows the source, and writes what that gives. The others take what is in
 * Redis. A process follows the source without the lease where Redis is gone, at once if it has no
 * payload, and else after `patience`. A holder whose source fails for that long gives the lease up.
 */
export function advanceSource(
  state: FleetSourceState,
  input: FleetSourceInput,
  time: number,
  settings: FleetSourceSettings,
): {
  readonly state: FleetSourceState;
  readonly actions: readonly FleetSourceAction[];
} {
  const step: Step = { state, actions: [], time, settings };
  handle(step, input);
  return { state: step.state, actions: step.actions };
}

function handle(step: Step, input: FleetSourceInput): void {
  switch (input.type) {
    case "attended":
      return attend(step, input.answer);
    case "caught-up":
      return catchUp(step, input.answer);
    case "gone":
      return lose(step);
    case "given":
      set(step, { hasOwn: true, hasPayload: true, isUnwritten: true });
      return act(step, { type: "write" });
    case "reported":
      return hear(step, input.report);
    case "fetched":
      return set(step, { known: input.version, hasPayload: true });
    case "refused":
      set(step, { known: input.version });
      return tell(step, input.report);
    case "writing":
      return set(step, { isUnwritten: false });
    case "written":
      return settle(step, input.answer);
    case "unwritten":
      return set(step, { isUnwritten: true });
    case "listening":
      return set(step, { isListening: input.isListening });
  }
}

function attend(step: Step, answer: Attendance): void {
  set(step, { goneSince: null, isHolder: answer.isHolder });
  const { hasOwn, known } = step.state;
  const isNew = answer.version !== "" && answer.version !== known;
  if (!answer.isHolder) {
    unfollow(step);
    if (isNew) act(step, { type: "fetch" });
    return act(step, { type: "then", input: { type: "caught-up", answer } });
  }
  // A new holder begins with what the fleet has.
  if (isNew && !hasOwn) act(step, { type: "fetch" });
  follow(step);
  if (answer.version === "" && hasOwn) set(step, { isUnwritten: true });
  if (step.state.isUnwritten) act(step, { type: "write" });
  yieldIfFailing(step);
}

// Another process may reach the source.
function yieldIfFailing(step: Step): void {
  const { failingSince } = step.state;
  const { patience } = step.settings;
  if (failingSince === null || step.time - failingSince < patience) return;
  set(step, { abstainUntil: step.time + 2 * patience, isHolder: false });
  act(step, { type: "yield" });
}

function catchUp(step: Step, { health, age }: Attendance): void {
  const { hasPayload, isListening } = step.state;
  if (!hasPayload) return;
  const isCurrent = health === "ok" && age <= 2 * step.settings.lease;
  tell(
    step,
    isCurrent
      ? { type: "ok", updates: isListening ? "streaming" : "polling" }
      : { type: "cached", age: Math.max(0, age) },
  );
}

function lose(step: Step): void {
  const { goneSince, hasPayload, isFollowing } = step.state;
  const since = goneSince ?? step.time;
  set(step, { goneSince: since });
  const age = step.time - since;
  if (!hasPayload || age >= step.settings.patience) follow(step);
  else if (!isFollowing) tell(step, { type: "cached", age });
}

function hear(step: Step, report: SourceReport): void {
  const { failingSince, hasPayload } = step.state;
  set(step, {
    sourceReport: report,
    failingSince: report.type === "failed" ? failingSince ?? step.time : null,
  });
  // That it begins says nothing new to those who have a payload already.
  if (report.type !== "loading" || !hasPayload) tell(step, report);
  if (report.type === "ok") act(step, { type: "ask" });
}

function settle(step: Step, answer: string): void {
  if (answer === "older") act(step, { type: "fetch" });
  else if (answer === "") set(step, { isUnwritten: true });
  else set(step, { known: answer });
}

function follow(step: Step): void {
  if (step.state.isFollowing) return;
  set(step, { isFollowing: true });
  act(step, { type: "follow" });
}

function unfollow(step: Step): void {
  const { isFollowing } = step.state;
  set(step, {
    isFollowing: false,
    hasOwn: false,
    isUnwritten: false,
    sourceReport: null,
    failingSince: null,
  });
  if (isFollowing) act(step, { type: "unfollow" });
}

function tell(step: Step, report: SourceReport): void {
  const text = JSON.stringify(
    report.type === "cached" ? report.type : report,
  );
  // How old it is changes each time.
  if (text === step.state.told && report.type !== "cached") return;
  set(step, { told: text });
  act(step, { type: "tell", report });
}

function set(step: Step, change: Partial<FleetSourceState>): void {
  step.state = { ...step.state, ...change };
}

function act(step: Step, action: FleetSourceAction): void {
  step.actions.push(action);
}

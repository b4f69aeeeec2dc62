import type { Subscription } from "rxjs";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type {
  RemoteEvaluation,
  RemoteUser,
} from "../../sources/payload_source.ts";
import type { PayloadReader } from "../../sources/create_reader.ts";
import type { ReadPayload } from "../../sources/read_payload.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { ClientBase } from "../client_base.ts";
import type { PayloadInputs } from "./payload_inputs.ts";

/** Asks a server about the client's user, again whenever that matters. */
export interface RemoteAsker {
  /** Asks where what the server is asked about has changed, and calls off what was asked before. */
  readonly update: (context: Context<object>) => void;
  /** Asks again in any case; resolves when that is over. */
  readonly ask: () => Promise<void>;
  /** Stops; an answer that is still on its way is ignored. */
  readonly stop: () => void;
}

/** The parts of a client that asking needs. */
export interface RemoteParts extends Pick<ClientBase, "keeper" | "onError"> {
  /** Reads the answers. */
  readonly reader: PayloadReader;
  /** Takes them, and reports of failures. */
  readonly inputs: PayloadInputs;
  /** Takes a failure that has no report. */
  readonly fail: (error: unknown) => void;
}

/**
 * Makes what asks a server about a client's user. Questions about an earlier user are called off. Those
 * about the same user are not, because the server may take long and change often: each answer that is
 * newer than the one before it counts.
 */
export function createRemote(
  remote: RemoteEvaluation,
  { keeper, reader, inputs, fail, onError }: RemoteParts,
): RemoteAsker {
  const describe = createUserReader(onError);
  const open = new Set<AbortController>();
  let user: RemoteUser | null = null;
  let key = "";
  let asked = 0;
  let answered = 0;
  let hasFailed = false;
  let previous: Payload | null = null;

  const ask = async (): Promise<void> => {
    if (user === null) return;
    const place = ++asked;
    const mine = new AbortController();
    open.add(mine);
    const isDue = () => open.has(mine) && place >= answered;
    try {
      const payload = await remote.evaluate(user, mine.signal, previous);
      if (!isDue()) return;
      answered = place;
      hasFailed = false;
      previous = payload;
      const accept = (read: ReadPayload) => {
        if (isDue()) inputs.accept(read);
      };
      await reader.take(payload, accept, false);
    } catch (error) {
      if (!isDue() || place < asked) return;
      hasFailed = true;
      const report = findReport(error);
      if (report === null) fail(error);
      else inputs.refuse(report);
    } finally {
      open.delete(mine);
    }
  };
  const callOff = () => {
    const all = [...open];
    open.clear();
    for (const controller of all) controller.abort();
  };
  const changes: Subscription[] = [
    remote.changes$.subscribe({
      next: () => void ask(),
      error: onError,
    }),
  ];
  if (remote.retries$ !== undefined) {
    changes.push(remote.retries$.subscribe({
      next: () => {
        if (hasFailed) void ask();
      },
      error: onError,
    }));
  }
  return {
    update: (next) => {
      user = describe(next);
      const nextKey = cacheKey(user, remote.cacheKeyAttributes);
      if (key === nextKey) return;
      key = nextKey;
      callOff();
      previous = null;
      keeper.follow({ type: "change", state: { awaitsRemote: true } });
      void ask();
    },
    ask,
    stop: () => {
      user = null;
      callOff();
      for (const subscription of changes) subscription.unsubscribe();
    },
  };
}

// The report of a source about a question that failed; null where there is none.
function findReport(error: unknown): SourceReport | null {
  if (!(error instanceof Error) || !("report" in error)) return null;
  const { report } = error as { readonly report?: Partial<SourceReport> };
  return report?.type === "failed" ? report as SourceReport : null;
}

/**
 * Makes what gives what a server is told of the user of a context. Attributes that are no JSON are
 * left out, and told of once.
 */
export function createUserReader(
  onError: (error: unknown) => void,
): (context: Context<object>) => RemoteUser {
  const told = new Set<string>();
  return (context) => {
    const given = { ...context.attributes, ...context.attributeOverrides };
    const attributes = Object.entries<unknown>(given).filter(
      ([name, value]) => {
        const fault = findFault(value);
        if (fault !== null && !told.has(name) && told.size < 100) {
          told.add(name);
          const what = `Cannot send the attribute ${JSON.stringify(name)}`;
          onError(new TypeError(`${what} to the server: ${fault}`));
        }
        return fault === null;
      },
    );
    return {
      attributes: Object.fromEntries(attributes),
      url: context.url ?? "",
      forcedVariations: context.forcedVariations ?? {},
      forcedFeatureValues: context.forcedFeatureValues ?? {},
    };
  };
}

/** Tells what keeps a value from being JSON; null where nothing does. */
function findFault(value: unknown): string | null {
  if (value === null || typeof value === "string") return null;
  let found: string | null = null;
  try {
    JSON.stringify(value, (_name, part) => {
      const isWrong = ["bigint", "function", "symbol"].includes(typeof part);
      if (isWrong) {
        found ??= `the current value is, or contains, a ${typeof part}`;
      }
      return isWrong ? null : part;
    });
  } catch (error) {
    return error instanceof RangeError
      ? "the current value is nested too deeply"
      : "the current value can't be read, or contains itself";
  }
  return found;
}

// The order in which an application writes its attributes makes no difference.
function cacheKey(
  { attributes, ...user }: RemoteUser,
  names: readonly string[] = Object.keys(attributes),
): string {
  const asked = names.toSorted()
    .filter((name) => Object.hasOwn(attributes, name))
    .map((name) => [name, attributes[name]]);
  return JSON.stringify([user, asked]);
}

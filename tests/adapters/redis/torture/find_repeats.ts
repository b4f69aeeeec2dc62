/** The words of a line of a journal. */
type Words = readonly string[];

/** What was told more than once. */
export interface Repeats {
  /** How many deliveries are repetitions. */
  readonly count: number;
  /** How many events were in flight when something failed: the most that may come again. */
  readonly inFlight: number;
  /** Events that came again though Redis had acknowledged that they were delivered. */
  readonly afterSettled: readonly string[];
  /** Events that came again though nothing failed while they were in flight. */
  readonly without: readonly string[];
}

interface Delivery {
  readonly id: string;
  readonly pod: number;
  readonly time: number;
}

/** A time in which a pod could not tell Redis what it had delivered. */
interface Outage {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds what was delivered again, in the journals of all pods; `lanes` tells of each id in which lane the
 * log has it. An event is in flight from its delivery
 * until Redis has acknowledged a checkpoint that has it. Where its pod is killed meanwhile, or can't
 * reach Redis, another one can't know of the delivery.
 */
export function findRepeats(
  journals: readonly (readonly Words[])[],
  lanes: ReadonlyMap<string, string>,
): Repeats {
  const settled = settleTimes(journals.flat(), lanes);
  const outages = journals.map(outagesOf);
  const deliveries = new Map<string, Delivery[]>();
  journals.forEach((lines, pod) => {
    for (const [word, id, time] of lines) {
      if (word !== "d") continue;
      const list = deliveries.get(id!) ?? [];
      list.push({ id: id!, pod, time: Number(time) });
      deliveries.set(id!, list);
    }
  });
  const wasCutOff = ({ id, pod, time }: Delivery) => {
    const end = settled.get(id) ?? Infinity;
    return outages[pod]!.some(({ from, to }) => from <= end && to >= time);
  };
  let count = 0;
  let inFlight = 0;
  const afterSettled: string[] = [];
  const without: string[] = [];
  for (const [id, list] of deliveries) {
    list.sort((one, other) => one.time - other.time);
    const [first, ...others] = list;
    const isInFlight = list.some(wasCutOff);
    if (isInFlight) inFlight++;
    count += others.length;
    if (others.length === 0) continue;
    const end = settled.get(id) ?? Infinity;
    if (others.at(-1)!.time > end) afterSettled.push(`${id}:${first!.pod}`);
    if (!isInFlight) without.push(id);
  }
  return { count, inFlight, afterSettled, without };
}

/** Gives when Redis acknowledged of each event that it is delivered. */
function settleTimes(
  lines: readonly Words[],
  lanes: ReadonlyMap<string, string>,
): ReadonlyMap<string, number> {
  const settled = new Map<string, number>();
  const open = new Map<string, [position: number, id: string][]>();
  for (const [word, id, position, , time] of lines) {
    if (word !== "s") continue;
    const lane = lanes.get(id!);
    // What was delivered before Redis had it has no lane.
    if (lane === undefined) settled.set(id!, Number(time));
    else {
      const list = open.get(lane) ?? [];
      list.push([Number(position), id!]);
      open.set(lane, list);
    }
  }
  const commits = lines.filter(([word]) => word === "c")
    .sort((one, other) => Number(one[1]) - Number(other[1]));
  for (const [, time, lane, position, list = ""] of commits) {
    const unsettled = new Set(list.split(",").map(Number));
    const left: [number, string][] = [];
    for (const each of open.get(lane!) ?? []) {
      const isSettled = each[0] <= Number(position) && !unsettled.has(each[0]);
      if (isSettled) settled.set(each[1], Number(time));
      else left.push(each);
    }
    open.set(lane!, left);
  }
  return settled;
}

/** Gives when a pod was cut off: it says so, and what it says last before it starts anew is its end. */
function outagesOf(lines: readonly Words[]): readonly Outage[] {
  const outages: Outage[] = [];
  let from: number | null = null;
  let last = 0;
  const end = (to: number) => {
    if (from !== null) outages.push({ from, to });
    from = null;
  };
  for (const line of lines) {
    const [word, time] = line;
    if (word === "start") {
      end(Number(time));
      if (last > 0) outages.push({ from: last, to: Number(time) });
    } else if (word === "o") from ??= Number(time);
    else if (word === "i") end(Number(time));
    last = timeOf(line) ?? last;
  }
  end(Infinity);
  return outages;
}

function timeOf([word, first, second, , fourth]: Words): number | null {
  const time = word === "d" ? second : word === "s" ? fourth : first;
  return "dscoi".includes(word!) && word !== "start" ? Number(time) : null;
}

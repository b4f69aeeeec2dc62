import type { EventStore } from "@growthstream/sdk/sqlite";
import { checkSplit } from "@growthstream/sdk/statistics";

/** What customers did who saw a variation. */
interface Outcome {
  readonly customers: Set<string>;
  readonly buyers: Set<string>;
  revenue: number;
}

/** Reads the log to its end, and tells what came of each variation. */
export async function writeReport(
  store: Pick<EventStore, "read">,
): Promise<string> {
  const outcomes = new Map<string, Outcome>();
  const seen = new Map<string, string>();
  let position = 0;
  for (;;) {
    const events = await store.read(position);
    if (events.length === 0) break;
    for (const { type, data, user } of events) {
      const id = String(user?.attributes["id"]);
      if (type === "experiment.viewed") {
        const key = String(data["variationKey"]);
        seen.set(id, key);
        outcomeOf(outcomes, key).customers.add(id);
      }
      const outcome = outcomes.get(seen.get(id) ?? "");
      // A purchase counts for the variation that the customer had seen before.
      if (type !== "custom" || data["name"] !== "purchase") continue;
      if (outcome === undefined) continue;
      const { price } = data["properties"] as { readonly price: number };
      outcome.buyers.add(id);
      outcome.revenue += price;
    }
    position = events.at(-1)?.position ?? position;
  }
  const lines = [...outcomes].toSorted().map(([key, outcome]) => {
    const { customers, buyers, revenue } = outcome;
    return `  ${key}: ${customers.size} customers, ${buyers.size} bought, ${revenue} €`;
  });
  const users = [...outcomes.values()].map(({ customers }) => customers.size);
  const { pValue } = checkSplit(users, users.map(() => 1));
  return [
    "order-button-text",
    ...lines,
    pValue === null
      ? "  too few customers to check the split"
      : `  a split as uneven as this comes by chance with p = ${
        pValue.toFixed(3)
      }`,
    "",
  ].join("\n");
}

function outcomeOf(outcomes: Map<string, Outcome>, key: string): Outcome {
  const known = outcomes.get(key);
  if (known !== undefined) return known;
  const outcome = {
    customers: new Set<string>(),
    buyers: new Set<string>(),
    revenue: 0,
  };
  outcomes.set(key, outcome);
  return outcome;
}

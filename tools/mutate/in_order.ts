/**
 * Runs a task on each item, with as many at a time as there are workers, and tells of the results
 * in the order of the items. Where a task throws, its worker stops, and so does this in the end.
 */
export async function inOrder<Worker, Item, Result>(
  workers: readonly Worker[],
  items: readonly Item[],
  task: (worker: Worker, item: Item) => Promise<Result>,
  tell: (item: Item, result: Result) => void,
): Promise<void> {
  const results: { readonly result: Result }[] = [];
  let next = 0;
  let told = 0;
  const ended = await Promise.allSettled(workers.map(async (worker) => {
    while (next < items.length) {
      const index = next++;
      results[index] = { result: await task(worker, items[index]!) };
      for (; results[told] !== undefined; told++) {
        tell(items[told]!, results[told]!.result);
      }
    }
  }));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

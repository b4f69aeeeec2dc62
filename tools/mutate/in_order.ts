/**
 * Runs a task on each item, with as many at a time as there are workers, and tells of the results
 * in the order of the items.
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
  await Promise.all(workers.map(async (worker) => {
    while (next < items.length) {
      const index = next++;
      results[index] = { result: await task(worker, items[index]!) };
      for (; results[told] !== undefined; told++) {
        tell(items[told]!, results[told]!.result);
      }
    }
  }));
}

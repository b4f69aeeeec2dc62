/** The rows of a group of GrowthBook's conformance suite; each begins with its name, if it has one. */
export type Rows = readonly (readonly unknown[])[];

const file = new URL(
  "../../../../shared/conformance/cases.json",
  import.meta.url,
);
const groups = readGroups();

function readGroups(): { readonly [group: string]: Rows } | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Registers a test that checks each row of a group as a step of its own. Where the checkout has no
 * conformance suite beside it, the test is ignored.
 */
export function testConformance<Row extends readonly unknown[]>(
  subject: string,
  group: string,
  nameOf: (row: Row) => string,
  check: (row: Row) => void,
): void {
  Deno.test({
    name: `${subject} agrees with the conformance rows of ${group} [data]`,
    ignore: groups === undefined,
    async fn(t) {
      const rows = groups?.[group];
      if (rows === undefined || rows.length === 0) {
        throw new RangeError(
          `Cannot find conformance rows: the current group is ${group}`,
        );
      }
      for (const row of rows as unknown as readonly Row[]) {
        await t.step(nameOf(row), () => check(row));
      }
    },
  });
}

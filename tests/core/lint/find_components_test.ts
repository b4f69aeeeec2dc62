import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { findComponents } from "../../../core/lint/find_components.ts";
import type { Reference } from "../../../core/lint/inspection.ts";
import { wholePayload } from "../../../core/payload/read/place.ts";
import { runs } from "../../support/runs.ts";

type Edge = readonly [from: number, to: number];

const arbitraryEdges: fc.Arbitrary<readonly Edge[]> = fc.array(
  fc.tuple(fc.nat(7), fc.nat(8)),
  { maxLength: 16 },
);

Deno.test("findComponents() always puts together what leads to each other, and nothing else", () => {
  fc.assert(
    fc.property(arbitraryEdges, (edges) => {
      const components = findComponents(graphOf(edges));
      const names = components.flat();
      assertEquals(new Set(names).size, names.length);
      for (const one of names) {
        for (const other of names) {
          const isTogether = components.some((component) =>
            component.includes(one) && component.includes(other)
          );
          const leadToEachOther = one === other ||
            leads(edges, one, other) && leads(edges, other, one);
          assertEquals(isTogether, leadToEachOther);
        }
      }
    }),
    runs(300),
  );
});

Deno.test("findComponents() always puts a component after those that it leads to", () => {
  fc.assert(
    fc.property(arbitraryEdges, (edges) => {
      const components = findComponents(graphOf(edges));
      const position = (name: string) =>
        components.findIndex((component) => component.includes(name));
      for (const [from, to] of edges) {
        const target = position(`n${to}`);
        assert(target <= position(`n${from}`));
      }
    }),
    runs(300),
  );
});

Deno.test("findComponents() follows a chain of 100,000", () => {
  const edges = Array.from(
    { length: 100_000 },
    (_, index): Edge => [index, index + 1],
  );
  assertEquals(findComponents(graphOf(edges)).length, 100_000);
});

function graphOf(
  edges: readonly Edge[],
): ReadonlyMap<string, readonly Reference[]> {
  const graph = new Map<string, Reference[]>();
  for (const [start, end] of edges) {
    const from = `n${start}`;
    const reference = { from, to: `n${end}`, levels: 1, place: wholePayload };
    const known = graph.get(from);
    if (known === undefined) graph.set(from, [reference]);
    else known.push(reference);
  }
  return graph;
}

function leads(edges: readonly Edge[], from: string, to: string): boolean {
  const reached = new Set<string>();
  const waiting = [from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const [start, end] of edges) {
      if (`n${start}` !== name || reached.has(`n${end}`)) continue;
      reached.add(`n${end}`);
      waiting.push(`n${end}`);
    }
  }
  return reached.has(to);
}

/** The way from one thing to another that says most: few steps, and rather by what few share than by what all share. */

import type { Fact, Graph } from "./graph.ts";
import type { Selection } from "./selection.ts";

export interface Step {
  readonly from: number;
  readonly to: number;
  readonly facts: readonly Fact[];
}

const FAR = Number.POSITIVE_INFINITY;
/** That a source speaks of two papers, or a conference showed both, joins them only loosely. */
const LOOSE: Readonly<Record<string, number>> = { "schema:mentions": 2, "kg:presentedAt": 1, "schema:superEvent": 1, "schema:isPartOf": 1 };

/** The steps from one to the other over facts that pass the filters; none if nothing joins them. */
export function path(graph: Graph, selection: Selection, from: number, to: number): Step[] {
  const before = cheapest(graph, selection, from, to);
  const ids = [to];
  for (let id = before.get(to); id !== undefined; id = before.get(id)) ids.unshift(id);
  if (ids[0] !== from) return [];
  return ids.slice(1).map((id, number) => {
    const last = ids[number] ?? from;
    return { from: last, to: id, facts: graph.around(id).filter((fact) => selection.fact[fact.id] && (fact.source === last || fact.target === last)) };
  });
}

/** Dijkstra's search: for each thing reached, the one before it. */
function cheapest(graph: Graph, selection: Selection, from: number, to: number): Map<number, number> {
  const cost = new Map([[from, 0]]);
  const before = new Map<number, number>();
  const done = new Set<number>();
  const queue = new Queue();
  queue.add(0, from);
  for (let id = queue.next(); id !== undefined && id !== to; id = queue.next()) {
    if (done.has(id)) continue;
    done.add(id);
    const through = id === from ? 0 : Math.log10(1 + graph.degree(id)) / 2;
    for (const fact of graph.around(id)) {
      if (!selection.fact[fact.id]) continue;
      const other = fact.source === id ? fact.target : fact.source;
      const price = (cost.get(id) ?? 0) + 1 + through + (LOOSE[fact.predicate] ?? 0);
      if (price < (cost.get(other) ?? FAR)) {
        cost.set(other, price);
        before.set(other, id);
        queue.add(price, other);
      }
    }
  }
  return before;
}

/** A binary heap; ties go to the smaller number, so that a path is the same every time. */
class Queue {
  private readonly items: [number, number][] = [];

  add(cost: number, id: number): void {
    let at = this.items.push([cost, id]) - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.before(at, up); at = up, up = (at - 1) >> 1) this.swap(at, up);
  }

  next(): number | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (!first || !last) return undefined;
    if (this.items.length) {
      this.items[0] = last;
      this.sink();
    }
    return first[1];
  }

  private sink(): void {
    for (let at = 0, down = 1; down < this.items.length; at = down, down = 2 * at + 1) {
      if (down + 1 < this.items.length && this.before(down + 1, down)) down += 1;
      if (!this.before(down, at)) return;
      this.swap(down, at);
    }
  }

  private before(one: number, other: number): boolean {
    const [a, b] = [this.items[one], this.items[other]];
    return a !== undefined && b !== undefined && (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]));
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.items[one], this.items[other]];
    if (a && b) [this.items[one], this.items[other]] = [b, a];
  }
}

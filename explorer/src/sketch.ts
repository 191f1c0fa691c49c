/** The little that a first picture of the whole map is drawn from, while the value itself is still being read. */

import { Graph } from "./graph.ts";

export interface Sketch {
  readonly kinds: readonly string[];
  /** Columns of all things; `kind` counts in `kinds`. */
  readonly kind: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly community: readonly number[];
  readonly attention: readonly number[];
  /** The names of those that most is said of. */
  readonly labels: Readonly<Record<string, string>>;
  readonly communities: readonly string[];
  /** Some of the edges, as the value has them. */
  readonly edges: readonly number[];
}

/** A graph that can be drawn, and tells nothing. */
export function sketched({ kinds, kind, x, y, community, attention, labels, communities, edges }: Sketch): Graph {
  const nothing = { predicates: [], details: {}, stated: [], doubted: [], reviews: [], results: [], awards: [], resources: [], queries: [], claims: [], extractors: [], sentences: [] };
  const nodes = kind.map((number, id) => ["", kinds[number] ?? "", labels[id] ?? "", 0, x[id] ?? 0, y[id] ?? 0, community[id] ?? -1, attention[id] ?? 0] as const);
  return new Graph({ ...nothing, nodes, communities, edges, base: "", evidenceInQueries: true }, false);
}

/** The value that the page holds, as JSON. */

import type { Award, Details, Resource, Result, Review, StockQuery } from "./graph.ts";

type WithClaims<T> = Omit<T, "claims"> & { readonly claims?: readonly number[] };
/** Address, kind, label, year, x, y, community, attention. */
type Node = readonly [string, string, string, number, number, number, number, number];

export interface Raw {
  readonly nodes: readonly Node[];
  readonly details: Readonly<Record<string, Details>>;
  readonly communities: readonly string[];
  readonly predicates: readonly string[];
  /** Of each edge its source, its target, and its predicate, one after another. */
  readonly edges: readonly number[];
  /** For each edge the numbers of the claims that state it. */
  readonly stated: readonly (readonly number[])[];
  readonly doubted: readonly (readonly [number, number, number, readonly number[]])[];
  readonly reviews: readonly Partial<WithClaims<Review>>[];
  readonly results: readonly WithClaims<Result>[];
  readonly awards: readonly WithClaims<Award>[];
  readonly resources: readonly WithClaims<Resource>[];
  readonly queries: readonly StockQuery[];
  readonly base: string;
  readonly claims: readonly (readonly [number, number, number, number, number])[];
  readonly extractors: readonly string[];
  readonly sentences: readonly string[];
  readonly evidenceInQueries: boolean;
  /** Where the server tells of what stands around a thing, if the page holds only a part of the graph. */
  readonly around?: string;
}

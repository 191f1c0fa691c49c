/** What speaks against a fact: who denies or doubts it, and the facts that say the contrary. */

import type { Claim, Fact, Graph } from "./graph.ts";

/** Predicates of which both directions cannot hold at once. */
const ONE_WAY = new Set(["kg:outperforms", "kg:extends"]);

export interface Against {
  readonly doubts: readonly Claim[];
  readonly contrary: readonly Fact[];
}

export function against(graph: Graph, fact: Fact): Against {
  const turned = (other: Fact): boolean => other.predicate === fact.predicate && other.source === fact.target && other.target === fact.source;
  return {
    doubts: fact.claims.filter((claim) => claim.stance),
    contrary: ONE_WAY.has(fact.predicate) ? graph.around(fact.source).filter(turned) : [],
  };
}

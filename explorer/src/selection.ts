/** Which things and facts pass the filters. */

import { type Fact, type Graph, type Thing, isTopic } from "./graph.ts";
import type { Filters, View } from "./view.ts";

export interface Selection {
  readonly thing: Uint8Array;
  readonly fact: Uint8Array;
  readonly papers: readonly Thing[];
  readonly count: number;
}

/** All that passes the filters, wherever it stands. */
export function select(graph: Graph, filters: Filters): Selection {
  const keep = paperTest(graph, filters);
  const off = new Set(filters.off);
  const asked = asksOfPapers(filters);
  const thing = new Uint8Array(graph.things.length);
  const fact = new Uint8Array(graph.sourceOf.length);
  const passing = new Set(graph.papers.filter(keep).map((paper) => paper.id));
  for (const each of graph.things) {
    const near = !asked || each.kind === "Paper" || graph.around(each.id).some((edge) => passing.has(edge.source) || passing.has(edge.target));
    if (!off.has(each.kind) && near && (each.kind !== "Paper" || passing.has(each.id))) thing[each.id] = 1;
  }
  const strict = filters.confidence > 0 || filters.voices > 1;
  const joined = new Uint8Array(graph.things.length);
  graph.sourceOf.forEach((source, id) => {
    const target = graph.targetOf[id] ?? 0;
    if (thing[source] && thing[target] && (!strict || isSure(graph.fact(id), filters))) fact[id] = joined[source] = joined[target] = 1;
  });
  if (strict) thing.forEach((on, id) => { if (on && !joined[id]) thing[id] = 0; });
  return { thing, fact, papers: graph.papers.filter((paper) => thing[paper.id]), count: thing.reduce((sum, on) => sum + on, 0) };
}

function isSure(fact: Fact, filters: Filters): boolean {
  return fact.confidence >= filters.confidence && fact.voices >= filters.voices;
}

function asksOfPapers(filters: Filters): boolean {
  return Boolean(filters.from || filters.to || filters.event >= 0 || filters.topic >= 0 || filters.opinion || filters.award || filters.resource || filters.reviewer >= 0);
}

function paperTest(graph: Graph, filters: Filters): (paper: Thing) => boolean {
  const awarded = new Set(graph.awards.map((award) => award.paper));
  const resourced = new Set(graph.resources.map((resource) => resource.paper));
  const topics = narrower(graph, filters.topic, "skos:broader");
  const events = narrower(graph, filters.event, "schema:superEvent");
  return (paper) =>
    (!filters.from || paper.year >= filters.from) &&
    (!filters.to || (paper.year > 0 && paper.year <= filters.to)) &&
    (filters.event < 0 || graph.targets(paper.id, "kg:presentedAt", "schema:isPartOf").some((event) => events.has(event.id))) &&
    (filters.topic < 0 || graph.topics(paper.id).some((topic) => topics.has(topic.id))) &&
    (!filters.opinion || hasOpinion(graph, paper.id, filters.opinion)) &&
    (!filters.award || awarded.has(paper.id)) &&
    (!filters.resource || resourced.has(paper.id)) &&
    (filters.reviewer < 0 || graph.reviewsFor(paper.id).some((review) => review.by.includes(filters.reviewer)));
}

function hasOpinion(graph: Graph, paper: number, opinion: string): boolean {
  return opinion === "divided" ? graph.opinion(paper) === "divided" : graph.reviewsFor(paper).some((review) => review.opinion === opinion);
}

/** A thing with all that is narrower than it. */
function narrower(graph: Graph, wide: number, predicate: string): Set<number> {
  const found = new Set<number>();
  const open = wide >= 0 ? [wide] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const fact of graph.around(id)) if (fact.target === id && fact.predicate === predicate) open.push(fact.source);
  }
  return found;
}

/** What the map shows: all that passes, or only some things with their neighbours; a path is always there. */
export function onMap(graph: Graph, selection: Selection, view: View): Uint8Array {
  const hidden = new Set(view.hidden);
  if (!view.alone.length) return selection.thing.map((on, id) => (on && !hidden.has(id) ? 1 : 0));
  const shown = new Uint8Array(graph.things.length);
  for (const id of [...view.alone, ...view.path]) {
    shown[id] = 1;
    for (const fact of graph.around(id)) {
      if (selection.fact[fact.id]) shown[fact.source] = shown[fact.target] = 1;
    }
  }
  for (const id of hidden) shown[id] = 0;
  return shown;
}

/** The numbers of the facts of a selection that join two shown things. */
export function joining(graph: Graph, shown: Uint8Array, joined: Uint8Array): Int32Array {
  const found = new Int32Array(joined.length);
  let many = 0;
  for (let id = 0; id < joined.length; id += 1) {
    if (joined[id] && shown[graph.sourceOf[id] ?? 0] && shown[graph.targetOf[id] ?? 0]) {
      found[many] = id;
      many += 1;
    }
  }
  return found.subarray(0, many);
}

/** Topics by how many of the papers stand with them, most first. */
export function topicCounts(graph: Graph, papers: readonly Thing[]): [Thing, number][] {
  const counts = new Map<number, number>();
  for (const paper of papers) for (const topic of graph.topics(paper.id)) counts.set(topic.id, (counts.get(topic.id) ?? 0) + 1);
  const found = [...counts].map(([id, many]): [Thing, number] => [graph.at(id), many]).filter(([topic]) => isTopic(topic));
  return found.sort(([one, many], [other, more]) => more - many || one.label.localeCompare(other.label) || one.id - other.id);
}

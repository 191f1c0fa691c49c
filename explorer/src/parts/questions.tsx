/** Questions that this graph can answer, as links, for those who do not know what to ask. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Graph, type Thing, grouped } from "../graph.ts";
import { type Selection, topicCounts } from "../selection.ts";
import { T } from "../texts.ts";
import type { Change } from "../view.ts";

export function Questions(): JSX.Element | null {
  const { graph, selection, href } = usePage();
  const asked = useMemo(() => questions(graph, selection), [graph, selection]);
  if (!asked.length) return null;
  return <section class="questions"><h3>{T.questions}</h3><ul class="plain">{asked.map(([text, change]) => <li key={text}><a href={href(change)}>{text}</a></li>)}</ul></section>;
}

function questions(graph: Graph, { papers, thing }: Selection): [string, Change][] {
  const found: [string, Change][] = [];
  const event = mostLiked(graph, papers);
  if (event) found.push([T.askLiked(event.label), { page: "papers", filters: { event: event.id, opinion: "positive" } }]);
  const task = topicCounts(graph, papers).find(([topic]) => topic.kind === "Task")?.[0];
  if (task) found.push([T.askWho(task.label), { thing: task.id, path: [] }]);
  if (papers.some((paper) => graph.opinion(paper.id) === "divided")) found.push([T.askDivided, { page: "papers", filters: { opinion: "divided" } }]);
  else if (graph.reviews.some((review) => thing[review.paper])) found.push([T.askAgree, { page: "reviewers" }]);
  if (graph.awards.some((award) => thing[award.paper])) found.push([T.askAwards, { page: "papers", filters: { award: true } }]);
  if (graph.resources.some((resource) => thing[resource.paper])) found.push([T.askCode, { page: "papers", filters: { resource: true } }]);
  if (graph.results.some((result) => thing[result.paper])) found.push([T.askResults, { page: "boards" }]);
  return found;
}

/** The event of which most papers are liked. */
function mostLiked(graph: Graph, papers: readonly Thing[]): Thing | undefined {
  const liked = papers.filter((paper) => graph.reviewsFor(paper.id).some((review) => review.opinion === "positive"));
  const events = grouped(liked.flatMap((paper) => graph.targets(paper.id, "kg:presentedAt")), (event) => event);
  return [...events].sort(([one, few], [other, more]) => more.length - few.length || one.id - other.id)[0]?.[0];
}

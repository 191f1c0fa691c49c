/** Where to start, for those who do not know what to look for. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Graph, type Thing, grouped } from "../graph.ts";
import { type Selection, topicCounts } from "../selection.ts";
import { T, plural } from "../texts.ts";
import { Opinion, ThingLink } from "./basics.tsx";
import { Questions } from "./questions.tsx";

type Row = readonly [Thing, string];

export function Start(): JSX.Element {
  const { graph, selection } = usePage();
  const lists = useMemo(() => beginnings(graph, selection), [graph, selection]);
  const divided = selection.papers.filter((paper) => graph.opinion(paper.id) === "divided").slice(0, 5);
  return (
    <article class="start" aria-labelledby="start-title">
      <h2 id="start-title">{T.start}</h2>
      <p class="summary">{summary(graph, selection)}</p>
      <Questions />
      {lists.filter(([, rows]) => rows.length).map(([heading, rows]) => (
        <section key={heading}><h3>{heading}</h3><ol class="plain">{rows.map(([thing, note]) => <li key={thing.id}><ThingLink thing={thing} /> <span class="count">{note}</span></li>)}</ol></section>
      ))}
      {divided.length ? <section><h3>{T.startDivided}</h3><ol class="plain">{divided.map((paper) => <li key={paper.id}><ThingLink thing={paper} /> <Opinion opinion="divided" /></li>)}</ol></section> : null}
      <p class="keys">{T.startKeys}</p>
    </article>
  );
}

function summary(graph: Graph, selection: Selection): string {
  const of = (kind: string): number => graph.things.filter((thing) => thing.kind === kind && selection.thing[thing.id]).length;
  const judges = new Set(selection.papers.flatMap((paper) => graph.reviewsFor(paper.id).flatMap((review) => review.by)));
  return `${plural("Paper", selection.papers.length)}, ${T.judgedBy(judges.size)}, ${T.inSources(of("Document"))}.`;
}

function beginnings(graph: Graph, selection: Selection): [string, Row[]][] {
  const most = <V extends Thing>(things: readonly V[]): V[] => [...things].sort((one, other) => other.attention - one.attention || graph.degree(other.id) - graph.degree(one.id) || one.id - other.id);
  const papers = most(selection.papers).filter((paper) => paper.attention > 0).slice(0, 6);
  const awarded = grouped(graph.awards.filter((award) => selection.thing[award.paper]), (award) => award.paper);
  const judged = new Map<number, number>();
  for (const paper of selection.papers) for (const by of new Set(graph.reviewsFor(paper.id).flatMap((review) => review.by))) judged.set(by, (judged.get(by) ?? 0) + 1);
  const judges = [...judged].filter(([id]) => graph.at(id).kind === "Person").sort(([one, many], [other, more]) => more - many || one - other).slice(0, 6);
  const events = most(graph.things.filter((thing) => thing.kind === "Event" && selection.thing[thing.id])).slice(0, 6);
  return [
    [T.startTopics, topicCounts(graph, selection.papers).slice(0, 8).map(([topic, many]): Row => [topic, plural("Paper", many)])],
    [T.startPapers, papers.map((paper): Row => [paper, T.spokenBy(paper.attention)])],
    [T.startReviewers, judges.map(([id, many]): Row => [graph.at(id), plural("Paper", many)])],
    [T.startAwards, [...awarded].slice(0, 5).map(([paper, awards]): Row => [graph.at(paper), awards.map((award) => award.name).join(", ")])],
    [T.startEvents, events.map((event): Row => [event, plural("Paper", event.attention)])],
  ];
}

/** Two papers side by side: what both have, and what only one has. */

import type { JSX } from "preact";
import { usePage } from "../context.ts";
import type { Graph, Thing } from "../graph.ts";
import { Opinion, People, Pick, ThingLink } from "../parts/basics.tsx";
import { figure } from "../parts/paper.tsx";
import { T, wording } from "../texts.ts";

const RELATIONS = ["kg:introduces", "kg:addressesTask", "kg:usesMethod", "kg:evaluatesOn", "schema:about"] as const;

export function Compare(): JSX.Element {
  const { graph, view } = usePage();
  const pair = [0, 1].map((place) => graph.things[view.compare[place] ?? -1]);
  return (
    <section class="compare">
      <p class="about">{T.compareAbout}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={T.compareAbout}>
        <table>
          <thead><tr><td />{pair.map((paper, place) => <th key={place} scope="col">{paper ? <ThingLink thing={paper} /> : null}<PickPaper place={place} /></th>)}</tr></thead>
          <tbody>{pair.some(Boolean) ? rows(graph, pair).map(([name, cells]) => <tr key={name}><th scope="row">{name}</th>{cells.map((cell, place) => <td key={place}>{cell}</td>)}</tr>) : null}</tbody>
        </table>
      </div>
    </section>
  );
}

function PickPaper({ place }: { readonly place: number }): JSX.Element {
  const { graph, view, go } = usePage();
  const put = (paper: Thing): void => go({ compare: [0, 1].map((other) => (other === place ? paper.id : (view.compare[other] ?? -1))) });
  return <Pick label={T.comparePick(place + 1)} from={graph.papers} onPick={put} class="small" />;
}

function rows(graph: Graph, pair: readonly (Thing | undefined)[]): [string, (JSX.Element | null)[]][] {
  const each = (tell: (paper: Thing, other: Thing | undefined) => JSX.Element | null): (JSX.Element | null)[] =>
    pair.map((paper, place) => (paper ? tell(paper, pair[1 - place]) : null));
  const shared = (of: (paper: Thing) => readonly Thing[]): (JSX.Element | null)[] =>
    each((paper, other) => <Shared of={of(paper)} other={new Set(other ? of(other).map((thing) => thing.id) : [])} />);
  return [
    [T.columns.year, each((paper) => <>{paper.year || ""}</>)],
    [T.columns.event, shared((paper) => graph.targets(paper.id, "kg:presentedAt", "schema:isPartOf"))],
    [T.columns.authors, shared((paper) => (paper.details.authors ?? []).map((id) => graph.at(id)))],
    ...RELATIONS.map((relation): [string, (JSX.Element | null)[]] => [wording(relation).out, shared((paper) => graph.targets(paper.id, relation))]),
    [T.opinions, each((paper) => <ul class="plain">{graph.reviewsFor(paper.id).map((review, number) => <li key={number}><People ids={review.by} /> <Opinion opinion={review.opinion} /></li>)}</ul>)],
    [T.resultsOf, each((paper) => <ul class="plain">{graph.results.filter((result) => result.paper === paper.id).map((result, number) => <li key={number}>{figure(result)} {result.metric === undefined ? "" : graph.at(result.metric).label} {result.dataset === undefined ? "" : graph.at(result.dataset).label}</li>)}</ul>)],
    [T.awards, each((paper) => <>{graph.awards.filter((award) => award.paper === paper.id).map((award) => award.name).join(", ")}</>)],
  ];
}

function Shared({ of, other }: { readonly of: readonly Thing[]; readonly other: ReadonlySet<number> }): JSX.Element {
  const both = (thing: Thing): boolean => other.has(thing.id);
  const sorted = [...of].sort((one, two) => Number(both(two)) - Number(both(one)));
  return <ul class="plain">{sorted.map((thing) => <li key={thing.id} class={both(thing) ? "both" : ""}><ThingLink thing={thing} />{both(thing) ? <span class="chip">{T.both}</span> : null}</li>)}</ul>;
}

/** The papers by year and event. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Graph, type Thing, grouped } from "../graph.ts";
import { Opinion, Some, ThingLink } from "../parts/basics.tsx";
import { T, plural } from "../texts.ts";

export function Timeline(): JSX.Element {
  const { view, selection, go } = usePage();
  const years = useMemo(() => [...grouped(selection.papers, (paper) => paper.year)].sort(([one], [other]) => one - other), [selection]);
  const known = years.filter(([year]) => year);
  const most = Math.max(1, ...known.map(([, papers]) => papers.length));
  const only = (year: number): void => go({ filters: view.filters.from === year && view.filters.to === year ? { from: 0, to: 0 } : { from: year, to: year } });
  return (
    <section class="timeline">
      <p class="about">{T.timelineAbout}</p>
      <div class="chart" role="group" aria-label={T.years}>
        {known.map(([year, papers]) => (
          <button key={year} type="button" class="column" aria-label={`${year}: ${plural("Paper", papers.length)}`} onClick={() => only(year)}>
            <span class="many">{papers.length}</span><span class="fill" style={{ height: `${(papers.length / most) * 130}px` }} /><span class="name">{year}</span>
          </button>
        ))}
      </div>
      {[...years].reverse().map(([year, papers]) => <Year key={year} year={year} papers={papers} />)}
    </section>
  );
}

function Year({ year, papers }: { readonly year: number; readonly papers: readonly Thing[] }): JSX.Element {
  const { graph } = usePage();
  const events = [...grouped(byAttention(papers), (paper) => venue(graph, paper))].sort(([one, many], [other, more]) => more.length - many.length || one - other);
  return (
    <section class="year">
      <h2>{year || T.noYear} <span class="count">{plural("Paper", papers.length)}</span></h2>
      <div class="events">
        {events.map(([event, found]) => (
          <section key={event} class="event">
            <h3>{event < 0 ? T.noEvent : <ThingLink thing={graph.at(event)} />} <span class="count">{found.length}</span></h3>
            <Some of={found} most={6} each={(paper) => <li key={paper.id}><ThingLink thing={paper} /> {graph.opinion(paper.id) ? <Opinion opinion={graph.opinion(paper.id)} /> : null}</li>} />
          </section>
        ))}
      </div>
    </section>
  );
}

function venue(graph: Graph, paper: Thing): number {
  return graph.targets(paper.id, "kg:presentedAt", "schema:isPartOf")[0]?.id ?? -1;
}

function byAttention(papers: readonly Thing[]): Thing[] {
  return [...papers].sort((one, other) => other.attention - one.attention || one.label.localeCompare(other.label) || one.id - other.id);
}

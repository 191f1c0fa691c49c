/** Topics over the years, as a table whose cells are the darker the more papers they count. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { ThingLink } from "../parts/basics.tsx";
import { topicCounts } from "../selection.ts";
import { T } from "../texts.ts";

const TOPICS = 30;

export function Trends(): JSX.Element {
  const { graph, selection, href } = usePage();
  const dated = useMemo(() => selection.papers.filter((paper) => paper.year), [selection]);
  const years = [...new Set(dated.map((paper) => paper.year))].sort((one, other) => other - one);
  const topics = useMemo(() => topicCounts(graph, dated).slice(0, TOPICS), [graph, dated]);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const paper of dated) for (const topic of graph.topics(paper.id)) found.set(`${topic.id} ${paper.year}`, (found.get(`${topic.id} ${paper.year}`) ?? 0) + 1);
    return found;
  }, [graph, dated]);
  const most = Math.max(1, ...topics.flatMap(([topic]) => years.map((year) => counts.get(`${topic.id} ${year}`) ?? 0)));
  if (!years.length) return <p class="about">{T.trendsNone}</p>;
  return (
    <section class="trends">
      <p class="about">{T.trendsAbout}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={T.trendsAbout}>
        <table>
          <thead><tr><th scope="col">{T.columns.topics}</th>{years.map((year) => <th key={year} scope="col">{year}</th>)}</tr></thead>
          <tbody>
            {topics.map(([topic]) => (
              <tr key={topic.id}>
                <th scope="row"><ThingLink thing={topic} /></th>
                {years.map((year) => {
                  const many = counts.get(`${topic.id} ${year}`) ?? 0;
                  const change = { page: "papers", filters: { topic: topic.id, from: year, to: year } } as const;
                  return <td key={year} class="heat" data-heat={many ? Math.ceil((many / most) * 5) : 0}>{many ? <a href={href(change)}>{many}</a> : ""}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

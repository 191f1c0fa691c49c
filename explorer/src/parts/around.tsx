/** What the papers of a topic, an event or a person say together: opinions, results, and what else stands with them. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Graph, type Thing, grouped, isTopic } from "../graph.ts";
import { T, kindsName } from "../texts.ts";
import type { Filters } from "../view.ts";
import { Opinion, ThingLink } from "./basics.tsx";
import { Results } from "./paper.tsx";

const TOLD = ["Person", "Task", "Method", "Dataset", "Event"] as const;
const MOST = 6;
const OPINIONS = ["positive", "mixed", "negative", "neutral"] as const;

export function Around({ thing }: { readonly thing: Thing }): JSX.Element {
  const { graph } = usePage();
  const papers = useMemo(() => papersOf(graph, thing), [graph, thing]);
  const results = graph.results.filter((result) => [result.method, result.task, result.dataset, result.metric].includes(thing.id));
  return (
    <>
      <Opinions thing={thing} papers={papers} />
      {results.length ? <section><h3>{T.resultsOf} <span class="count">{results.length}</span></h3><Results results={results} withPapers /></section> : null}
      <Beside thing={thing} papers={papers} />
    </>
  );
}

function papersOf(graph: Graph, thing: Thing): Thing[] {
  const ends = graph.around(thing.id).map((fact) => graph.at(fact.source === thing.id ? fact.target : fact.source));
  return [...new Set(ends.filter((other) => other.kind === "Paper"))];
}

/** How many of the papers people liked, criticised and so on; of a reviewer, what they themselves think. */
function Opinions({ thing, papers }: { readonly thing: Thing; readonly papers: readonly Thing[] }): JSX.Element | null {
  const { graph, href } = usePage();
  const own = graph.reviews.filter((review) => review.by.includes(thing.id));
  const reviews = own.length ? own : papers.flatMap((paper) => graph.reviewsFor(paper.id));
  const filter = narrowed(thing, own.length > 0);
  const counts = OPINIONS.map((opinion) => [opinion, new Set(reviews.filter((review) => review.opinion === opinion).map((review) => review.paper)).size] as const).filter(([, many]) => many);
  if (!counts.length || !filter) return null;
  return (
    <section><h3>{own.length ? T.ownOpinions : T.opinionsHere}</h3>
      <p class="tally">{counts.map(([opinion, many]) => <a key={opinion} href={href({ page: "papers", thing: -1, filters: { ...filter, opinion } })}><Opinion opinion={opinion} /> {many}</a>)}</p>
    </section>
  );
}

/** The filter that keeps the papers of a thing; none for kinds without one. */
function narrowed(thing: Thing, judges: boolean): Partial<Filters> | null {
  if (judges) return { reviewer: thing.id };
  if (["Event", "EventSeries", "Periodical"].includes(thing.kind)) return { event: thing.id };
  return isTopic(thing) ? { topic: thing.id } : null;
}

/** The people, topics and events that stand on the same papers, those with most of them first. */
function Beside({ thing, papers }: { readonly thing: Thing; readonly papers: readonly Thing[] }): JSX.Element | null {
  const { graph } = usePage();
  const found = useMemo(() => beside(graph, thing, papers), [graph, thing, papers]);
  if (papers.length < 2 || !found.size) return null;
  return (
    <section class="beside"><h3>{T.beside}</h3>
      <dl>
        {TOLD.filter((kind) => found.has(kind)).map((kind) => (
          <div key={kind}><dt>{kindsName(kind)}</dt>
            <dd>{found.get(kind)?.slice(0, MOST).map(([other, many]) => <span key={other.id}><ThingLink thing={other} />{many > 1 ? <span class="count"> {many}</span> : null}</span>)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function beside(graph: Graph, thing: Thing, papers: readonly Thing[]): Map<string, [Thing, number][]> {
  const counts = new Map<number, number>();
  for (const paper of papers) {
    const facts = graph.around(paper.id).filter((fact) => fact.source === paper.id);
    for (const other of new Set(facts.map((fact) => fact.target))) if (other !== thing.id) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  const sorted = [...counts].map(([id, many]): [Thing, number] => [graph.at(id), many]).sort(([one, few], [other, more]) => more - few || other.attention - one.attention || one.id - other.id);
  return grouped(sorted, ([other]) => other.kind);
}

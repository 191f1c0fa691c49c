/** The reviewers: how much each judged and how, and who agrees with whom. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Graph, type Review, type Thing, grouped } from "../graph.ts";
import { Opinion, ThingLink } from "../parts/basics.tsx";
import { T } from "../texts.ts";

const OPINIONS = ["positive", "mixed", "negative", "neutral"] as const;
const MOST_PAIRS = 20;
/** Two opinions agree if they are the same, or no further apart than mixed is from either side. */
const SCALE: Readonly<Record<string, number>> = { positive: 1, mixed: 0, neutral: 0, negative: -1 };

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly papers: readonly (readonly [paper: number, one: string, other: string])[];
}

export function Reviewers(): JSX.Element {
  const { graph, selection, href } = usePage();
  const reviews = useMemo(() => graph.reviews.filter((review) => selection.thing[review.paper]), [graph, selection]);
  const judges = useMemo(() => judging(reviews), [reviews]);
  const pairs = useMemo(() => agreeing(reviews), [reviews]);
  if (!reviews.length) return <p class="about">{T.reviewersNone}</p>;
  return (
    <section class="reviewers">
      <p class="about">{T.reviewersAbout}</p>
      {pairs.length ? <section><h2>{T.agreement}</h2>{pairs.slice(0, MOST_PAIRS).map((pair) => <Agreement key={`${pair.one} ${pair.other}`} pair={pair} graph={graph} />)}</section> : null}
      <h2>{T.judges}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={T.reviewer}>
        <table>
          <thead><tr><th scope="col">{T.reviewer}</th><th scope="col">{T.judged}</th>{OPINIONS.map((opinion) => <th key={opinion} scope="col"><Opinion opinion={opinion} /></th>)}</tr></thead>
          <tbody>
            {judges.map(([judge, found]) => (
              <tr key={judge}>
                <th scope="row"><ThingLink thing={graph.at(judge)} /></th>
                <td class="figure"><a href={href({ page: "papers", filters: { reviewer: judge } })}>{new Set(found.map((review) => review.paper)).size}</a></td>
                {OPINIONS.map((opinion) => <td key={opinion} class="figure">{found.filter((review) => review.opinion === opinion).length || ""}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Agreement({ pair: { one, other, papers }, graph }: { readonly pair: Pair; readonly graph: Graph }): JSX.Element {
  const same = papers.filter(([, first, second]) => agree(first, second)).length;
  return (
    <details class="pair" open={same < papers.length}>
      <summary>{graph.at(one).label} · {graph.at(other).label}: {papers.length} {T.inCommon}, {same} {T.agree}, {papers.length - same} {T.disagree}</summary>
      <ul class="plain">
        {papers.map(([paper, first, second]) => <li key={paper}><ThingLink thing={graph.at(paper)} /> <Opinion opinion={first} /> / <Opinion opinion={second} /></li>)}
      </ul>
      <p><ThingLink thing={graph.at(one)} /> <ThingLink thing={graph.at(other)} /></p>
    </details>
  );
}

function judging(reviews: readonly Review[]): [Thing["id"], Review[]][] {
  const said = reviews.flatMap((review) => review.by.map((by) => ({ by, review })));
  const judges = [...grouped(said, ({ by }) => by)].map(([by, found]): [number, Review[]] => [by, found.map(({ review }) => review)]);
  return judges.sort(([one, many], [other, more]) => more.length - many.length || one - other);
}

function agree(one: string, other: string): boolean {
  return Math.abs((SCALE[one] ?? 0) - (SCALE[other] ?? 0)) < 2;
}

/** Pairs of people with an opinion on the same papers, those who disagree first. */
function agreeing(reviews: readonly Review[]): Pair[] {
  const pairs = new Map<string, { one: number; other: number; papers: [number, string, string][] }>();
  for (const [paper, found] of grouped(reviews.filter((review) => review.opinion), (review) => review.paper)) {
    const opinions = [...new Map(found.flatMap((review) => review.by.map((by): [number, string] => [by, review.opinion])))].sort(([one], [other]) => one - other);
    opinions.forEach(([one, first], number) => {
      for (const [other, second] of opinions.slice(number + 1)) {
        const pair = pairs.get(`${one} ${other}`) ?? { one, other, papers: [] };
        pair.papers.push([paper, first, second]);
        pairs.set(`${one} ${other}`, pair);
      }
    });
  }
  const divided = (pair: Pair): number => pair.papers.filter(([, first, second]) => !agree(first, second)).length;
  return [...pairs.values()].sort((a, b) => divided(b) - divided(a) || b.papers.length - a.papers.length || a.one - b.one || a.other - b.other);
}

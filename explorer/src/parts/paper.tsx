/** What is told of a paper beyond its neighbours: what it does, opinions by name, awards, results, resources, the abstract. */

import type { JSX } from "preact";
import { usePage } from "../context.ts";
import type { Result, Review, Thing } from "../graph.ts";
import { T } from "../texts.ts";
import { Opinion, Outside, People, Some, ThingLink } from "./basics.tsx";
import { Evidence, Origin } from "./evidence.tsx";

export function PaperRecord({ paper }: { readonly paper: Thing }): JSX.Element {
  const { graph } = usePage();
  const of = <V extends { readonly paper: number }>(records: readonly V[]): V[] => records.filter((record) => record.paper === paper.id);
  const [reviews, awards, results, resources] = [graph.reviewsFor(paper.id), of(graph.awards), of(graph.results), of(graph.resources)];
  return (
    <>
      {paper.details.does ? <section><h3>{T.does}</h3><Some of={paper.details.does} most={2} each={(claims, number) => <li key={number} class="fact"><Evidence claims={graph.claimsAt(claims)} /></li>} /></section> : null}
      {reviews.length ? <section><h3>{T.opinions} <span class="count">{reviews.length}</span></h3><Some of={reviews} most={4} each={(review, number) => <Said key={number} review={review} />} /></section> : null}
      {awards.length ? (
        <section><h3>{T.awards}</h3>
          <ul class="plain">{awards.map((award, number) => <li key={number} class="fact"><strong>{award.name}</strong>{award.event === undefined ? null : <> · <ThingLink thing={graph.at(award.event)} /></>}<Evidence claims={award.claims} /></li>)}</ul>
        </section>
      ) : null}
      {results.length ? <section><h3>{T.resultsOf}</h3><Results results={results} /></section> : null}
      {resources.length ? (
        <section><h3>{T.resources}</h3>
          <ul class="plain">{resources.map((resource) => <li key={resource.url}><span class="chip">{resource.kind}</span> <Outside url={resource.url} /></li>)}</ul>
        </section>
      ) : null}
      {paper.details.abstract ? <details class="section"><summary>{T.abstract}</summary><p>{paper.details.abstract}</p></details> : null}
    </>
  );
}

function Said({ review }: { readonly review: Review }): JSX.Element {
  return (
    <li class="fact review">
      <p class="byline"><strong><People ids={review.by.filter((id) => id !== review.document)} /></strong> <Opinion opinion={review.opinion} /></p>
      {review.good.map((note) => <p key={note} class="note good"><span aria-label="+">+</span> {note}</p>)}
      {review.bad.map((note) => <p key={note} class="note bad"><span aria-label="−">−</span> {note}</p>)}
      {review.text ? <details><summary>{review.text.slice(0, 140)}{review.text.length > 140 ? "…" : ""}</summary><p>{review.text}</p></details> : null}
      <p class="origin"><Origin document={review.document} date={review.date} /></p>
    </li>
  );
}

/** A value as people write it: `0.90`, `1–18 %`, `+5.28 %`. */
export function figure(result: Result): string {
  const range = [result.least, result.most].filter(Boolean).join("–");
  const value = result.value ?? range;
  const sign = value && result.kinds.includes("improvement") ? "+" : "";
  return value ? `${sign}${value}${result.unit ? ` ${result.unit}` : ""}` : result.kinds.includes("stateOfTheArt") ? T.bestSoFar : "";
}

const FIELDS = ["paper", "metric", "dataset", "task", "method"] as const;

/** Results as a small table, without columns that would be empty; `withPapers` where it stands with something else than their paper. */
export function Results({ results, withPapers = false }: { readonly results: readonly Result[]; readonly withPapers?: boolean }): JSX.Element {
  const { graph } = usePage();
  const cell = (field: (typeof FIELDS)[number], result: Result): JSX.Element => <td key={field}>{result[field] === undefined ? null : <ThingLink thing={graph.at(result[field])} />}</td>;
  const told = FIELDS.filter((field) => (field === "paper" ? withPapers : results.some((result) => result[field] !== undefined)));
  return (
    <div class="scroll results" tabIndex={0} role="region" aria-label={T.resultsOf}>
      <table>
        <thead><tr><th scope="col">{T.columns.value}</th>{told.map((field) => <th key={field} scope="col">{T.columns[field]}</th>)}<th scope="col">{T.columns.said}</th></tr></thead>
        <tbody>
          {results.map((result, number) => (
            <tr key={number}>
              <td class="figure">{figure(result)}{result.before ? <span class="before"> ({T.columns.baseline}: {result.before})</span> : null}</td>
              {told.map((field) => cell(field, result))}
              <td><Evidence claims={result.claims} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The sentences behind a fact, each with who wrote it, where and when. */

import type { JSX } from "preact";
import { usePage } from "../context.ts";
import type { Claim } from "../graph.ts";
import { STANCES, T } from "../texts.ts";
import { Outside, People, ThingLink } from "./basics.tsx";

export function Evidence({ claims }: { readonly claims: readonly Claim[] }): JSX.Element {
  const [first, ...rest] = distinct(claims);
  if (!first) return <p class="quote none">{T.noSentence}</p>;
  return (
    <>
      <Quote claim={first} />
      {rest.length ? (
        <details class="rest">
          <summary>{T.moreSentences(rest.length)}</summary>
          {rest.map((claim) => <Quote key={`${claim.document} ${claim.sentence}`} claim={claim} />)}
        </details>
      ) : null}
    </>
  );
}

/** One claim for each sentence of a document. */
function distinct(claims: readonly Claim[]): Claim[] {
  return [...new Map(claims.map((claim) => [`${claim.document} ${claim.sentence}`, claim])).values()];
}

function Quote({ claim }: { readonly claim: Claim }): JSX.Element {
  const stance = STANCES[claim.stance];
  return (
    <blockquote class="quote">
      {claim.sentence ? <p>{claim.sentence}</p> : null}
      <footer><Origin document={claim.document} /> · <span class="sure">{T.sure(claim.confidence)}</span>{stance ? <strong> · {stance}</strong> : null}</footer>
    </blockquote>
  );
}

/** Who wrote a document, its name and its date. */
export function Origin({ document, date }: { readonly document: number; readonly date?: string }): JSX.Element | null {
  const { graph } = usePage();
  const source = graph.things[document];
  if (!source) return null;
  const writers = graph.writers(document).filter((writer) => writer !== document);
  const day = date || source.details.date;
  const link = source.details.links?.[0];
  return (
    <>
      {writers.length ? <><People ids={writers} />, </> : null}<ThingLink thing={source} />
      {day ? <>, <time dateTime={day}>{day}</time></> : null}{link ? <> <Outside url={link}>↗</Outside></> : null}
    </>
  );
}

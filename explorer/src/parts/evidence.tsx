/** The sentences behind a fact, each with who wrote it, where and when. */

import type { JSX } from "preact";
import { against } from "../against.ts";
import { usePage } from "../context.ts";
import type { Claim, Fact } from "../graph.ts";
import { STANCES, T, wording } from "../texts.ts";
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

/** The sentences behind a fact, and what speaks against it. */
export function Why({ fact }: { readonly fact: Fact }): JSX.Element {
  const { graph } = usePage();
  const { doubts, contrary } = against(graph, fact);
  return (
    <>
      {!fact.claims.length && fact.predicate === "skos:broader" ? <p class="quote none">{T.fromVocabulary}</p> : <Evidence claims={fact.claims} />}
      {doubts.length || contrary.length ? (
        <p class="against">{T.against}: {doubts.length ? T.doubts(doubts.length) : null}
          {contrary.map((other) => <span key={other.id}> <ThingLink thing={graph.at(other.source)} /> {wording(other.predicate).says} <ThingLink thing={graph.at(other.target)} /></span>)}
        </p>
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
      <footer><Origin document={claim.document} /> · <span class="sure">{T.sure(claim.confidence)}</span>{claim.extractor ? <> · {T.foundBy(claim.extractor)}</> : null}{stance ? <strong> · {stance}</strong> : null}</footer>
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

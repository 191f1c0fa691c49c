/** What the graph knows of one thing, in words. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Fact, type Graph, type Thing, grouped } from "../graph.ts";
import { KIND_NAMES, T, kindName, plural, wording } from "../texts.ts";
import { Around } from "./around.tsx";
import { Opinion, Outside, People, Pick, Sign, Some, ThingLink } from "./basics.tsx";
import { Evidence, Why } from "./evidence.tsx";
import { PaperRecord } from "./paper.tsx";

/** The order in which groups of facts are told; what is not named comes after. */
const ORDER = ["kg:introduces", "kg:addressesTask", "kg:usesMethod", "kg:evaluatesOn", "kg:outperforms", "kg:extends", "kg:comparesWith", "schema:about", "kg:presentedAt"];

export function Panel(): JSX.Element | null {
  const { graph, view } = usePage();
  const thing = graph.things[view.thing];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), [view.thing]);
  if (!thing) return null;
  return (
    <article aria-labelledby="panel-title">
      <p class="kindline"><Sign kind={thing.kind} />{kindName(thing.kind)}{thing.year ? `, ${thing.year}` : ""}<span class="attention">{attention(thing)}</span></p>
      <h2 id="panel-title" tabIndex={-1} ref={heading}>{thing.label}</h2>
      {thing.details.names?.length ? <p class="names">{T.alsoCalled} {thing.details.names.slice(0, 6).join(" · ")}</p> : null}
      {thing.details.authors?.length ? <p class="authors"><People ids={thing.details.authors} />{thing.details.complete ? "" : ` ${T.others}`}</p> : null}
      <Links thing={thing} />
      <Actions thing={thing} />
      {thing.kind === "Paper" ? <PaperRecord paper={thing} /> : <Around thing={thing} />}
      <Neighbours thing={thing} />
      {groups(graph, thing).map(([heading_, facts]) => <Group key={heading_} heading={heading_} facts={facts} thing={thing} />)}
      <Doubted thing={thing} />
      <Values thing={thing} />
    </article>
  );
}

function attention(thing: Thing): string {
  return thing.kind === "Paper" ? T.spokenBy(thing.attention) : T.withPapers(thing.attention);
}

const IDENTIFIERS: Readonly<Record<string, string>> = { doi: "https://doi.org/", arxiv: "https://arxiv.org/abs/", orcid: "https://orcid.org/" };

function Links({ thing }: { readonly thing: Thing }): JSX.Element | null {
  const known = (thing.details.identifiers ?? []).map((identifier): [string, string] => {
    const [scheme = "", ...rest] = identifier.split(":");
    const place = IDENTIFIERS[scheme];
    return [identifier, place ? place + encodeURI(rest.join(":")) : ""];
  });
  const links = (thing.details.links ?? []).filter((link) => /^https?:/i.test(link) && !known.some(([, url]) => url === link));
  if (!known.length && !links.length) return null;
  return (
    <p class="links">
      {known.map(([identifier, url]) => <Outside key={identifier} url={url}>{identifier}</Outside>)}
      {links.slice(0, 4).map((link) => <Outside key={link} url={link} />)}
    </p>
  );
}

function Actions({ thing }: { readonly thing: Thing }): JSX.Element {
  const { graph, view, go } = usePage();
  const pinned = view.pinned.some(([id]) => id === thing.id);
  const pin = (): void => go({ pinned: pinned ? view.pinned.filter(([id]) => id !== thing.id) : [...view.pinned, [thing.id, thing.x, thing.y]] });
  const hide = (): void => go({ hidden: [...view.hidden, thing.id], alone: view.alone.filter((id) => id !== thing.id), thing: -1 });
  const compare = (): void => {
    const others = view.compare.filter((id) => id >= 0 && id !== thing.id);
    go({ page: "compare", compare: [...others.slice(-1), thing.id] });
  };
  return (
    <div class="actions">
      {view.alone.includes(thing.id)
        ? <button type="button" onClick={() => go({ page: "graph", alone: [], hidden: [], camera: [] })}>{T.whole}</button>
        : <button type="button" onClick={() => go({ page: "graph", alone: [thing.id], hidden: [], pinned: [], camera: [] })}>{T.around}</button>}
      {view.alone.length && !view.alone.includes(thing.id)
        ? <button type="button" onClick={() => go({ page: "graph", alone: [...view.alone, thing.id], camera: [] })}>{T.expand}</button> : null}
      <button type="button" onClick={hide}>{T.hide}</button>
      <button type="button" aria-pressed={pinned} onClick={pin}>{pinned ? T.unpin : T.pin}</button>
      {thing.kind === "Paper" ? <button type="button" onClick={compare}>{T.compareWith}</button> : null}
      <Pick label={T.pathTo} from={graph.things} onPick={(other) => go({ path: [thing.id, other.id] })} class="small" />
    </div>
  );
}

/** How many neighbours there are of each kind. */
function Neighbours({ thing }: { readonly thing: Thing }): JSX.Element {
  const { graph, selection } = usePage();
  const near = new Set(graph.around(thing.id).filter((fact) => selection.fact[fact.id]).map((fact) => (fact.source === thing.id ? fact.target : fact.source)));
  const kinds = grouped([...near].map((id) => graph.at(id)), (other) => other.kind);
  return (
    <p class="neighbours"><span class="label">{T.neighbours}:</span>{" "}
      {Object.keys(KIND_NAMES).filter((kind) => kinds.has(kind)).map((kind) => <span key={kind} class="chip"><Sign kind={kind} />{plural(kind, kinds.get(kind)?.length ?? 0)}</span>)}
    </p>
  );
}

/** Facts under the words that tell them, leaving out what the head of the panel tells already. */
function groups(graph: Graph, thing: Thing): [string, readonly Fact[]][] {
  const told = (fact: Fact): boolean => thing.kind === "Paper" && ((fact.predicate === "schema:author" && fact.source === thing.id) || fact.predicate === "reviewed");
  const rank = (fact: Fact): number => (ORDER.includes(fact.predicate) ? ORDER.indexOf(fact.predicate) : ORDER.length);
  const facts = graph.around(thing.id).filter((fact) => !told(fact));
  const other = (fact: Fact): Thing => graph.at(fact.source === thing.id ? fact.target : fact.source);
  const sorted = [...facts].sort((one, two) => rank(one) - rank(two) || two.voices - one.voices || other(two).attention - other(one).attention || one.id - two.id);
  const heading = (fact: Fact): string => (fact.source === thing.id ? wording(fact.predicate).out : incoming(fact, graph));
  return [...grouped(sorted, heading)];
}

function incoming(fact: Fact, graph: Graph): string {
  if (fact.predicate === "schema:author" && graph.at(fact.source).kind === "Document") return T.wroteSource;
  return wording(fact.predicate).in;
}

function Group({ heading, facts, thing }: { readonly heading: string; readonly facts: readonly Fact[]; readonly thing: Thing }): JSX.Element {
  return (
    <section>
      <h3>{heading} <span class="count">{facts.length}</span></h3>
      <Some of={facts} each={(fact) => <Told key={fact.id} fact={fact} from={thing} />} />
    </section>
  );
}

function Told({ fact, from }: { readonly fact: Fact; readonly from: Thing }): JSX.Element {
  const { graph } = usePage();
  const other = graph.at(fact.source === from.id ? fact.target : fact.source);
  const opinion = fact.predicate === "reviewed" ? graph.reviewsFor(other.id).find((review) => review.by.includes(from.id))?.opinion : graph.opinion(other.id);
  return (
    <li class="fact">
      <ThingLink thing={other} />{other.year ? <span class="year"> {other.year}</span> : null}{opinion ? <> <Opinion opinion={opinion} /></> : null}{fact.voices > 1 ? <span class="chip">{T.spokenBy(fact.voices)}</span> : null}
      <Why fact={fact} />
    </li>
  );
}

/** Facts that somebody denies or says with reserve, and nobody asserts. */
function Doubted({ thing }: { readonly thing: Thing }): JSX.Element | null {
  const { graph } = usePage();
  const facts = graph.doubted.filter((fact) => fact.source === thing.id || fact.target === thing.id);
  if (!facts.length) return null;
  return (
    <section>
      <h3>{T.doubted}</h3>
      <ul class="plain">
        {facts.map((fact) => (
          <li key={fact.id} class="fact"><ThingLink thing={graph.at(fact.source)} /> {wording(fact.predicate).says} <ThingLink thing={graph.at(fact.target)} /><Evidence claims={fact.claims} /></li>
        ))}
      </ul>
    </section>
  );
}

/** Name, year and identifiers with the sentences that give them. */
function Values({ thing }: { readonly thing: Thing }): JSX.Element | null {
  const { graph } = usePage();
  const values = thing.details.values;
  if (!values?.length) return null;
  return (
    <details class="section"><summary>{T.facts}</summary>
      <ul class="plain">
        {values.map(([predicate, value, claims]) => <li key={predicate + value} class="fact"><span class="label">{wording(predicate).out}</span> {value}<Evidence claims={graph.claimsAt(claims)} /></li>)}
      </ul>
    </details>
  );
}

/** The papers as a table to sort, filter and take away. */

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { usePage } from "../context.ts";
import type { Graph, Thing } from "../graph.ts";
import { cut } from "../map/labels.ts";
import { Opinion, People, ThingLink } from "../parts/basics.tsx";
import { bibtex, csv, save } from "../saving.ts";
import { key } from "../search.ts";
import { T } from "../texts.ts";
import { NO_FILTERS } from "../view.ts";

const ROWS = 100;
const LONGEST_NOTE = 110;
const COLUMNS = ["title", "year", "authors", "event", "voices", "opinion", "topics"] as const;
type Column = (typeof COLUMNS)[number];

interface Row {
  readonly paper: Thing;
  readonly authors: string;
  readonly event: string;
  readonly opinion: string;
  /** What a reviewer says of it, in a few words. */
  readonly note: string;
  readonly topics: readonly Thing[];
  readonly found: string;
}

export function Papers(): JSX.Element {
  const { graph, selection, go } = usePage();
  const [words, setWords] = useState("");
  const [[column, down], setOrder] = useState<readonly [Column, boolean]>(["voices", true]);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [page, setPage] = useState(0);
  const rows = useMemo(() => selection.papers.map((paper) => row(graph, paper)), [graph, selection]);
  const shown = useMemo(() => sorted(rows.filter(({ found }) => key(words).split(" ").every((word) => found.includes(word))), column, down), [rows, words, column, down]);
  const pages = Math.max(1, Math.ceil(shown.length / ROWS));
  const at = Math.min(page, pages - 1);
  const toggle = (ids: readonly number[], on: boolean): void => setChosen(new Set(on ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id))));
  const taken = shown.filter(({ paper }) => chosen.has(paper.id));
  const all = shown.length > 0 && taken.length === shown.length;
  return (
    <section class="papers">
      <div class="toolbar">
        <input type="search" value={words} placeholder={T.filterTable} aria-label={T.filterTable} onInput={(event) => { setWords(event.currentTarget.value); setPage(0); }} />
        <span role="status">{T.papersShown(shown.length, graph.papers.length)}, {T.selected(taken.length)}</span>
        <button type="button" disabled={!taken.length} onClick={() => save("papers.bib", bibtex(graph, taken.map(({ paper }) => paper)), "text/x-bibtex")}>{T.exportBibtex}</button>
        <button type="button" disabled={!taken.length} onClick={() => save("papers.csv", table(graph, taken), "text/csv")}>{T.exportCsv}</button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={T.columns.paper}>
        <table>
          <thead>
            <tr>
              <th scope="col"><input type="checkbox" aria-label={T.selectAll} checked={all} onChange={() => toggle(shown.map(({ paper }) => paper.id), !all)} /></th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" aria-sort={name === column ? (down ? "descending" : "ascending") : undefined}>
                  <button type="button" onClick={() => setOrder([name, name === column ? !down : name === "voices" || name === "year"])}>{T.columns[name]}<span aria-hidden="true">{name === column ? (down ? " ↓" : " ↑") : ""}</span></button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{shown.slice(at * ROWS, (at + 1) * ROWS).map((each) => <PaperRow key={each.paper.id} row={each} on={chosen.has(each.paper.id)} toggle={toggle} />)}</tbody>
        </table>
        {shown.length ? null : <p class="empty">{T.nothingPasses} <button type="button" class="quiet" onClick={() => { setWords(""); go({ filters: NO_FILTERS }); }}>{T.clear}</button></p>}
      </div>
      {pages > 1 ? (
        <div class="toolbar pages">
          <button type="button" disabled={!at} onClick={() => setPage(at - 1)}>{T.earlier}</button><span>{T.page(at + 1, pages)}</span>
          <button type="button" disabled={at + 1 >= pages} onClick={() => setPage(at + 1)}>{T.later}</button>
        </div>
      ) : null}
    </section>
  );
}

function PaperRow({ row: { paper, event, opinion, note, topics }, on, toggle }: { readonly row: Row; readonly on: boolean; readonly toggle: (ids: readonly number[], on: boolean) => void }): JSX.Element {
  return (
    <tr>
      <td><input type="checkbox" checked={on} aria-label={T.select(paper.label)} onChange={() => toggle([paper.id], !on)} /></td>
      <th scope="row"><ThingLink thing={paper} /></th>
      <td>{paper.year || ""}</td>
      <td>{paper.details.authors ? <People ids={paper.details.authors.slice(0, 3)} /> : null}{(paper.details.authors?.length ?? 0) > 3 ? " …" : ""}</td>
      <td>{event}</td>
      <td class="figure">{paper.attention || ""}</td>
      <td class="said">{opinion ? <Opinion opinion={opinion} /> : null}{note ? <span class="words">{note}</span> : null}</td>
      <td>{topics.slice(0, 3).map((topic) => <ThingLink key={topic.id} thing={topic} />)}</td>
    </tr>
  );
}

function row(graph: Graph, paper: Thing): Row {
  const authors = (paper.details.authors ?? []).map((id) => graph.at(id).label).join("; ");
  const event = graph.targets(paper.id, "kg:presentedAt", "schema:isPartOf").map((each) => each.label).join("; ");
  const [opinion, topics] = [graph.opinion(paper.id), graph.topics(paper.id)];
  const said = graph.reviewsFor(paper.id).filter((review) => review.opinion || !opinion);
  const note = cut(said.map((review) => review.good[0] ?? review.bad[0] ?? review.text).find(Boolean) ?? "", LONGEST_NOTE);
  return { paper, authors, event, opinion, note, topics, found: key([paper.label, authors, event, paper.year, ...topics.map((topic) => topic.label)].join(" ")) };
}

function sorted(rows: readonly Row[], column: Column, down: boolean): Row[] {
  const value: Readonly<Record<Column, (row: Row) => string | number>> = {
    title: ({ paper }) => paper.label, year: ({ paper }) => paper.year, authors: ({ authors }) => authors, event: ({ event }) => event,
    voices: ({ paper }) => paper.attention, opinion: ({ opinion }) => opinion, topics: ({ topics }) => topics[0]?.label ?? "",
  };
  const of = value[column];
  const order = (one: Row, other: Row): number => {
    const [a, b] = [of(one), of(other)];
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  };
  return [...rows].sort((one, other) => (down ? -1 : 1) * order(one, other) || one.paper.id - other.paper.id);
}

function table(graph: Graph, rows: readonly Row[]): string {
  const head = [T.columns.title, T.columns.authors, T.columns.year, T.columns.event, T.columns.voices, T.columns.opinion, T.columns.topics, "IRI"];
  return csv([head, ...rows.map(({ paper, authors, event, opinion, topics }) => [paper.label, authors, paper.year || "", event, paper.attention, opinion, topics.map((topic) => topic.label).join("; "), graph.iri(paper)])]);
}

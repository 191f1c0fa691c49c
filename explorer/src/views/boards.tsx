/** Leaderboards: what values sources report, by data and measure. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { type Graph, type Result, grouped } from "../graph.ts";
import { ThingLink } from "../parts/basics.tsx";
import { Evidence } from "../parts/evidence.tsx";
import { figure } from "../parts/paper.tsx";
import { T } from "../texts.ts";

export function Boards(): JSX.Element {
  const { graph, selection } = usePage();
  const results = useMemo(() => graph.results.filter((result) => selection.thing[result.paper]), [graph, selection]);
  const boards = useMemo(() => measured(graph, results), [graph, results]);
  const claims = results.filter((result) => size(result) === undefined);
  if (!results.length) return <p class="about">{T.boardsNone}</p>;
  return (
    <section class="boards">
      <p class="about">{T.boardsAbout}</p>
      {boards.map(([name, found]) => <Board key={name} name={name} results={found} />)}
      {claims.length ? <Board name={T.claimsOfBest} results={claims} /> : null}
    </section>
  );
}

function Board({ name, results }: { readonly name: string; readonly results: readonly Result[] }): JSX.Element {
  const { graph } = usePage();
  const most = Math.max(...results.map((result) => size(result) ?? 0));
  const cell = (id: number | undefined): JSX.Element => <td>{id === undefined ? null : <ThingLink thing={graph.at(id)} />}</td>;
  return (
    <section>
      <h2>{name} <span class="count">{results.length}</span></h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={name}>
        <table>
          <thead><tr>{[T.columns.value, T.columns.method, T.columns.task, T.columns.paper, T.columns.said].map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>
            {results.map((result, number) => (
              <tr key={number}>
                <td class="figure"><span class="meter" style={{ width: `${most > 0 ? (Math.max(0, size(result) ?? 0) / most) * 60 : 0}px` }} />{figure(result)}</td>
                {cell(result.method)}{cell(result.task)}{cell(result.paper)}<td><Evidence claims={result.claims} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function size(result: Result): number | undefined {
  const value = result.value ?? result.most ?? result.least;
  return value === undefined ? undefined : Number(value);
}

/** Results with values under data and measure, the fullest board first, the greatest value first. */
function measured(graph: Graph, results: readonly Result[]): [string, Result[]][] {
  const label = (id: number | undefined): string => (id === undefined ? "" : graph.at(id).label);
  const kind = (result: Result): string => (result.kinds.includes("improvement") ? T.gain : "");
  const name = (result: Result): string => [label(result.metric), label(result.dataset) || label(result.task), kind(result)].filter(Boolean).join(" · ") || T.columns.value;
  const boards = [...grouped(results.filter((result) => size(result) !== undefined), name)];
  for (const [, found] of boards) found.sort((one, other) => (size(other) ?? 0) - (size(one) ?? 0) || one.paper - other.paper);
  return boards.sort(([one, many], [other, more]) => more.length - many.length || one.localeCompare(other));
}

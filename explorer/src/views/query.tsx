/** SPARQL in the page: stock questions with their parameters, or a query of one's own. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../context.ts";
import { Engine } from "../engine/engine.ts";
import type { Answer, Cell } from "../engine/messages.ts";
import type { StockQuery } from "../graph.ts";
import { Outside, ThingLink } from "../parts/basics.tsx";
import { csv, literal, save } from "../saving.ts";
import { T } from "../texts.ts";

const SHOWN = 200;
const ENGINE = new Engine();

export function Query(): JSX.Element {
  const { graph, view, go } = usePage();
  const stock = graph.queries.find((query) => query.name === view.stock);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [state, setState] = useState<"" | "starting" | "running">("");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const latest = useRef(0);
  const text = view.query || (stock ? bound(stock, values) : "");
  const run = async (query: string): Promise<void> => {
    const mine = ++latest.current;
    setAnswer(null);
    setState("starting");
    const found = await ENGINE.ask(query, () => setState("running"));
    if (mine !== latest.current) return;
    setState("");
    setAnswer(found);
  };
  useEffect(() => { setAnswer(null); setValues({}); }, [view.stock]);
  return (
    <section class="query">
      <p class="about">{T.queryAbout}</p>
      {graph.part ? <p class="about">{T.queryPart}</p> : null}
      {graph.evidenceInQueries ? null : <p class="about warning">{T.evidenceLeftOut}</p>}
      <form onSubmit={(event) => { event.preventDefault(); void run(text); }}>
        <label>{T.queryStock}
          <select value={view.stock} onChange={(event) => go({ stock: event.currentTarget.value, query: "" })}>
            <option value="">{T.queryOwn}</option>{graph.queries.map((query) => <option key={query.name} value={query.name}>{query.title}: {query.question}</option>)}
          </select>
        </label>
        {stock && !view.query ? stock.parameters.map(([name, kind, standard, help]) => (
          <label key={name}>{name} <span class="help">{help}</span>
            <input type="text" inputMode={kind === "integer" ? "numeric" : "text"} value={values[name] ?? standard} onInput={(event) => setValues({ ...values, [name]: event.currentTarget.value })} />
          </label>
        )) : null}
        <label>{T.queryText}<textarea rows={10} spellcheck={false} value={text} onInput={(event) => go({ query: event.currentTarget.value }, true)} /></label>
        <div class="toolbar">
          <button type="submit" class="first" disabled={state !== "" || !text.trim()}>{T.run}</button>
          {state ? <button type="button" onClick={() => { latest.current += 1; ENGINE.stop(); setState(""); }}>{T.stop}</button> : null}
          <span role="status">{state === "starting" ? T.starting : state === "running" ? T.running : answer?.kind === "rows" ? T.rows(answer.all) + (answer.all > SHOWN ? T.rowsShown(SHOWN) : "") : ""}</span>
          {answer?.kind === "rows" && answer.rows.length ? <button type="button" onClick={() => save("answer.csv", table(answer), "text/csv")}>{T.exportCsv}</button> : null}
        </div>
      </form>
      {answer ? <Found answer={answer} /> : null}
    </section>
  );
}

function Found({ answer }: { readonly answer: Answer }): JSX.Element | null {
  if (answer.kind === "failed") return <p class="warning" role="alert">{answer.reason}</p>;
  if (answer.kind === "truth") return <p class="truth">{answer.value ? T.answerYes : T.answerNo}</p>;
  if (answer.kind !== "rows") return null;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={T.results}>
      <table>
        <thead><tr>{answer.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{answer.rows.slice(0, SHOWN).map((row, number) => <tr key={number}>{row.map((cell, place) => <td key={place}><Value cell={cell} /></td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function Value({ cell }: { readonly cell: Cell | null }): JSX.Element | null {
  const { graph } = usePage();
  if (!cell) return null;
  const thing = cell.isAddress ? graph.things[graph.find(cell.text)] : graph.named(cell.text);
  if (thing) return <ThingLink thing={thing} />;
  return cell.isAddress ? <Outside url={cell.text}>{cell.text}</Outside> : <>{cell.text}</>;
}

/** The query with its parameters bound by VALUES at the start of its outermost group; those left empty stay unbound. */
function bound(query: StockQuery, values: Readonly<Record<string, string>>): string {
  const given = query.parameters.flatMap(([name, kind, standard]) => {
    const value = (values[name] ?? standard).trim();
    return value ? [`  VALUES ?${name} { ${term(kind, value)} }`] : [];
  });
  const brace = query.text.indexOf("{") + 1;
  return given.length ? `${query.text.slice(0, brace)}\n${given.join("\n")}${query.text.slice(brace)}` : query.text;
}

function term(kind: string, value: string): string {
  if (kind === "integer") return String(Math.trunc(Number(value)) || 0);
  return kind === "iri" ? `<${value.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => encodeURIComponent(letter))}>` : literal(value);
}

function table(answer: Extract<Answer, { readonly kind: "rows" }>): string {
  return csv([answer.columns, ...answer.rows.map((row) => row.map((cell) => cell?.text ?? ""))]);
}

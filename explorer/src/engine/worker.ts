/** The query engine in a worker of its own: Oxigraph, compiled to WebAssembly. */

import init, { Store } from "oxigraph/web.js";
import { unpacked } from "../packed.ts";
import type { Answer, Cell, Question } from "./messages.ts";

const MOST_ROWS = 10_000;
let store: Store | null = null;

interface Term {
  readonly termType: string;
  readonly value: string;
}

async function start({ engine, triples }: Extract<Question, { readonly kind: "start" }>): Promise<Answer> {
  await init({ module_or_path: await unpacked(engine).arrayBuffer() });
  store = new Store();
  store.load(await unpacked(triples).text(), { format: "text/turtle", no_transaction: true });
  return { kind: "ready", triples: store.size };
}

function cell(term: Term): Cell {
  return { text: term.value, isAddress: term.termType === "NamedNode" };
}

function ask(query: string): Answer {
  const found = store?.query(query);
  if (typeof found === "boolean") return { kind: "truth", value: found };
  if (!Array.isArray(found)) throw new Error("the engine has not started");
  const [first] = found;
  if (first && !(first instanceof Map)) {
    const rows = (found as { subject: Term; predicate: Term; object: Term }[]).map((quad) => [cell(quad.subject), cell(quad.predicate), cell(quad.object)]);
    return { kind: "rows", columns: ["subject", "predicate", "object"], rows: rows.slice(0, MOST_ROWS), all: rows.length };
  }
  const solutions = found as Map<string, Term>[];
  const columns = [...new Set(solutions.flatMap((row) => [...row.keys()]))];
  const rows = solutions.slice(0, MOST_ROWS).map((row) => columns.map((column) => { const term = row.get(column); return term ? cell(term) : null; }));
  return { kind: "rows", columns, rows, all: solutions.length };
}

self.addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  try {
    self.postMessage(data.kind === "start" ? await start(data) : ask(data.query));
  } catch (error) {
    self.postMessage({ kind: "failed", reason: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
});

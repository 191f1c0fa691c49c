/** Files that the page makes for its reader, without a server. */

import type { Graph, Thing } from "./graph.ts";
import { key } from "./search.ts";
import { joining } from "./selection.ts";

/** Hands a file to the reader. */
export function save(name: string, content: Blob | string, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** CSV of RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection). */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    const text = String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

const SMALL = new Set(["a", "an", "the", "on", "of", "for", "in", "to", "and", "with", "towards"]);
const LATEX: Readonly<Record<string, string>> = { "\\": "\\textbackslash ", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_", "~": "\\textasciitilde ", "^": "\\textasciicircum ", "{": " ", "}": " " };

/** BibTeX entries; keys are family name, year and first word, with a number where two are the same. */
export function bibtex(graph: Graph, papers: readonly Thing[]): string {
  const taken = new Map<string, number>();
  return papers.map((paper) => {
    const name = citeKey(graph, paper);
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return entry(graph, paper, times > 1 ? `${name}-${times}` : name);
  }).join("\n");
}

function citeKey(graph: Graph, paper: Thing): string {
  const [first] = paper.details.authors ?? [];
  const family = first === undefined ? "" : (key(graph.at(first).label).split(" ").at(-1) ?? "");
  const word = key(paper.label).split(" ").find((each) => !SMALL.has(each)) ?? "";
  return `${family}${paper.year || ""}${word}`.replace(/[^a-z0-9]/g, "") || "paper";
}

function entry(graph: Graph, paper: Thing, name: string): string {
  const [journal, event] = [graph.targets(paper.id, "schema:isPartOf")[0], graph.targets(paper.id, "kg:presentedAt")[0]];
  const people = (paper.details.authors ?? []).map((id) => latex(graph.at(id).label.replaceAll(" and ", " ")));
  if (people.length && !paper.details.complete) people.push("others");
  const identifier = (scheme: string): string => (paper.details.identifiers ?? []).find((each) => each.startsWith(`${scheme}:`))?.slice(scheme.length + 1).replace(/[{}\s]/g, "") ?? "";
  const fields = {
    title: latex(paper.label), author: people.join(" and "), journal: latex(journal?.label ?? ""), booktitle: journal ? "" : latex(event?.label ?? ""),
    year: String(paper.year || ""), doi: identifier("doi"), eprint: identifier("arxiv"), archiveprefix: identifier("arxiv") ? "arXiv" : "",
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([field, value]) => `\t${field} = {${value}}`);
  return `@${journal ? "article" : event ? "inproceedings" : "misc"}{${name},\n${lines.join(",\n")}\n}\n`;
}

function latex(text: string): string {
  return text.replace(/[\\&%$#_~^{}]/g, (letter) => LATEX[letter] ?? letter).replace(/\s+/g, " ").trim();
}

const PREFIXES: Readonly<Record<string, string>> = {
  kg: "https://w3id.org/paperkg/ns#", schema: "https://schema.org/", skos: "http://www.w3.org/2004/02/skos/core#",
};
const CLASSES: Readonly<Record<string, string>> = {
  Paper: "schema:ScholarlyArticle", Person: "schema:Person", Organization: "schema:Organization", Event: "schema:Event", EventSeries: "schema:EventSeries",
  Periodical: "schema:Periodical", Document: "kg:Document", List: "schema:ItemList", Topic: "skos:Concept", Task: "kg:Task", Method: "kg:Method",
  Dataset: "kg:Dataset", Metric: "kg:Metric",
};
const NAMED_BY_LABEL = new Set(["Topic", "Task", "Method", "Dataset", "Metric"]);

/** The shown things and the facts between them as Turtle (https://www.w3.org/TR/turtle/). */
export function turtle(graph: Graph, shown: Uint8Array, joined: Uint8Array): string {
  const lines = Object.entries(PREFIXES).map(([prefix, address]) => `@prefix ${prefix}: <${address}> .`);
  for (const thing of graph.things) {
    if (!shown[thing.id]) continue;
    const name = NAMED_BY_LABEL.has(thing.kind) ? "skos:prefLabel" : "schema:name";
    lines.push(`${address(graph, thing)} a ${CLASSES[thing.kind] ?? "schema:Thing"} ; ${name} ${literal(thing.label)}${thing.year ? ` ; kg:year ${thing.year}` : ""} .`);
  }
  for (const id of joining(graph, shown, joined)) {
    const fact = graph.fact(id);
    if (fact.predicate.includes(":")) {
      lines.push(`${address(graph, graph.at(fact.source))} ${fact.predicate} ${address(graph, graph.at(fact.target))} .`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Letters that an address may not hold are percent-encoded (https://www.w3.org/TR/turtle/#grammar-production-IRIREF). */
function address(graph: Graph, thing: Thing): string {
  return `<${graph.iri(thing).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => encodeURIComponent(letter))}>`;
}

/** A string of Turtle and of SPARQL. */
export function literal(text: string): string {
  const ends: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  return `"${text.replace(/[\n\r"\\]/g, (letter) => ends[letter] ?? letter)}"`;
}

// The query page: an editor, the stock queries, and an answer as a table.  Text of the graph only ever becomes text of the page.
"use strict";

const form = document.querySelector("main form");
const field = form.elements.query;
const stock = document.querySelector("#stock");
const question = document.querySelector("#question");
const said = document.querySelector("#said");
const answer = document.querySelector("#answer");
const links = document.querySelector("#links");
const RESULTS = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.1";
const MOST_ROWS = 1000;

const editor = editorIn(document.querySelector("#editor"));

function editorIn(place) {
  if (!window.Yasqe) return { getValue: () => field.value, setValue: (text) => { field.value = text; } };
  // Nothing is fetched from elsewhere and nothing is sent by the editor itself.
  for (const name of Object.keys(Yasqe.Autocompleters)) if (name !== "variables") delete Yasqe.Autocompleters[name];
  Yasqe.defaults.autocompleters = ["variables"];
  field.hidden = true;
  return new Yasqe(place, {
    value: field.value, autocompleters: ["variables"], showQueryButton: false, createShareableLink: null, persistenceId: null, resizeable: true,
  });
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function cell(term) {
  const made = document.createElement("td");
  if (!term) return made;
  const address = term.type === "uri" && place(term.value);
  made.append(address ? element("a", shortened(term.value), { href: address, rel: "noopener noreferrer", title: term.value }) : term.value);
  return made;
}

// A thing of the graph is shown by this service; other addresses are links only where a browser may go.
function place(iri) {
  const base = document.body.dataset.base;
  if (iri.startsWith(base)) return "/id/" + iri.slice(base.length);
  return /^https?:\/\//.test(iri) ? iri : "";
}

function shortened(iri) {
  const base = document.body.dataset.base;
  return iri.startsWith(base) ? iri.slice(base.length) : iri;
}

function show(found) {
  if ("boolean" in found) {
    said.textContent = found.boolean ? "yes" : "no";
    return;
  }
  const rows = found.results.bindings;
  const cut = rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown; the links below have all` : "";
  said.textContent = `${rows.length} row${rows.length === 1 ? "" : "s"}${cut}`;
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of found.head.vars) head.append(element("th", name));
  const body = table.createTBody();
  for (const row of rows.slice(0, MOST_ROWS)) body.insertRow().append(...found.head.vars.map((name) => cell(row[name])));
  answer.append(table);
}

async function ask(event) {
  event.preventDefault();
  const query = editor.getValue();
  answer.replaceChildren();
  links.replaceChildren();
  said.textContent = "…";
  const began = performance.now();
  const response = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query }), headers: { accept: RESULTS } });
  const text = await response.text();
  if (!response.ok) {
    said.textContent = JSON.parse(text).detail;
    return;
  }
  const graph = response.headers.get("content-type").startsWith("text/turtle");
  if (graph) {
    said.textContent = "";
    answer.append(element("pre", text));
  } else {
    show(JSON.parse(text));
  }
  said.textContent += ` (${Math.round(performance.now() - began)} ms)`;
  for (const name of graph ? ["turtle", "jsonld", "rdfxml", "ntriples"] : ["csv", "tsv", "json", "xml"]) {
    links.append(element("a", name, { href: "/sparql?" + new URLSearchParams({ query, format: name }) }), " ");
  }
}

async function offer() {
  const queries = await (await fetch("/api/queries")).json();
  for (const query of queries) stock.append(element("option", query.title, { value: query.name }));
  stock.addEventListener("change", () => {
    const chosen = queries.find((query) => query.name === stock.value);
    if (!chosen) return;
    editor.setValue(chosen.text);
    question.textContent = chosen.question;
  });
}

form.addEventListener("submit", ask);
offer();

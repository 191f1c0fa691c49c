/** Every text that the page shows of its own, in one place. */

/** How a fact reads: from its subject, from its object as the heading of a list, and within a sentence. */
export interface Wording {
  readonly out: string;
  readonly in: string;
  readonly says: string;
}

export const FACTS: Readonly<Record<string, Wording>> = {
  "schema:author": { out: "Written by", in: "Wrote", says: "is written by" },
  reviewed: { out: "Reviewed", in: "Reviewed by", says: "reviewed" },
  "kg:addressesTask": { out: "Addresses the task", in: "Papers that address it", says: "addresses the task" },
  "kg:usesMethod": { out: "Uses", in: "Papers that use it", says: "uses" },
  "kg:evaluatesOn": { out: "Evaluates on", in: "Papers that evaluate on it", says: "evaluates on" },
  "kg:introduces": { out: "Introduces", in: "Introduced by", says: "introduces" },
  "schema:about": { out: "Is about", in: "About it", says: "is about" },
  "schema:mentions": { out: "Speaks of", in: "Spoken of in", says: "speaks of" },
  "kg:presentedAt": { out: "Presented at", in: "Papers presented there", says: "was presented at" },
  "schema:isPartOf": { out: "Appeared in", in: "Papers that appeared in it", says: "appeared in" },
  "schema:superEvent": { out: "Belongs to the series", in: "Editions", says: "belongs to the series" },
  "schema:affiliation": { out: "Works at", in: "People who work there", says: "works at" },
  "schema:sourceOrganization": { out: "Comes from", in: "Papers from there", says: "comes from" },
  "schema:itemListElement": { out: "Selects", in: "Selected in", says: "selects" },
  "skos:broader": { out: "Belongs to the wider topic", in: "Narrower topics", says: "belongs to" },
  "kg:outperforms": { out: "Is said to outperform", in: "Is said to be outperformed by", says: "is said to outperform" },
  "kg:comparesWith": { out: "Compared with", in: "Compared with it", says: "is compared with" },
  "kg:extends": { out: "Builds on", in: "Extended by", says: "builds on" },
  "schema:name": { out: "Called", in: "", says: "is called" },
  "kg:year": { out: "Year", in: "", says: "is of" },
  "schema:identifier": { out: "Identifier", in: "", says: "has the identifier" },
};

export const KIND_NAMES: Readonly<Record<string, readonly [string, string]>> = {
  Paper: ["paper", "papers"], Person: ["person", "people"], Topic: ["topic", "topics"], Task: ["task", "tasks"],
  Method: ["method", "methods"], Dataset: ["dataset", "datasets"], Metric: ["metric", "metrics"],
  Organization: ["organization", "organizations"], Event: ["event", "events"], EventSeries: ["conference", "conferences"],
  Periodical: ["journal", "journals"], Document: ["source", "sources"], List: ["selection", "selections"],
};

export const OPINION_NAMES: Readonly<Record<string, string>> = {
  positive: "liked", mixed: "mixed feelings", negative: "criticised", neutral: "described", divided: "divided", "": "no opinion given",
};

export const STANCES = ["", "denied", "said with reserve"] as const;

export const VIEW_NAMES = {
  graph: "Map", papers: "Papers", timeline: "Timeline", boards: "Leaderboards", reviewers: "Reviewers", trends: "Topics over time",
  compare: "Compare", query: "Query",
} as const;

export const T = {
  title: "Field explorer",
  skip: "Skip to the table of papers",
  views: "Views",
  search: "Search titles, people, topics",
  searchHint: "Search (press /)",
  results: "Search results",
  nothingFound: "Nothing is called so",
  filters: "Filters",
  clear: "Show everything again",
  kinds: "Kinds",
  years: "Years",
  from: "from",
  to: "to",
  event: "Event",
  topic: "Topic",
  opinion: "Opinion",
  reviewer: "Reviewer",
  award: "Only papers with an award",
  resource: "Only papers with code or data",
  confidence: "Confidence of at least",
  voices: "Independent voices, at least",
  any: "any",
  colour: "Colour",
  colours: { kind: "by kind", community: "by community", opinion: "by opinion" },
  theme: "Dark or light",
  start: "Where to start",
  questions: "Questions this graph answers",
  askLiked: (event: string) => `What did people like at ${event}?`,
  askWho: (topic: string) => `Who works on ${topic}, and what do they use?`,
  askDivided: "Where do reviewers disagree?",
  askAgree: "Who agrees with whom?",
  askAwards: "Which papers won an award?",
  askCode: "Which papers come with code or data?",
  askResults: "Which results are reported?",
  opinionsHere: "What people think of its papers",
  ownOpinions: "What this reviewer thinks",
  beside: "On the same papers",
  startTopics: "Topics that most papers share",
  startPapers: "Papers that most people speak of",
  startReviewers: "Reviewers",
  startAwards: "Papers with awards",
  startDivided: "Where reviewers disagree",
  startEvents: "Events",
  judgedBy: (n: number) => `judged by ${n.toLocaleString("en")} ${n === 1 ? "voice" : "voices"}`,
  inSources: (n: number) => `in ${plural("Document", n)}`,
  startKeys: "Keys: / searches, arrows move on the map, + and − zoom, Enter opens, Esc closes.",
  close: "Close",
  back: "Back",
  forward: "Forward",
  around: "Show it alone with its neighbours",
  whole: "Show the whole map",
  expand: "Expand",
  hide: "Hide",
  hidden: "Hidden here",
  showAgain: "show again",
  pin: "Pin",
  unpin: "Unpin",
  compareWith: "Compare",
  pathTo: "Path to …",
  pathFrom: "Path",
  noPath: "Nothing in this graph joins the two under these filters.",
  steps: (n: number) => (n === 1 ? "one step" : `${n} steps`),
  alsoCalled: "Also called",
  opinions: "Opinions",
  awards: "Awards",
  resultsOf: "Results",
  resources: "Code, data and more",
  abstract: "Abstract",
  does: "What it does",
  doubted: "Doubted or denied",
  neighbours: "Neighbours",
  links: "Links",
  facts: "Facts of the record",
  sources: "Source",
  noSentence: "No sentence of its own: it follows from how the source is arranged.",
  fromVocabulary: "From the vocabulary of topics, not from a source.",
  unnamed: "not named",
  more: (n: number) => `show ${n} more`,
  moreSentences: (n: number) => (n === 1 ? "one more sentence" : `${n} more sentences`),
  spokenBy: (n: number) => (n === 1 ? "one independent voice" : `${n} independent voices`),
  withPapers: (n: number) => (n === 1 ? "stands with one paper" : `stands with ${n} papers`),
  sure: (n: number) => `${n} % sure`,
  foundBy: (extractor: string) => `found by “${extractor}”`,
  against: "Speaks against it",
  doubts: (n: number) => (n === 1 ? "one sentence denies or doubts it" : `${n} sentences deny or doubt it`),
  nothingShown: "Nothing passes these filters.",
  broken: "A part of this file is missing or was changed on its way; ask for it again.",
  nothingPasses: "No paper passes these filters.",
  others: "and others",
  bestSoFar: "said to be the best so far",
  wroteSource: "Wrote the source",
  columns: {
    title: "Title", year: "Year", authors: "Authors", event: "Event", voices: "Voices", opinion: "Opinion", topics: "Topics", awards: "Awards",
    method: "Method", task: "Task", dataset: "Data", metric: "Measure", value: "Value", baseline: "Before", paper: "Paper", said: "Said by",
  },
  papersShown: (n: number, all: number) => `${n} of ${all} papers`,
  filterTable: "Filter this table",
  selectAll: "Select all shown",
  select: (title: string) => `Select ${title}`,
  selected: (n: number) => `${n} selected`,
  exportBibtex: "BibTeX",
  exportCsv: "CSV",
  exportPng: "Picture (PNG)",
  exportSvg: "Picture (SVG)",
  exportTurtle: "Facts (Turtle)",
  save: "Save",
  page: (n: number, all: number) => `page ${n} of ${all}`,
  earlier: "Earlier",
  later: "Later",
  noEvent: "event not known",
  gain: "gain over others",
  noYear: "year not known",
  timelineAbout: "Each bar is a year of papers; each year lists its events. Choose a bar to see only that year.",
  boardsAbout: "Values that sources report, by measure and data. Whether more is better depends on the measure.",
  boardsNone: "No source reports values for these papers.",
  claimsOfBest: "Said to be the best, without a number",
  reviewersAbout: "Who wrote about how many papers, and who agrees with whom on papers that both judged.",
  reviewersNone: "Nobody judges these papers.",
  judges: "What each thinks",
  judged: "papers judged",
  inCommon: "in common",
  agree: "agree",
  disagree: "disagree",
  agreement: "Agreement between reviewers",
  trendsAbout: "Papers of each year that a topic stands with, the newest year first; a stronger colour is more.",
  trendsNone: "No paper of a known year is shown.",
  compareAbout: "Two papers side by side.",
  comparePick: (n: number) => `Paper ${n}`,
  both: "both",
  onlyHere: "only here",
  queryAbout: "Questions to the graph in SPARQL, answered in this page; nothing is sent anywhere.",
  queryPart: "This page holds a part of a large graph, and these queries ask that part; /sparql asks the whole.",
  queryStock: "A question",
  queryOwn: "a query of your own",
  queryText: "Query",
  run: "Ask",
  stop: "Stop",
  starting: "Starting the query engine …",
  running: "Asking …",
  rows: (n: number) => (n === 1 ? "one row" : `${n} rows`),
  rowsShown: (n: number) => `, the first ${n} shown`,
  evidenceLeftOut: "This graph is large: its claims and passages were left out of this file, so that queries about evidence find nothing here.",
  answerYes: "Yes",
  answerNo: "No",
  mapLabel: "Map of the graph. The table of papers holds the same for screen readers.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Whole map in view",
  counts: (nodes: number, facts: number) => `${nodes.toLocaleString("en")} things, ${facts.toLocaleString("en")} facts`,
  legend: "What the signs mean",
  date: "on",
} as const;

export function plural(kind: string, n: number): string {
  const [one, many] = KIND_NAMES[kind] ?? [kind, kind];
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** The name of several things of a kind, as a heading. */
export function kindsName(kind: string): string {
  const name = KIND_NAMES[kind]?.[1] ?? kind;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function kindName(kind: string): string {
  return KIND_NAMES[kind]?.[0] ?? kind;
}

export function wording(predicate: string): Wording {
  const word = predicate.split(":").pop() ?? predicate;
  return FACTS[predicate] ?? { out: word, in: `${word} of`, says: word };
}

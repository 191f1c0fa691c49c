/** The graph that the page holds: things, facts with their claims, and what is told of papers. */

import type { Raw } from "./raw.ts";

export interface Details {
  readonly names?: readonly string[];
  readonly authors?: readonly number[];
  readonly complete?: boolean;
  readonly identifiers?: readonly string[];
  readonly links?: readonly string[];
  readonly abstract?: string;
  /** The claims of each sentence that says what a paper does. */
  readonly does?: readonly (readonly number[])[];
  readonly date?: string;
  readonly language?: string;
  readonly type?: string;
  readonly values?: readonly (readonly [string, string, readonly number[]])[];
}

export interface Thing {
  readonly id: number;
  readonly address: string;
  readonly kind: string;
  readonly label: string;
  readonly year: number;
  readonly x: number;
  readonly y: number;
  readonly community: number;
  readonly attention: number;
  readonly details: Details;
}

export interface Claim {
  readonly sentence: string;
  readonly document: number;
  readonly confidence: number;
  readonly stance: number;
  /** Which part of the program read it. */
  readonly extractor: string;
}

/** Two things and what joins them; what is told of it is looked up when it is asked for. */
export class Fact {
  constructor(private readonly graph: Graph, readonly id: number, readonly source: number, readonly target: number, readonly predicate: string, private readonly stated: readonly number[]) {}

  get claims(): readonly Claim[] {
    return this.graph.claimsAt(this.stated);
  }

  /** How many people assert it. */
  get voices(): number {
    return this.graph.voices(this.claims.filter((claim) => !claim.stance)).size;
  }

  /** That of its surest claim, in hundredths; what needs no claim is sure. */
  get confidence(): number {
    return this.claims.reduce((most, claim) => Math.max(most, claim.confidence), this.claims.length ? 0 : 100);
  }
}

export interface Review {
  readonly paper: number;
  readonly document: number;
  readonly by: readonly number[];
  readonly opinion: string;
  readonly date: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
  readonly text: string;
  readonly claims: readonly Claim[];
}

export interface Result {
  readonly paper: number;
  readonly method?: number;
  readonly task?: number;
  readonly dataset?: number;
  readonly metric?: number;
  readonly baseline?: number;
  readonly value?: string;
  readonly least?: string;
  readonly most?: string;
  readonly unit?: string;
  readonly before?: string;
  readonly kinds: readonly string[];
  readonly claims: readonly Claim[];
}

export interface Award {
  readonly paper: number;
  readonly name: string;
  readonly event?: number;
  readonly claims: readonly Claim[];
}

export interface Resource {
  readonly paper: number;
  readonly url: string;
  readonly kind: string;
  readonly claims: readonly Claim[];
}

export interface StockQuery {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly parameters: readonly (readonly [string, string, string, string])[];
  readonly text: string;
}

const NOTHING: Details = {};
const NO_CLAIMS: readonly number[] = [];
const TOPICS = new Set(["Topic", "Task", "Method", "Dataset", "Metric"]);
const OF_TOPICS = new Set(["kg:addressesTask", "kg:usesMethod", "kg:evaluatesOn", "kg:introduces", "schema:about"]);

export function isTopic(thing: Thing): boolean {
  return TOPICS.has(thing.kind);
}

/** `told` is false while there is only a sketch of it. */
export class Graph {
  readonly things: readonly Thing[];
  /** For each fact the numbers of the things that it joins. */
  readonly sourceOf: Int32Array;
  readonly targetOf: Int32Array;
  private readonly predicateOf: Int32Array;
  readonly doubted: readonly Fact[];
  readonly reviews: readonly Review[];
  readonly results: readonly Result[];
  readonly awards: readonly Award[];
  readonly resources: readonly Resource[];
  readonly communities: readonly string[];
  readonly queries: readonly StockQuery[];
  readonly base: string;
  readonly evidenceInQueries: boolean;
  readonly papers: readonly Thing[];
  readonly kinds: ReadonlySet<string>;
  /** What the page of a part holds, to be joined with more of it. */
  readonly part: Raw | null;
  private readonly predicates: readonly string[];
  private readonly said: Pick<Raw, "claims" | "sentences" | "extractors" | "stated">;
  private readonly authors: Map<number, number[]>;
  private readonly reviewsOf: Map<number, Review[]>;
  private labels: Map<string, Thing[]> | null = null;
  private numbers: Map<string, number> | null = null;
  private beside: Neighbourhood | null = null;

  constructor(raw: Raw, readonly told = true) {
    const { claims, sentences, extractors, stated } = raw;
    this.part = raw.around ? raw : null;
    this.said = { claims, sentences, extractors, stated };
    this.predicates = raw.predicates;
    [this.sourceOf, this.targetOf, this.predicateOf] = [0, 1, 2].map((number) => column(raw.edges, number)) as [Int32Array, Int32Array, Int32Array];
    this.things = raw.nodes.map(([address, kind, label, year, x, y, community, attention], id) => ({
      id, address, kind, label, year, x, y, community, attention, details: raw.details[id] ?? NOTHING,
    }));
    this.papers = this.things.filter((thing) => thing.kind === "Paper");
    this.kinds = new Set(this.things.map((thing) => thing.kind));
    this.communities = raw.communities;
    this.queries = raw.queries;
    this.base = raw.base;
    this.evidenceInQueries = raw.evidenceInQueries;
    this.authors = this.writersOfDocuments();
    this.doubted = raw.doubted.map(([source, target, predicate, claims], id) => new Fact(this, id, source, target, raw.predicates[predicate] ?? "", claims));
    const at = (numbers: readonly number[] = []): Claim[] => this.claimsAt(numbers);
    this.reviews = raw.reviews.map((review) => ({
      paper: -1, document: -1, by: [], opinion: "", date: "", good: [], bad: [], text: "", ...review, claims: at(review.claims),
    }));
    this.results = raw.results.map((result) => ({ ...result, kinds: result.kinds ?? [], claims: at(result.claims) }));
    this.awards = raw.awards.map((award) => ({ ...award, claims: at(award.claims) }));
    this.resources = raw.resources.map((resource) => ({ ...resource, claims: at(resource.claims) }));
    this.reviewsOf = grouped(this.reviews, (review) => review.paper);
  }

  /** The facts that a thing has a part in. */
  around(thing: number): Fact[] {
    this.beside ??= neighbourhood(this.things.length, this.sourceOf, this.targetOf);
    const { facts, starts } = this.beside;
    return Array.from(facts.subarray(starts[thing], starts[thing + 1]), (id) => this.fact(id));
  }

  /** How many facts a thing has a part in. */
  degree(thing: number): number {
    this.beside ??= neighbourhood(this.things.length, this.sourceOf, this.targetOf);
    return (this.beside.starts[thing + 1] ?? 0) - (this.beside.starts[thing] ?? 0);
  }

  fact(id: number): Fact {
    return new Fact(this, id, this.sourceOf[id] ?? -1, this.targetOf[id] ?? -1, this.predicates[this.predicateOf[id] ?? -1] ?? "", this.said.stated[id] ?? NO_CLAIMS);
  }

  at(id: number): Thing {
    const thing = this.things[id];
    if (!thing) throw new RangeError(`no thing has the number ${id}`);
    return thing;
  }

  claimsAt(numbers: readonly number[]): Claim[] {
    return numbers.flatMap((number) => {
      const found = this.said.claims[number];
      if (!found) return [];
      const [sentence, document, confidence, stance, extractor] = found;
      return [{ sentence: this.said.sentences[sentence] ?? "", document, confidence, stance, extractor: this.said.extractors[extractor] ?? "" }];
    });
  }

  /** The number of an address, with or without its beginning; −1 if the graph does not hold it. */
  find(address: string): number {
    this.numbers ??= new Map(this.things.map((thing) => [thing.address, thing.id]));
    return this.numbers.get(address.startsWith(this.base) ? address.slice(this.base.length) : address) ?? -1;
  }

  /** The one thing of a name; none if there are several. */
  named(label: string): Thing | undefined {
    this.labels ??= grouped(this.things, (thing) => thing.label);
    const found = this.labels.get(label);
    return found?.length === 1 ? found[0] : undefined;
  }

  /** The whole address of a thing. */
  iri(thing: Thing): string {
    return /^[a-z]+:\/\//.test(thing.address) ? thing.address : this.base + thing.address;
  }

  /** Who wrote a document: people, or the document itself where nobody is named. */
  writers(document: number): readonly number[] {
    return this.authors.get(document) ?? [document];
  }

  private writersOfDocuments(): Map<number, number[]> {
    const author = this.predicates.indexOf("schema:author");
    const found = new Map<number, number[]>();
    this.predicateOf.forEach((predicate, id) => {
      const [source, target] = [this.sourceOf[id] ?? -1, this.targetOf[id] ?? -1];
      if (predicate === author && this.things[source]?.kind === "Document") found.set(source, [...(found.get(source) ?? []), target]);
    });
    return found;
  }

  voices(claims: readonly Claim[]): Set<number> {
    return new Set(claims.flatMap((claim) => this.writers(claim.document)));
  }

  reviewsFor(paper: number): readonly Review[] {
    return this.reviewsOf.get(paper) ?? [];
  }

  /** What reviewers together think of a paper: one opinion, `divided`, or nothing. */
  opinion(paper: number): string {
    const found = new Set(this.reviewsFor(paper).map((review) => review.opinion).filter(Boolean));
    if (found.has("positive") && found.has("negative")) return "divided";
    return ["mixed", "negative", "positive", "neutral"].find((opinion) => found.has(opinion)) ?? "";
  }

  /** The things that a paper points to by one of the predicates. */
  targets(paper: number, ...predicates: string[]): Thing[] {
    return this.around(paper).filter((fact) => fact.source === paper && predicates.includes(fact.predicate)).map((fact) => this.at(fact.target));
  }

  topics(paper: number): Thing[] {
    const facts = this.around(paper).filter((fact) => fact.source === paper && OF_TOPICS.has(fact.predicate));
    return [...new Set(facts.map((fact) => fact.target))].map((id) => this.at(id));
  }
}

/** Facts by thing: those of thing n are `facts[starts[n]]` to `facts[starts[n + 1]]`, without the latter. */
interface Neighbourhood {
  readonly facts: Int32Array;
  readonly starts: Int32Array;
}

function neighbourhood(count: number, sources: Int32Array, targets: Int32Array): Neighbourhood {
  const starts = new Int32Array(count + 1);
  for (const ends of [sources, targets]) for (const thing of ends) starts[thing + 1] = (starts[thing + 1] ?? 0) + 1;
  for (let thing = 0; thing < count; thing += 1) starts[thing + 1] = (starts[thing + 1] ?? 0) + (starts[thing] ?? 0);
  const [next, facts] = [starts.slice(), new Int32Array(2 * sources.length)];
  sources.forEach((source, id) => {
    for (const thing of [source, targets[id] ?? 0]) {
      const place = next[thing] ?? 0;
      facts[place] = id;
      next[thing] = place + 1;
    }
  });
  return { facts, starts };
}

/** Every third number. */
function column(edges: readonly number[], number: number): Int32Array {
  const found = new Int32Array(edges.length / 3);
  for (let at = 0; at < found.length; at += 1) found[at] = edges[3 * at + number] ?? -1;
  return found;
}

/** The values by the key of each, in their order. */
export function grouped<K, V>(values: Iterable<V>, key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}

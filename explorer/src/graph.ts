/** The graph that the page holds: things, facts with their claims, and what is told of papers. */

export interface Details {
  readonly names?: readonly string[];
  readonly authors?: readonly number[];
  readonly complete?: boolean;
  readonly identifiers?: readonly string[];
  readonly links?: readonly string[];
  readonly abstract?: string;
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

export interface Fact {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly predicate: string;
  readonly claims: readonly Claim[];
  readonly voices: number;
  readonly confidence: number;
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

type WithClaims<T> = Omit<T, "claims"> & { readonly claims?: readonly number[] };

export interface Raw {
  readonly nodes: readonly (readonly [string, string, string, number, number, number, number, number])[];
  readonly details: Readonly<Record<string, Details>>;
  readonly communities: readonly string[];
  readonly predicates: readonly string[];
  readonly edges: readonly (readonly [number, number, number, readonly number[]])[];
  readonly doubted: readonly (readonly [number, number, number, readonly number[]])[];
  readonly reviews: readonly Partial<WithClaims<Review>>[];
  readonly results: readonly WithClaims<Result>[];
  readonly awards: readonly WithClaims<Award>[];
  readonly resources: readonly WithClaims<Resource>[];
  readonly queries: readonly StockQuery[];
  readonly base: string;
  readonly claims: readonly (readonly [number, number, number, number, number])[];
  readonly extractors: readonly string[];
  readonly sentences: readonly string[];
  readonly evidenceInQueries: boolean;
  /** Where the server tells of what stands around a thing, if the page holds only a part of the graph. */
  readonly around?: string;
}

const NOTHING: Details = {};
const TOPICS = new Set(["Topic", "Task", "Method", "Dataset", "Metric"]);
const OF_TOPICS = new Set(["kg:addressesTask", "kg:usesMethod", "kg:evaluatesOn", "kg:introduces", "schema:about"]);

export function isTopic(thing: Thing): boolean {
  return TOPICS.has(thing.kind);
}

export class Graph {
  readonly things: readonly Thing[];
  readonly facts: readonly Fact[];
  readonly doubted: readonly Fact[];
  readonly around: readonly (readonly Fact[])[];
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
  private readonly claims: readonly Claim[];
  private labels: Map<string, Thing[]> | null = null;
  private readonly numbers: Map<string, number>;
  private readonly authors: Map<number, number[]>;
  private readonly reviewsOf: Map<number, Review[]>;

  constructor(readonly raw: Raw) {
    this.things = raw.nodes.map(([address, kind, label, year, x, y, community, attention], id) => ({
      id, address, kind, label, year, x, y, community, attention, details: raw.details[id] ?? NOTHING,
    }));
    this.numbers = new Map(this.things.map((thing) => [thing.address, thing.id]));
    this.papers = this.things.filter((thing) => thing.kind === "Paper");
    this.kinds = new Set(this.things.map((thing) => thing.kind));
    this.communities = raw.communities;
    this.queries = raw.queries;
    this.base = raw.base;
    this.evidenceInQueries = raw.evidenceInQueries;
    this.claims = raw.claims.map(([sentence, document, confidence, stance, extractor]) => ({
      sentence: raw.sentences[sentence] ?? "", document, confidence, stance, extractor: raw.extractors[extractor] ?? "",
    }));
    const at = (numbers: readonly number[] = []): Claim[] => this.claimsAt(numbers);
    this.authors = authorsOf(raw);
    const fact = ([source, target, predicate, numbers]: Raw["edges"][number], id: number): Fact => {
      const found = at(numbers);
      return {
        id, source, target, predicate: raw.predicates[predicate] ?? "", claims: found,
        voices: this.voices(found.filter((claim) => !claim.stance)).size, confidence: found.reduce((most, claim) => Math.max(most, claim.confidence), found.length ? 0 : 100),
      };
    };
    this.facts = raw.edges.map(fact);
    this.doubted = raw.doubted.map(fact);
    this.reviews = raw.reviews.map((review) => ({
      paper: -1, document: -1, by: [], opinion: "", date: "", good: [], bad: [], text: "", ...review, claims: at(review.claims),
    }));
    this.results = raw.results.map((result) => ({ ...result, kinds: result.kinds ?? [], claims: at(result.claims) }));
    this.awards = raw.awards.map((award) => ({ ...award, claims: at(award.claims) }));
    this.resources = raw.resources.map((resource) => ({ ...resource, claims: at(resource.claims) }));
    this.around = gathered(this.things.length, this.facts);
    this.reviewsOf = grouped(this.reviews, (review) => review.paper);
  }

  at(id: number): Thing {
    const thing = this.things[id];
    if (!thing) throw new RangeError(`no thing has the number ${id}`);
    return thing;
  }

  claimsAt(numbers: readonly number[]): Claim[] {
    return numbers.flatMap((number) => this.claims[number] ?? []);
  }

  /** The number of an address, with or without its beginning; −1 if the graph does not hold it. */
  find(address: string): number {
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
    return (this.around[paper] ?? []).filter((fact) => fact.source === paper && predicates.includes(fact.predicate)).map((fact) => this.at(fact.target));
  }

  topics(paper: number): Thing[] {
    const facts = (this.around[paper] ?? []).filter((fact) => fact.source === paper && OF_TOPICS.has(fact.predicate));
    return [...new Set(facts.map((fact) => fact.target))].map((id) => this.at(id));
  }
}

function authorsOf(raw: Raw): Map<number, number[]> {
  const predicate = raw.predicates.indexOf("schema:author");
  const found = new Map<number, number[]>();
  for (const [source, target, said] of raw.edges) {
    if (said === predicate && raw.nodes[source]?.[1] === "Document") found.set(source, [...(found.get(source) ?? []), target]);
  }
  return found;
}

function gathered(count: number, facts: readonly Fact[]): Fact[][] {
  const around: Fact[][] = Array.from({ length: count }, () => []);
  for (const fact of facts) {
    around[fact.source]?.push(fact);
    around[fact.target]?.push(fact);
  }
  return around;
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

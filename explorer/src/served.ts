/** Asks the server for what stands around a thing, and joins it to what the page holds already. */

import { Graph } from "./graph.ts";
import type { Raw } from "./raw.ts";

/** The graph with what stands around the things of these addresses; the same graph if there is nothing to ask for. */
export async function extended(graph: Graph, addresses: readonly string[], asked: Set<string>): Promise<Graph> {
  let part = graph.part;
  if (!part) return graph;
  for (const address of addresses.filter((each) => !asked.has(each))) {
    asked.add(address);
    const more = await json<Raw>(`${part.around}?iri=${encodeURIComponent(whole(graph, address))}`);
    if (more) part = joined(part, more);
  }
  return part === graph.part ? graph : new Graph(part);
}

/** Things of the whole graph that are called so, by address. */
export async function called(text: string): Promise<readonly { readonly iri: string; readonly kind: string; readonly label: string }[]> {
  return (await json<Awaited<ReturnType<typeof called>>>(`api/search?q=${encodeURIComponent(text)}&limit=12`)) ?? [];
}

/** What a server answers; nothing if it refuses or is gone, for then the page goes on with what it holds. */
async function json<V>(address: string): Promise<V | undefined> {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function whole(graph: Graph, address: string): string {
  return /^[a-z]+:\/\//.test(address) ? address : graph.base + address;
}

/** Both parts as one: what the first holds keeps its numbers, what only the second holds comes after. */
export function joined(one: Raw, more: Raw): Raw {
  const nodes = [...one.nodes];
  const numbers = new Map(nodes.map((node, number) => [node[0], number]));
  const at = more.nodes.map((node) => {
    const known = numbers.get(node[0]);
    if (known !== undefined) {
      const [address, kind, label, year, x, y, community, attention] = nodes[known] ?? node;
      nodes[known] = [address, kind, label, year, x, y, community, Math.max(attention, node[7])];
      return known;
    }
    numbers.set(node[0], nodes.length);
    const [address, kind, label, year, x, y, , attention] = node;
    return nodes.push([address, kind, label, year, x, y, -1, attention]) - 1;
  });
  const node = (number: number): number => at[number] ?? -1;
  const [claims, sentences, extractors] = [one.claims.length, one.sentences.length, one.extractors.length];
  const claim = (numbers_: readonly number[] = []): number[] => numbers_.map((number) => number + claims);
  const predicates = [...new Set([...one.predicates, ...more.predicates])];
  const facts = (old: Raw["doubted"], fresh: Raw["doubted"]): Raw["doubted"] => {
    const found = new Map(old.map((fact) => [`${fact[0]} ${fact[1]} ${one.predicates[fact[2]]}`, fact]));
    for (const [source, target, predicate, said] of fresh) {
      const word = more.predicates[predicate] ?? "";
      found.set(`${node(source)} ${node(target)} ${word}`, [node(source), node(target), predicates.indexOf(word), claim(said)]);
    }
    return [...found.values()];
  };
  const edges = facts(withClaims(one), withClaims(more));
  const details = { ...one.details };
  for (const [number, { authors, values, ...rest }] of Object.entries(more.details)) {
    const id = node(Number(number));
    details[id] = {
      ...details[id], ...rest, ...(authors ? { authors: authors.map(node) } : {}),
      ...(values ? { values: values.map(([predicate, value, said]) => [predicate, value, claim(said)] as const) } : {}),
    };
  }
  return {
    ...one, nodes, details, predicates, edges: edges.flatMap(([source, target, predicate]) => [source, target, predicate]), stated: edges.map(([, , , said]) => said),
    doubted: facts(one.doubted, more.doubted),
    claims: [...one.claims, ...more.claims.map(([sentence, document, sure, stance, by]) => [sentence + sentences, node(document), sure, stance, by + extractors] as const)],
    sentences: [...one.sentences, ...more.sentences], extractors: [...one.extractors, ...more.extractors],
    reviews: records(one.reviews, more.reviews, ["paper", "document"], ["by"], node, claim),
    results: records(one.results, more.results, ["paper", "method", "task", "dataset", "metric", "baseline"], [], node, claim),
    awards: records(one.awards, more.awards, ["paper", "event"], [], node, claim),
    resources: records(one.resources, more.resources, ["paper"], [], node, claim),
  };
}

function withClaims({ edges, stated }: Raw): Raw["doubted"] {
  return stated.map((claims, number) => [edges[3 * number] ?? -1, edges[3 * number + 1] ?? -1, edges[3 * number + 2] ?? -1, claims]);
}

/** Records of both parts, each once; `single` and `several` are the fields that hold numbers of things. */
function records<R extends object>(
  one: readonly R[], more: readonly R[], single: readonly string[], several: readonly string[], node: (number: number) => number, claim: (numbers: readonly number[]) => number[],
): R[] {
  const found = new Map(one.map((record) => [told(record), record]));
  for (const record of more) {
    const moved = Object.fromEntries(Object.entries(record).map(([field, value]) => {
      if (single.includes(field)) return [field, node(value)];
      if (several.includes(field)) return [field, value.map(node)];
      return [field, field === "claims" ? claim(value) : value];
    })) as R;
    const known = told(moved);
    if (!found.has(known)) found.set(known, moved);
  }
  return [...found.values()];
}

function told(record: object): string {
  return JSON.stringify(Object.entries(record).filter(([field]) => field !== "claims" && field !== "by").sort(([one], [other]) => (one < other ? -1 : 1)));
}

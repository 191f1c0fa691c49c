/** What the map draws for a view, before any camera: it does not change while the camera moves. */

import { type Graph, grouped } from "../graph.ts";
import { colourOf } from "../looks.ts";
import { type Selection, joining } from "../selection.ts";
import type { View } from "../view.ts";
import { cut } from "./labels.ts";
import type { Places } from "./places.ts";

export interface Ground {
  readonly graph: Graph;
  readonly view: View;
  readonly shown: Uint8Array;
  readonly places: Places;
  /** Shown things, the most important first. */
  readonly order: readonly number[];
  /** Things that stand out: the chosen one, its neighbours, a path; none if nothing is chosen. */
  readonly lit: ReadonlySet<number>;
  /** Numbers of facts between shown things: those of what stands out, and the others. */
  readonly strong: Int32Array;
  readonly faint: Int32Array;
  readonly colours: readonly string[];
  readonly regions: readonly { readonly name: string; readonly x: number; readonly y: number; readonly size: number }[];
}

const LEAST_MEMBERS = 8;
const LEAST_SHARE = 0.012;
const LONGEST_REGION = 28;
const MOST_REGIONS = 16;
/** Sources stand with many papers, but few people look for them. */
const LESS: Readonly<Record<string, number>> = { Document: 0.1, List: 0.1 };

export function ground(graph: Graph, view: View, selection: Selection, shown: Uint8Array, places: Places): Ground {
  const lit = standingOut(graph, view, selection);
  const weights = Float64Array.from(graph.things, ({ id, attention, kind }) => (lit.has(id) ? 1e6 : 0) + (id === view.thing ? 1e7 : 0) + attention * (LESS[kind] ?? 1));
  const order = graph.things.filter((thing) => shown[thing.id]).map((thing) => thing.id).sort((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || one - other);
  const facts = joining(graph, shown, selection.fact);
  const bright = brightness(graph, view);
  const colours = graph.things.map((thing) => colourOf(graph, thing, view.colour));
  return {
    graph, view, shown, places, order, lit, colours, strong: facts.filter(bright), faint: facts.filter((id) => !bright(id)),
    regions: view.alone.length ? [] : regions(graph, shown, places),
  };
}

/** Whether a fact belongs to the path, or to the chosen thing where there is no path. */
function brightness({ sourceOf, targetOf }: Graph, view: View): (fact: number) => boolean {
  if (view.path.length < 2) return (id) => sourceOf[id] === view.thing || targetOf[id] === view.thing;
  const steps = new Set(view.path.slice(1).flatMap((id, number) => [`${view.path[number]} ${id}`, `${id} ${view.path[number]}`]));
  return (id) => steps.has(`${sourceOf[id]} ${targetOf[id]}`);
}

function standingOut(graph: Graph, view: View, selection: Selection): Set<number> {
  if (view.path.length > 1) return new Set(view.path);
  if (view.thing < 0) return new Set();
  const near = graph.around(view.thing).filter((fact) => selection.fact[fact.id]);
  return new Set([view.thing, ...near.flatMap((fact) => [fact.source, fact.target])]);
}

/** The larger communities, each named in the middle of its members. */
function regions(graph: Graph, shown: Uint8Array, places: Places): Ground["regions"] {
  const some = shown.reduce((sum, on) => sum + on, 0);
  const members = grouped(graph.things.filter((thing) => shown[thing.id]), (thing) => thing.community);
  return graph.communities.flatMap((name, number) => {
    const ids = (members.get(number) ?? []).map((thing) => thing.id);
    return name && ids.length >= Math.max(LEAST_MEMBERS, some * LEAST_SHARE) ? [{ name: named(name), x: middle(ids, places.x), y: middle(ids, places.y), size: ids.length }] : [];
  }).slice(0, MOST_REGIONS);
}

/** As many of a community's topics as are short enough together, but at least the first. */
function named(topics: string): string {
  const [first = "", second = ""] = topics.split(" · ");
  const both = `${first} · ${second}`;
  return second && both.length <= LONGEST_REGION ? both : cut(first, LONGEST_REGION);
}

function middle(ids: readonly number[], values: Float64Array): number {
  return Float64Array.from(ids, (id) => values[id] ?? 0).sort()[ids.length >> 1] ?? 0;
}

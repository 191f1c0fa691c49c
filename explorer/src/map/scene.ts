/** What the map draws for a view and a camera, in pixels of the screen: the canvas and the SVG file are made from the same. */

import { type Fact, type Graph, grouped } from "../graph.ts";
import { colourOf, growth, look, radius } from "../looks.ts";
import type { Shape } from "../looks.ts";
import type { Selection } from "../selection.ts";
import type { View } from "../view.ts";
import { type Box, type Label, type Measure, type Wish, cut, placed } from "./labels.ts";
import type { Places } from "./places.ts";

export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Mark {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly shape: Shape;
  readonly colour: string;
  readonly faded: boolean;
  readonly ringed: boolean;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Segments x1, y1, x2, y2 one after another. */
  readonly faint: readonly number[];
  /** How much of the faint lines' colour is left beside what stands out. */
  readonly faintness: number;
  readonly strong: readonly number[];
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
  readonly regions: readonly Label[];
}

/** What does not change while the camera moves. */
export interface Ground {
  readonly graph: Graph;
  readonly view: View;
  readonly shown: Uint8Array;
  readonly places: Places;
  /** Shown things, the most important first. */
  readonly order: readonly number[];
  /** Things that stand out: the chosen one, its neighbours, a path; none if nothing is chosen. */
  readonly lit: ReadonlySet<number>;
  /** Facts between shown things: those of what stands out, and the others. */
  readonly strong: readonly Fact[];
  readonly faint: readonly Fact[];
  readonly colours: readonly string[];
  readonly regions: readonly { readonly name: string; readonly x: number; readonly y: number; readonly size: number }[];
}

const MOST_MOVING_EDGES = 5_000;
const MOST_EDGES = 60_000;
const MOST_LABELS = 70;
const MOST_WISHES = 500;
const MOST_OBSTACLES = 300;
const REGION_SCALE = 1.3;
const LEAST_MEMBERS = 8;
const LEAST_SHARE = 0.012;
const LONGEST_REGION = 28;
/** Sources stand with many papers, but few people look for them. */
const LESS: Readonly<Record<string, number>> = { Document: 0.1, List: 0.1 };
const MOST_REGIONS = 16;

export function ground(graph: Graph, view: View, selection: Selection, shown: Uint8Array, places: Places): Ground {
  const lit = standingOut(graph, view, selection);
  const weight = (id: number): number => (lit.has(id) ? 1e6 : 0) + (id === view.thing ? 1e7 : 0) + graph.at(id).attention * (LESS[graph.at(id).kind] ?? 1);
  const order = graph.things.filter((thing) => shown[thing.id]).map((thing) => thing.id).sort((one, other) => weight(other) - weight(one) || one - other);
  const facts = graph.facts.filter((fact) => selection.fact[fact.id] && shown[fact.source] && shown[fact.target]);
  const bright = brightness(view);
  const colours = graph.things.map((thing) => colourOf(graph, thing, view.colour));
  return {
    graph, view, shown, places, order, lit, colours, strong: facts.filter(bright), faint: facts.filter((fact) => !bright(fact)),
    regions: view.alone.length ? [] : regions(graph, shown, places),
  };
}

/** Whether a fact belongs to the path, or to the chosen thing where there is no path. */
function brightness(view: View): (fact: Fact) => boolean {
  if (view.path.length < 2) return (fact) => fact.source === view.thing || fact.target === view.thing;
  const steps = new Set(view.path.slice(1).flatMap((id, number) => [`${view.path[number]} ${id}`, `${id} ${view.path[number]}`]));
  return (fact) => steps.has(`${fact.source} ${fact.target}`);
}

function standingOut(graph: Graph, view: View, selection: Selection): Set<number> {
  if (view.path.length > 1) return new Set(view.path);
  if (view.thing < 0) return new Set();
  const near = (graph.around[view.thing] ?? []).filter((fact) => selection.fact[fact.id]);
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

/** The scene for a camera; while `moving` with fewer lines. */
export function scene(from: Ground, camera: Camera, width: number, height: number, moving: boolean, hovered: number, measure: Measure): Scene {
  const toX = (x: number): number => (x - camera.x) * camera.k + width / 2;
  const toY = (y: number): number => (y - camera.y) * camera.k + height / 2;
  const grow = growth(camera.k);
  const marks: Mark[] = [];
  for (const id of from.order) {
    const thing = from.graph.at(id);
    const [x, y] = [toX(from.places.x[id] ?? 0), toY(from.places.y[id] ?? 0)];
    const r = Math.max(1.3, radius(thing) * grow);
    if (x < -r || y < -r || x > width + r || y > height + r) continue;
    const faded = from.lit.size > 0 && !from.lit.has(id) && id !== hovered;
    const ringed = id === from.view.thing || id === hovered || from.view.path.includes(id);
    marks.push({ id, x, y, r, shape: look(thing.kind).shape, colour: from.colours[id] ?? "", faded, ringed });
  }
  const named = camera.k < REGION_SCALE && !from.lit.size;
  const regionWishes = named ? from.regions.map((region): Wish => ({ text: region.name, x: toX(region.x), y: toY(region.y), gap: 0, size: region.size > 60 ? 15 : 13, bold: true, region: true })) : [];
  const most = named ? Math.min(24, Math.max(8, Math.round((width * height) / 45_000))) : MOST_LABELS;
  const all = placed(concat(regionWishes, wishes(from, marks, hovered)), regionWishes.length + (hovered < 0 ? 0 : 1) + most, width, height, measure, obstacles(marks));
  const [regions, labels] = [all.filter((label) => label.region), all.filter((label) => !label.region)];
  return { width, height, ...lines(from, toX, toY, width, height, moving), faintness: from.lit.size ? 0.35 : 1, marks: marks.reverse(), labels, regions };
}

/** What names should not cover, where there are few enough to ask. */
function obstacles(marks: readonly Mark[]): Box[] {
  const clear = marks.filter((mark) => !mark.faded);
  return clear.length > MOST_OBSTACLES ? [] : clear.map(({ x, y, r }): Box => [x - r, y - r, x + r, y + r]);
}

function* concat<V>(...parts: readonly Iterable<V>[]): Generator<V> {
  for (const part of parts) yield* part;
}

function* wishes(from: Ground, marks: readonly Mark[], hovered: number): Generator<Wish> {
  const regions = new Set(from.lit.size ? [] : from.regions.map((region) => region.name));
  const first = marks.filter((mark) => mark.id === hovered || mark.id === from.view.thing);
  let made = 0;
  for (const mark of new Set([...first, ...marks])) {
    if (mark.faded || made++ > MOST_WISHES) continue;
    const important = mark.ringed;
    if (!important && !from.lit.size && mark.r < 3.2 && marks.length > 60) continue;
    const { label } = from.graph.at(mark.id);
    if (!important && regions.has(label)) continue;
    yield { text: cut(label, important ? 44 : 34), x: mark.x, y: mark.y, gap: mark.r + 4, size: important ? 14 : 12, bold: important, region: false };
  }
}

function lines(from: Ground, toX: (x: number) => number, toY: (y: number) => number, width: number, height: number, moving: boolean): Pick<Scene, "faint" | "strong"> {
  const [faint, strong]: [number[], number[]] = [[], []];
  const add = (to: number[], fact: Fact): void => {
    const { x, y } = from.places;
    const [x1, y1, x2, y2] = [toX(x[fact.source] ?? 0), toY(y[fact.source] ?? 0), toX(x[fact.target] ?? 0), toY(y[fact.target] ?? 0)];
    if (crosses(x1, y1, x2, y2, width, height)) to.push(x1, y1, x2, y2);
  };
  const step = Math.max(1, Math.ceil(from.faint.length / (moving ? MOST_MOVING_EDGES : MOST_EDGES)));
  for (let number = 0; number < from.faint.length; number += step) add(faint, from.faint[number] as Fact);
  for (const fact of from.strong) add(strong, fact);
  return { faint, strong };
}

/** False if a line lies wholly on one side of the screen. */
function crosses(x1: number, y1: number, x2: number, y2: number, width: number, height: number): boolean {
  return !((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height));
}

/** What the map draws for a view and a camera, in pixels of the screen: the canvas and the SVG file are made from the same. */

import { type Shape, growth, look, radius } from "../looks.ts";
import type { Ground } from "./ground.ts";
import { type Box, type Label, type Measure, type Wish, cut, placed } from "./labels.ts";

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
  /** Pixels beyond each edge in which marks and lines are drawn as well; names are within the edges. */
  readonly beyond: number;
  /** Segments x1, y1, x2, y2 one after another. */
  readonly faint: Float64Array;
  /** How much of the faint lines' colour is left beside what stands out. */
  readonly faintness: number;
  readonly strong: Float64Array;
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
  readonly regions: readonly Label[];
}

const NONE = new Float64Array(0);
const SMALLEST = 1.3;
const MOST_MOVING_EDGES = 5_000;
const MOST_EDGES = 60_000;
/** Lines that are drawn in full strength; more are fainter, so that they do not cover what they join. */
const INK = 5_000;
const MOST_LABELS = 70;
const MOST_WISHES = 500;
/** Things that are named however small they are drawn: where thousands stand around one, the foremost of them still have names. */
const FOREMOST = 24;
const MOST_OBSTACLES = 300;
const REGION_SCALE = 1.3;

/** A camera's window, with what is drawn beyond its edges. */
export interface Window {
  readonly camera: Camera;
  readonly width: number;
  readonly height: number;
  readonly beyond: number;
}

/** The scene in a window; while `moving` with fewer lines. */
export function scene(from: Ground, window: Window, moving: boolean, measure: Measure): Scene {
  const { camera, width, height, beyond } = window;
  const marks = visible(from, window);
  const named = camera.k < REGION_SCALE && !from.lit.size;
  const regionWishes = named ? from.regions.map((region): Wish => ({ text: region.name, ...onScreen(window, region.x, region.y), gap: 0, size: region.size > 60 ? 15 : 13, bold: true, region: true })) : [];
  const most = named ? Math.min(24, Math.max(8, Math.round((width * height) / 45_000))) : MOST_LABELS;
  const all = placed(concat(regionWishes, wishes(from, marks)), regionWishes.length + most, width, height, measure, obstacles(marks));
  const [regions, labels] = [all.filter((label) => label.region), all.filter((label) => !label.region)];
  const { faint, strong } = lines(from, window, moving);
  const faintness = (from.lit.size ? 0.35 : 1) * Math.min(1, Math.sqrt(INK / (faint.length / 4)));
  return { width, height, beyond, faint, strong, faintness, marks: marks.reverse(), labels, regions };
}

function onScreen({ camera, width, height }: Window, x: number, y: number): { x: number; y: number } {
  return { x: (x - camera.x) * camera.k + width / 2, y: (y - camera.y) * camera.k + height / 2 };
}

/** The things in the window, the most important first. */
function visible(from: Ground, window: Window): Mark[] {
  const { camera: { x, y, k }, width, height, beyond } = window;
  const [wide, high, grow] = [(width / 2 + beyond) / k, (height / 2 + beyond) / k, growth(k) / k];
  const ids = from.order.filter((id) => {
    const rim = radius(from.graph.at(id)) * grow;
    return Math.abs((from.places.x[id] ?? 0) - x) < wide + rim && Math.abs((from.places.y[id] ?? 0) - y) < high + rim;
  });
  return ids.map((id) => mark(from, window, id));
}

/** How a thing is drawn. */
function mark(from: Ground, window: Window, id: number): Mark {
  const thing = from.graph.at(id);
  const { x, y } = onScreen(window, from.places.x[id] ?? 0, from.places.y[id] ?? 0);
  return {
    id, x, y, r: Math.max(SMALLEST, radius(thing) * growth(window.camera.k)), shape: look(thing.kind).shape, colour: from.colours[id] ?? "",
    faded: from.lit.size > 0 && !from.lit.has(id), ringed: id === from.view.thing || from.view.path.includes(id),
  };
}

/** A thing that is pointed at, with its name. */
export function pointed(from: Ground, window: Window, id: number, measure: Measure): Scene {
  const shown = { ...mark(from, window, id), faded: false, ringed: true };
  const { width, height } = window;
  return { width, height, beyond: 0, faint: NONE, strong: NONE, faintness: 1, marks: [shown], labels: placed([wish(shown, from.graph.at(id).label)], 1, width, height, measure), regions: [] };
}

/** What names should not cover, where there are few enough to ask. */
function obstacles(marks: readonly Mark[]): Box[] {
  const clear = marks.filter((mark) => !mark.faded);
  return clear.length > MOST_OBSTACLES ? [] : clear.map(({ x, y, r }): Box => [x - r, y - r, x + r, y + r]);
}

function* concat<V>(...parts: readonly Iterable<V>[]): Generator<V> {
  for (const part of parts) yield* part;
}

function* wishes(from: Ground, marks: readonly Mark[]): Generator<Wish> {
  const regions = new Set(from.lit.size ? [] : from.regions.map((region) => region.name));
  const first = marks.filter((mark) => mark.id === from.view.thing);
  let made = 0;
  for (const mark of new Set(concat(first, marks))) {
    if (mark.faded || made++ > MOST_WISHES) continue;
    if (!mark.ringed && !from.lit.size && mark.r < 3.2 && marks.length > 60 && made > FOREMOST) continue;
    const { label } = from.graph.at(mark.id);
    if (label && (mark.ringed || !regions.has(label))) yield wish(mark, label);
  }
}

function wish({ x, y, r, ringed }: Mark, label: string): Wish {
  return { text: cut(label, ringed ? 44 : 34), x, y, gap: r + (ringed ? 7 : 4), size: ringed ? 14 : 12, bold: ringed, region: false };
}

/** Of the faint lines that cross the window every so manieth, if there are too many. */
function lines(from: Ground, window: Window, moving: boolean): Pick<Scene, "faint" | "strong"> {
  const faint = crossing(from, from.faint, window);
  const step = Math.max(1, Math.ceil(faint.length / (moving ? MOST_MOVING_EDGES : MOST_EDGES)));
  return { faint: segments(from, faint.filter((_, number) => number % step === 0), window), strong: segments(from, crossing(from, from.strong, window), window) };
}

/** Those that do not lie wholly on one side of the window. */
function crossing({ graph: { sourceOf, targetOf }, places: { x, y } }: Ground, facts: Int32Array, { camera, width, height, beyond }: Window): Int32Array {
  const [wide, high] = [(width / 2 + beyond) / camera.k, (height / 2 + beyond) / camera.k];
  const [left, right, top, bottom] = [camera.x - wide, camera.x + wide, camera.y - high, camera.y + high];
  return facts.filter((id) => {
    const [source, target] = [sourceOf[id] ?? 0, targetOf[id] ?? 0];
    const [x1, x2, y1, y2] = [x[source] ?? 0, x[target] ?? 0, y[source] ?? 0, y[target] ?? 0];
    return !((x1 < left && x2 < left) || (x1 > right && x2 > right) || (y1 < top && y2 < top) || (y1 > bottom && y2 > bottom));
  });
}

function segments({ graph: { sourceOf, targetOf }, places: { x, y } }: Ground, facts: Int32Array, { camera, width, height }: Window): Float64Array {
  const found = new Float64Array(4 * facts.length);
  const { k } = camera;
  const [right, down] = [width / 2 - camera.x * k, height / 2 - camera.y * k];
  facts.forEach((id, number) => {
    const [source, target] = [sourceOf[id] ?? 0, targetOf[id] ?? 0];
    const at = 4 * number;
    found[at] = (x[source] ?? 0) * k + right;
    found[at + 1] = (y[source] ?? 0) * k + down;
    found[at + 2] = (x[target] ?? 0) * k + right;
    found[at + 3] = (y[target] ?? 0) * k + down;
  });
  return found;
}

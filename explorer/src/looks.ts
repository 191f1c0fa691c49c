/** How things look: a shape and a colour for each kind, so that nothing is told by colour alone. */

import type { Graph, Thing } from "./graph.ts";
import type { Colouring } from "./view.ts";

export type Shape = "circle" | "square" | "diamond" | "hexagon" | "triangle" | "down" | "star" | "page" | "cross";

interface Look {
  readonly shape: Shape;
  readonly sign: string;
  readonly colour: string;
}

/** After Okabe and Ito's palette, https://jfly.uni-koeln.de/color/, each at least 3:1 against both backgrounds. */
export const LOOKS: Readonly<Record<string, Look>> = {
  Paper: { shape: "circle", sign: "●", colour: "#2b7fc4" },
  Person: { shape: "square", sign: "■", colour: "#d55e00" },
  Task: { shape: "diamond", sign: "◆", colour: "#b87d00" },
  Method: { shape: "hexagon", sign: "⬢", colour: "#009270" },
  Dataset: { shape: "triangle", sign: "▲", colour: "#c065a0" },
  Metric: { shape: "down", sign: "▼", colour: "#96763a" },
  Topic: { shape: "diamond", sign: "◆", colour: "#7b8694" },
  Organization: { shape: "cross", sign: "✚", colour: "#7d6fd0" },
  Event: { shape: "star", sign: "★", colour: "#d0495a" },
  EventSeries: { shape: "star", sign: "★", colour: "#a3662e" },
  Periodical: { shape: "star", sign: "★", colour: "#5c8f2e" },
  Document: { shape: "page", sign: "▮", colour: "#1f93a8" },
  List: { shape: "page", sign: "▮", colour: "#7a8f1f" },
};
const OTHER: Look = { shape: "circle", sign: "●", colour: "#7b8694" };
const GREY = "#8a929c";
export const COMMUNITY_COLOURS = ["#2b7fc4", "#d55e00", "#009270", "#c065a0", "#b87d00", "#7d6fd0", "#d0495a", "#1f93a8", "#5c8f2e", "#96763a"] as const;
export const OPINION_LOOKS: Readonly<Record<string, { readonly colour: string; readonly sign: string }>> = {
  positive: { colour: "#00845f", sign: "+" },
  mixed: { colour: "#a87400", sign: "±" },
  negative: { colour: "#c8443a", sign: "−" },
  neutral: { colour: "#6b7684", sign: "○" },
  divided: { colour: "#8a55c0", sign: "≠" },
};

export function look(kind: string): Look {
  return LOOKS[kind] ?? OTHER;
}

export function colourOf(graph: Graph, thing: Thing, colouring: Colouring): string {
  if (colouring === "kind") return look(thing.kind).colour;
  if (colouring === "community") return COMMUNITY_COLOURS[thing.community] ?? GREY;
  return thing.kind === "Paper" ? (OPINION_LOOKS[graph.opinion(thing.id)]?.colour ?? GREY) : GREY;
}

/** Pixels from the middle to the rim at scale 1. */
export function radius(thing: Thing): number {
  return 3 + 1.6 * Math.sqrt(thing.attention);
}

/** How much larger a mark is at a scale: less than the map, so that coming closer makes room. */
export function growth(scale: number): number {
  return scale ** 0.6;
}

/** Corners of a shape with a rim at distance 1; a circle has none. */
export const CORNERS: Readonly<Record<Exclude<Shape, "circle">, readonly (readonly [number, number])[]>> = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  hexagon: ring(6, 1.05, 1.05),
  triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]],
  down: [[0, 1.15], [1.1, -0.8], [-1.1, -0.8]],
  star: ring(10, 1.3, 0.6),
  page: [[-0.75, -1], [0.75, -1], [0.75, 1], [-0.75, 1]],
  cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
};

function ring(corners: number, even: number, odd: number): [number, number][] {
  return Array.from({ length: corners }, (_, number) => {
    const angle = (number / corners) * 2 * Math.PI - Math.PI / 2;
    const reach = number % 2 ? odd : even;
    return [Math.cos(angle) * reach, Math.sin(angle) * reach];
  });
}

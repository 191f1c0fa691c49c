/** Where things stand on the map: as the file says, or arranged anew where only some are shown. */

import { type SimulationLinkDatum, type SimulationNodeDatum, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { Graph } from "../graph.ts";
import { radius } from "../looks.ts";
import { joining } from "../selection.ts";
import type { View } from "../view.ts";

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const MOST_ARRANGED = 700;
const STEPS = 160;

interface Placed extends SimulationNodeDatum {
  readonly id: number;
}

/** Places of all things for a view. */
export function places(graph: Graph, view: View, shown: Uint8Array, joined: Uint8Array): Places {
  const found = { x: Float64Array.from(graph.things, (thing) => thing.x), y: Float64Array.from(graph.things, (thing) => thing.y) };
  const some = graph.things.filter((thing) => shown[thing.id]);
  if (view.alone.length && some.length <= MOST_ARRANGED) {
    arrange(graph, some.map((thing) => thing.id), joining(graph, shown, joined), found);
  }
  for (const [id, x, y] of view.pinned) [found.x[id], found.y[id]] = [x, y];
  return found;
}

/** Few things among themselves, by forces, the same on every run. */
function arrange(graph: Graph, ids: readonly number[], facts: Int32Array, found: Places): void {
  const nodes: Placed[] = ids.map((id) => ({ id }));
  const size = (node: Placed): number => radius(graph.at(node.id));
  const links: SimulationLinkDatum<Placed>[] = Array.from(facts, (id) => ({ source: graph.sourceOf[id] ?? 0, target: graph.targetOf[id] ?? 0 }));
  forceSimulation(nodes)
    .force("link", forceLink<Placed, SimulationLinkDatum<Placed>>(links).id((node) => node.id).distance(70))
    .force("charge", forceManyBody<Placed>().strength(-260).distanceMax(900))
    .force("collide", forceCollide<Placed>((node) => size(node) + 10))
    .force("x", forceX<Placed>().strength(0.04))
    .force("y", forceY<Placed>().strength(0.07))
    .stop()
    .tick(STEPS);
  for (const node of nodes) [found.x[node.id], found.y[node.id]] = [node.x ?? 0, node.y ?? 0];
}

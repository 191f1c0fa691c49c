/** Draws a sketch of the graph that the page holds as soon as that is read, and shows the whole page when all is. */

import { render } from "preact";
import { App } from "./app.tsx";
import { Graph } from "./graph.ts";
import { packed, unpacked } from "./packed.ts";
import { sketched } from "./sketch.ts";

const [sketch, place] = [document.getElementById("sketch"), document.getElementById("app")];
if (sketch?.textContent && place) {
  place.replaceChildren();
  render(<App graph={sketched(JSON.parse(sketch.textContent))} whole={whole()} />, place);
}

/** The value stands behind this program, so it is there when all of the file is read. */
async function whole(): Promise<Graph> {
  await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  return new Graph(await unpacked(packed("data")).json());
}

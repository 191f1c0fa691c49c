/** Reads the graph that the page holds and shows it. */

import { render } from "preact";
import { App } from "./app.tsx";
import { Graph, type Raw } from "./graph.ts";

const [data, place] = [document.getElementById("data"), document.getElementById("app")];
if (data?.textContent && place) {
  const raw: Raw = JSON.parse(data.textContent);
  place.replaceChildren();
  render(<App graph={new Graph(raw)} />, place);
}

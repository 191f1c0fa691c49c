/** The map with its buttons: zoom, export, keys. */

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { usePage } from "../context.ts";
import type { Graph } from "../graph.ts";
import { MapCanvas } from "../map/canvas.ts";
import { ground } from "../map/ground.ts";
import { places } from "../map/places.ts";
import { svg } from "../map/svg.ts";
import { path } from "../path.ts";
import { save, turtle } from "../saving.ts";
import { type Selection, onMap } from "../selection.ts";
import { T } from "../texts.ts";
import { NO_FILTERS, type View } from "../view.ts";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function MapView(): JSX.Element {
  const { graph, view, selection, go } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<MapCanvas | null>(null);
  const latest = useRef({ view, go });
  latest.current = { view, go };
  const shown = useMemo(() => onMap(graph, selection, view), [graph, selection, view.alone, view.hidden, view.path]);
  const placed = useMemo(() => places(graph, view, shown, selection.fact), [graph, shown, view.pinned, view.alone]);
  const walk = useMemo(() => steps(graph, selection, view), [graph, selection, view.path]);
  const floor = useMemo(() => ground(graph, { ...view, path: walk }, selection, shown, placed), [graph, view.thing, view.colour, walk, selection, shown, placed]);

  // Before the browser lays the page out once for nothing.
  useLayoutEffect(() => {
    if (!canvas.current) return;
    map.current = new MapCanvas(canvas.current, {
      chosen: (thing) => latest.current.go({ thing, path: [] }),
      expanded: (thing) => latest.current.go({ thing, alone: [...new Set([...latest.current.view.alone, thing])], camera: [] }),
      moved: ({ x, y, k }) => {
        history.replaceState(null, "", withCamera(x, y, k));
        document.documentElement.dataset["view"] = location.hash;
      },
      pinned: (thing, x, y) => latest.current.go({ pinned: [...latest.current.view.pinned.filter(([id]) => id !== thing), [thing, x, y]] }),
    });
  }, []);
  useLayoutEffect(() => map.current?.show(floor), [floor]);
  useLayoutEffect(() => look(map.current, view, floor.order), [shown, view.camera.join()]);
  useEffect(() => { if (walk.length > 1) map.current?.fit(walk); }, [walk]);
  useEffect(() => { if (view.thing >= 0 && shown[view.thing]) map.current?.reveal(view.thing); }, [view.thing]);
  useEffect(() => {
    const redraw = (): void => map.current?.draw();
    document.addEventListener("themechange", redraw);
    return () => document.removeEventListener("themechange", redraw);
  }, []);

  const keys = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (arrow) {
      const next = view.thing >= 0 ? (map.current?.towards(view.thing, ...arrow) ?? -1) : -1;
      if (next >= 0 && !event.shiftKey) go({ thing: next, path: [] });
      else map.current?.shift(arrow[0] * -60, arrow[1] * -60);
    } else if (event.key === "+" || event.key === "=") map.current?.scale(1.3);
    else if (event.key === "-") map.current?.scale(1 / 1.3);
    else if (event.key === "0") map.current?.fit(floor.order);
    else if (event.key === "Enter" && view.thing < 0 && floor.order[0] !== undefined) go({ thing: floor.order[0] });
    else if (event.key === "Enter" && view.thing >= 0) go({ alone: [...new Set([...view.alone, view.thing])], camera: [] });
    else return;
    event.preventDefault();
  };
  const drawn = (): string => {
    const scene = map.current?.scene();
    return scene && map.current ? svg(scene, map.current.paints()) : "";
  };
  const saving: Readonly<Record<string, () => void>> = {
    png: () => canvas.current?.toBlob((blob) => blob && save("map.png", blob)),
    svg: () => save("map.svg", drawn(), "image/svg+xml"),
    ttl: () => save("map.ttl", turtle(graph, shown, selection.fact), "text/turtle"),
  };
  return (
    <div class="map">
      <canvas ref={canvas} tabIndex={0} role="img" aria-label={T.mapLabel} onKeyDown={keys} />
      {floor.order.length ? null : <p class="empty">{T.nothingShown} <button type="button" class="quiet" onClick={() => go({ filters: NO_FILTERS, hidden: [] })}>{T.clear}</button></p>}
      <div class="tools">
        <button type="button" aria-label={T.zoomIn} title={T.zoomIn} onClick={() => map.current?.scale(1.4)}>+</button>
        <button type="button" aria-label={T.zoomOut} title={T.zoomOut} onClick={() => map.current?.scale(1 / 1.4)}>−</button>
        <button type="button" aria-label={T.fit} title={T.fit} onClick={() => map.current?.fit(floor.order)}>⤢</button>
        {view.alone.length ? <button type="button" class="wide" onClick={() => go({ alone: [], hidden: [], pinned: [], camera: [] })}>{T.whole}</button> : null}
        <details class="menu"><summary>{T.save}</summary>
          <button type="button" onClick={saving["png"]}>{T.exportPng}</button><button type="button" onClick={saving["svg"]}>{T.exportSvg}</button><button type="button" onClick={saving["ttl"]}>{T.exportTurtle}</button>
        </details>
      </div>
    </div>
  );
}

function steps(graph: Graph, selection: Selection, view: View): readonly number[] {
  const [from, to] = [view.path[0], view.path.at(-1)];
  if (from === undefined || to === undefined || from === to) return [];
  return [from, ...path(graph, selection, from, to).map((step) => step.to)];
}

function look(map: MapCanvas | null, view: View, shown: readonly number[]): void {
  const [x, y, k] = view.camera;
  if (x !== undefined && y !== undefined && k) map?.look({ x, y, k });
  else map?.fit(shown);
}

/** The page's address with the camera in it. */
function withCamera(x: number, y: number, k: number): string {
  const said = new URLSearchParams(location.hash.slice(1));
  said.set("at", [x, y, k].map((value) => Number(value.toPrecision(4))).join(" "));
  return `#${said.toString().replaceAll("%2F", "/").replaceAll("%40", "@")}`;
}

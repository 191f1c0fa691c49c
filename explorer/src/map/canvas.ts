/** The map as a canvas that people move, point at and type on. */

import { type Quadtree, quadtree } from "d3-quadtree";
import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from "d3-zoom";
import { growth, radius } from "../looks.ts";
import type { Ground } from "./ground.ts";
import { type Paints, font, point } from "./paint.ts";
import { type Camera, type Scene, type Window, pointed, scene } from "./scene.ts";
import { Sheet } from "./sheet.ts";

export interface Handlers {
  readonly chosen: (thing: number) => void;
  readonly expanded: (thing: number) => void;
  readonly moved: (camera: Camera) => void;
  readonly pinned: (thing: number, x: number, y: number) => void;
}

const SCALES: [number, number] = [0.02, 12];
const REACH = 14;
const RESTING = 140;
/** How much of the time of a movement is left between two drawings, in times of a drawing. */
const REPOSE = 4;
const MARGIN = 100;
const MANY = 200;
const FAR_OUT = 0.015;

export class MapCanvas {
  private readonly pen: CanvasRenderingContext2D;
  private readonly zooming: ZoomBehavior<HTMLCanvasElement, unknown>;
  private readonly widths = new Map<string, number>();
  private readonly sheet = new Sheet();
  private ground: Ground | null = null;
  private tree: Quadtree<number> | null = null;
  private camera: Camera = { x: 0, y: 0, k: 1 };
  private hovered = -1;
  private dragged = -1;
  private frame = 0;
  private resting = 0;
  private moving = false;
  private stale = true;
  /** Until then a movement shows the sheet as it is. */
  private calm = 0;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly handlers: Handlers) {
    const pen = canvas.getContext("2d", { alpha: false });
    if (!pen) throw new Error("this browser has no canvas");
    this.pen = pen;
    this.zooming = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent(SCALES)
      .filter((event: MouseEvent) => event.type === "wheel" || (!event.button && this.under(event) < 0))
      .on("zoom", (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => this.follow(event));
    select(canvas).call(this.zooming);
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.point(event));
    canvas.addEventListener("pointerleave", () => this.hover(-1));
    canvas.addEventListener("dblclick", (event) => this.under(event) >= 0 && this.handlers.expanded(this.under(event)));
    new ResizeObserver(() => this.sheet.fits(canvas.clientWidth, canvas.clientHeight) || this.draw()).observe(canvas);
  }

  /** Shows another ground; the camera stays unless it is told where to look. */
  show(ground: Ground): void {
    if (this.ground?.places !== ground.places || this.ground.shown !== ground.shown) this.tree = null;
    this.ground = ground;
    this.hovered = -1;
    this.draw();
  }

  look(camera: Camera): void {
    const { clientWidth, clientHeight } = this.canvas;
    const { x, y, k } = camera;
    select(this.canvas).call(this.zooming.transform, zoomIdentity.translate(clientWidth / 2, clientHeight / 2).scale(k).translate(-x, -y));
  }

  /** Looks so that the things are all in view, none closer than at scale `closest`. */
  fit(things: ArrayLike<number>, closest = 1.6): void {
    if (!this.ground) return;
    const { x, y } = this.ground.places;
    const [left, right] = range(things, x);
    const [top, bottom] = range(things, y);
    const k = Math.min(closest, (this.canvas.clientWidth - MARGIN) / (right - left + 1), (this.canvas.clientHeight - MARGIN) / (bottom - top + 1));
    this.look({ x: (left + right) / 2, y: (top + bottom) / 2, k: Math.max(SCALES[0], k) });
  }

  /** Moves the camera so that a thing that is out of sight comes to the middle. */
  reveal(thing: number): void {
    const [x, y] = this.screen(thing);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (x > 40 && y > 40 && x < width - 40 && y < height - 40) return;
    this.look({ x: this.ground?.places.x[thing] ?? 0, y: this.ground?.places.y[thing] ?? 0, k: Math.max(this.camera.k, 0.8) });
  }

  scale(by: number): void {
    select(this.canvas).call(this.zooming.scaleBy, by);
  }

  shift(dx: number, dy: number): void {
    select(this.canvas).call(this.zooming.translateBy, dx / this.camera.k, dy / this.camera.k);
  }

  /** The nearest shown thing that lies in a direction from another. */
  towards(from: number, dx: number, dy: number): number {
    const [x0, y0] = this.screen(from);
    let [best, found] = [Number.POSITIVE_INFINITY, -1];
    for (const id of this.ground?.order ?? []) {
      const [x, y] = this.screen(id);
      const [along, across] = [(x - x0) * dx + (y - y0) * dy, Math.abs((x - x0) * dy - (y - y0) * dx)];
      const cost = along + 2 * across;
      if (id !== from && along > Math.max(4, across / 2) && cost < best) [best, found] = [cost, id];
    }
    return found;
  }

  /** What is drawn now, for export. */
  scene(): Scene | null {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    return this.ground && scene(this.ground, this.window(width, height, 0), false, this.measure);
  }

  paints(): Paints {
    const style = getComputedStyle(this.canvas);
    const value = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    return { background: value("stage"), text: value("text"), muted: value("region"), line: value("edge"), strong: value("edge-strong") };
  }

  /** Draws anew, soon. */
  draw(): void {
    this.stale = true;
    this.refresh();
  }

  /** Shows what is drawn as the camera sees it, soon. */
  private refresh(): void {
    this.canvas.ariaBusy = "true";
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.refreshNow();
    });
  }

  private refreshNow(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.ground || !width || !height) return;
    const dense = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * dense), Math.round(height * dense)];
    if (this.canvas.width !== wide || this.canvas.height !== high) [this.canvas.width, this.canvas.height] = [wide, high];
    const paints = this.paints();
    const began = performance.now();
    const anew = this.stale || (began > this.calm && !this.sheet.serves(this.camera));
    if (anew) this.drawNow(width, height, dense, paints);
    this.sheet.put(this.pen, this.camera, paints.background);
    if (anew) this.calm = performance.now() + REPOSE * (performance.now() - began);
    if (this.hovered >= 0 && !this.moving) {
      this.pen.setTransform(dense, 0, 0, dense, 0, 0);
      point(this.pen, pointed(this.ground, this.window(width, height, 0), this.hovered, this.measure), paints);
    }
    this.canvas.ariaBusy = String(this.moving);
    // In the next frame, when what was drawn is on the screen.
    if (!performance.getEntriesByName("picture").length) requestAnimationFrame(() => performance.mark("picture"));
  }

  private drawNow(width: number, height: number, dense: number, paints: Paints): void {
    if (!this.ground) return;
    const brisk = this.moving || this.dragged >= 0;
    this.sheet.draw(scene(this.ground, this.window(width, height, Sheet.beyond(width, height)), brisk, this.measure), this.camera, dense, paints);
    this.stale = false;
  }

  private window(width: number, height: number, beyond: number): Window {
    return { camera: this.camera, width, height, beyond };
  }

  private readonly measure = (text: string, size: number, bold: boolean): number => {
    const key = `${size}${bold}${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.pen.font = font(size, bold);
      width = this.pen.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  };

  private follow({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const [x, y] = transform.invert([width / 2, height / 2]);
    this.camera = { x, y, k: transform.k };
    this.moving = true;
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      this.moving = false;
      this.draw();
      if (this.ground) this.standing(this.ground);
      if (sourceEvent) this.handlers.moved(this.camera);
    }, RESTING);
    this.refresh();
  }

  private screen(thing: number): [number, number] {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const places = this.ground?.places;
    return [((places?.x[thing] ?? 0) - this.camera.x) * this.camera.k + width / 2, ((places?.y[thing] ?? 0) - this.camera.y) * this.camera.k + height / 2];
  }

  private world(event: MouseEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    const { x, y, k } = this.camera;
    return [(event.clientX - box.left - box.width / 2) / k + x, (event.clientY - box.top - box.height / 2) / k + y];
  }

  /** The thing under the pointer, −1 if there is none. */
  private under(event: MouseEvent): number {
    if (!this.ground) return -1;
    const [x, y] = this.world(event);
    const { places } = this.ground;
    const id = this.standing(this.ground).find(x, y, REACH / this.camera.k + 20) ?? -1;
    if (id < 0) return -1;
    const distance = Math.hypot((places.x[id] ?? 0) - x, (places.y[id] ?? 0) - y) * this.camera.k;
    return distance <= Math.max(REACH, radius(this.ground.graph.at(id)) * growth(this.camera.k)) ? id : -1;
  }

  /** The things by their places; made when the map rests, or when it is first asked for. */
  private standing({ order, places }: Ground): Quadtree<number> {
    this.tree ??= quadtree<number>([...order], (id) => places.x[id] ?? 0, (id) => places.y[id] ?? 0);
    return this.tree;
  }

  private press(event: PointerEvent): void {
    const thing = this.under(event);
    if (thing < 0 || event.button) return;
    const start: [number, number] = [event.clientX, event.clientY];
    this.canvas.setPointerCapture(event.pointerId);
    const drag = (next: PointerEvent): void => {
      if (this.dragged < 0 && Math.hypot(next.clientX - start[0], next.clientY - start[1]) < 5) return;
      this.dragged = thing;
      const [x, y] = this.world(next);
      if (this.ground) [this.ground.places.x[thing], this.ground.places.y[thing]] = [x, y];
      this.draw();
    };
    const release = (next: PointerEvent): void => {
      this.canvas.removeEventListener("pointermove", drag);
      this.canvas.removeEventListener("pointerup", release);
      this.canvas.removeEventListener("pointercancel", release);
      if (this.dragged < 0) this.handlers.chosen(thing);
      else this.handlers.pinned(thing, ...this.world(next));
      this.dragged = -1;
    };
    this.canvas.addEventListener("pointermove", drag);
    this.canvas.addEventListener("pointerup", release);
    this.canvas.addEventListener("pointercancel", release);
  }

  private point(event: PointerEvent): void {
    if (event.pointerType === "mouse" && !event.buttons) this.hover(this.under(event));
  }

  private hover(thing: number): void {
    if (thing === this.hovered) return;
    this.hovered = thing;
    this.canvas.style.cursor = thing < 0 ? "grab" : "pointer";
    this.refresh();
  }
}

/** The least and the most, of many without the few that lie far out. */
function range(things: ArrayLike<number>, values: Float64Array): [number, number] {
  const sorted = new Float64Array(things.length);
  for (let at = 0; at < things.length; at += 1) sorted[at] = values[things[at] ?? 0] ?? 0;
  sorted.sort();
  const out = sorted.length > MANY ? Math.floor(sorted.length * FAR_OUT) : 0;
  return [sorted[out] ?? 0, sorted[sorted.length - 1 - out] ?? 0];
}

/** Draws a scene on a canvas. */

import { grouped } from "../graph.ts";
import { CORNERS } from "../looks.ts";
import type { Label } from "./labels.ts";
import type { Mark, Scene } from "./scene.ts";

export interface Paints {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly strong: string;
}

/** Pixels of radius below which no shape can be told. */
const DOT = 2;
/** Half the side of a square as large as a circle of radius 1. */
const SQUARE = Math.sqrt(Math.PI) / 2;

export const FACE = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export function font(size: number, bold: boolean): string {
  return `${bold ? "600 " : ""}${size}px ${FACE}`;
}

export function paint(pen: CanvasRenderingContext2D, scene: Scene, paints: Paints): void {
  const { width, height, beyond } = scene;
  pen.fillStyle = paints.background;
  pen.fillRect(-beyond, -beyond, width + 2 * beyond, height + 2 * beyond);
  draw(pen, scene, paints);
}

function draw(pen: CanvasRenderingContext2D, scene: Scene, paints: Paints): void {
  pen.globalAlpha = scene.faintness;
  stroke(pen, scene.faint, paints.line, 1);
  pen.globalAlpha = 1;
  stroke(pen, scene.strong, paints.strong, 1.6);
  fill(pen, scene.marks.filter((mark) => mark.faded), 0.16);
  fill(pen, scene.marks.filter((mark) => !mark.faded), 1);
  for (const mark of scene.marks) if (mark.ringed) ring(pen, mark, paints);
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const label of scene.regions) write(pen, label, paints.muted, paints.background);
  for (const label of scene.labels) write(pen, label, paints.text, paints.background);
}

/** A thing that is pointed at: its name has a ground of its own, for it may lie over others. */
export function point(pen: CanvasRenderingContext2D, scene: Scene, paints: Paints): void {
  pen.fillStyle = paints.background;
  for (const { x, y, width, size } of scene.labels) pen.fillRect(x - 4, y - 0.8 * size, width + 8, 1.6 * size);
  draw(pen, scene, paints);
}

function stroke(pen: CanvasRenderingContext2D, segments: Float64Array, colour: string, width: number): void {
  pen.beginPath();
  for (let at = 0; at < segments.length; at += 4) {
    pen.moveTo(segments[at] ?? 0, segments[at + 1] ?? 0);
    pen.lineTo(segments[at + 2] ?? 0, segments[at + 3] ?? 0);
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

/** One path for each colour, so that a thousand marks are few calls; the smallest are squares, which take a quarter of a circle's time. */
function fill(pen: CanvasRenderingContext2D, marks: readonly Mark[], alpha: number): void {
  pen.globalAlpha = alpha;
  for (const [colour, same] of grouped(marks, (mark) => mark.colour)) {
    pen.beginPath();
    pen.fillStyle = colour;
    for (const mark of same) {
      if (mark.r < DOT) pen.fillRect(mark.x - mark.r * SQUARE, mark.y - mark.r * SQUARE, 2 * mark.r * SQUARE, 2 * mark.r * SQUARE);
      else outline(pen, mark, mark.r);
    }
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function outline(pen: CanvasRenderingContext2D, { x, y, shape }: Mark, r: number): void {
  if (shape === "circle") {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const corners = CORNERS[shape];
  const [startX, startY] = corners[corners.length - 1] ?? [0, 0];
  // Back to the start by a line: Chromium takes long to close parts of a path that has thousands.
  pen.moveTo(x + startX * r, y + startY * r);
  for (const [dx, dy] of corners) pen.lineTo(x + dx * r, y + dy * r);
}

function ring(pen: CanvasRenderingContext2D, mark: Mark, paints: Paints): void {
  pen.beginPath();
  outline(pen, mark, mark.r + 3.5);
  pen.strokeStyle = paints.text;
  pen.lineWidth = 2;
  pen.stroke();
}

function write(pen: CanvasRenderingContext2D, label: Label, colour: string, halo: string): void {
  pen.font = font(label.size, label.bold);
  pen.strokeStyle = halo;
  pen.lineWidth = 4;
  pen.strokeText(label.text, label.x, label.y);
  pen.fillStyle = colour;
  pen.fillText(label.text, label.x, label.y);
}

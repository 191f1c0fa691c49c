/** Writes a scene as an SVG file. */

import { CORNERS } from "../looks.ts";
import type { Label } from "./labels.ts";
import { FACE, type Paints } from "./paint.ts";
import type { Mark, Scene } from "./scene.ts";

export function svg(scene: Scene, paints: Paints): string {
  const parts = [
    `<rect width="${scene.width}" height="${scene.height}" fill="${paints.background}"/>`,
    `<path d="${lines(scene.faint)}" stroke="${paints.line}" opacity="${scene.faintness}" fill="none"/>`,
    `<path d="${lines(scene.strong)}" stroke="${paints.strong}" stroke-width="1.6" fill="none"/>`,
    ...scene.marks.map((mark) => shape(mark, paints)),
    ...scene.regions.map((label) => text(label, paints.muted, paints.background)),
    ...scene.labels.map((label) => text(label, paints.text, paints.background)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}" viewBox="0 0 ${scene.width} ${scene.height}">\n${parts.join("\n")}\n</svg>\n`;
}

function lines(segments: Float64Array): string {
  const parts: string[] = [];
  for (let at = 0; at < segments.length; at += 4) parts.push(`M${pair(segments, at)}L${pair(segments, at + 2)}`);
  return parts.join("");
}

function pair(segments: Float64Array, at: number): string {
  return `${short(segments[at] ?? 0)} ${short(segments[at + 1] ?? 0)}`;
}

function shape({ x, y, r, shape: form, colour, faded, ringed }: Mark, paints: Paints): string {
  const style = `fill="${colour}"${faded ? ' opacity="0.16"' : ""}${ringed ? ` stroke="${paints.text}" stroke-width="2"` : ""}`;
  if (form === "circle") return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" ${style}/>`;
  return `<polygon points="${CORNERS[form].map(([dx, dy]) => `${short(x + dx * r)},${short(y + dy * r)}`).join(" ")}" ${style}/>`;
}

function text(label: Label, colour: string, halo: string): string {
  const weight = label.bold ? ' font-weight="600"' : "";
  return `<text x="${short(label.x)}" y="${short(label.y)}" dominant-baseline="central" font-family="${FACE}" font-size="${label.size}"${weight} fill="${colour}" stroke="${halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${escaped(label.text)}</text>`;
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text that XML takes as text; letters that XML may not hold are left out (https://www.w3.org/TR/xml/#charsets). */
export function escaped(value: string): string {
  const kept = value.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
  return kept.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

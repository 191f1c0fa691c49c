/** Puts names beside things so that none lies over another: the more important come first, and what has no room is left out. */

export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly bold: boolean;
  readonly region: boolean;
}

export interface Wish {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Pixels between the place and the name; 0 writes it over the place. */
  readonly gap: number;
  readonly size: number;
  readonly bold: boolean;
  /** The name of a community, not of a thing. */
  readonly region: boolean;
}

export type Box = readonly [left: number, top: number, right: number, bottom: number];
export type Measure = (text: string, size: number, bold: boolean) => number;

const MARGIN = 3;

/** The wishes that found room, at most `most`, in the order given; rather beside the `marks` than over them. */
export function placed(wishes: Iterable<Wish>, most: number, width: number, height: number, measure: Measure, marks: readonly Box[] = []): Label[] {
  const boxes: Box[] = [];
  const labels: Label[] = [];
  for (const wish of wishes) {
    if (labels.length >= most) break;
    const long = measure(wish.text, wish.size, wish.bold);
    const free = choices(wish, long, width).filter((box) => inside(box, width, height) && boxes.every((other) => apart(box, other)));
    const found = free.find((box) => marks.every((mark) => apart(box, mark))) ?? free[0];
    if (!found) continue;
    boxes.push(found);
    labels.push({ text: wish.text, x: found[0] + MARGIN, y: (found[1] + found[3]) / 2, width: long, size: wish.size, bold: wish.bold, region: wish.region });
  }
  return labels;
}

/** Right, left, under and over the thing, the latter two moved aside at the screen's edge; or on the place itself. */
function choices({ x, y, gap, size }: Wish, long: number, width: number): Box[] {
  const [wide, high] = [long + 2 * MARGIN, size * 1.25 + 2];
  const at = (left: number, top: number): Box => [left, top, left + wide, top + high];
  if (!gap) return [at(x - wide / 2, y - high / 2)];
  const beside = Math.max(1, Math.min(x - wide / 2, width - wide - 1));
  return [at(x + gap - MARGIN, y - high / 2), at(x - gap - wide + MARGIN, y - high / 2), at(beside, y + gap), at(beside, y - gap - high)];
}

function inside([left, top, right, bottom]: Box, width: number, height: number): boolean {
  return left > 0 && top > 0 && right < width && bottom < height;
}

function apart(one: Box, other: Box): boolean {
  return one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1];
}

/** A name of at most so many letters, cut between words. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most);
  const space = short.lastIndexOf(" ");
  return `${space > most / 2 ? short.slice(0, space) : short}…`;
}

/** Finds things by what is typed: every word must begin a word of a name; the whole name, its start and whole words come first. */

import type { Thing } from "./graph.ts";

const MOST = 12;
const keys = new WeakMap<Thing, string[]>();

/** Letters and digits without case and accents, words apart by one space. */
export function key(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function names(thing: Thing): string[] {
  let found = keys.get(thing);
  if (!found) {
    found = [thing.label, ...(thing.details.names ?? [])].map(key);
    keys.set(thing, found);
  }
  return found;
}

export function search(things: readonly Thing[], text: string): Thing[] {
  const wanted = key(text);
  if (!wanted) return [];
  const scored: [number, Thing][] = [];
  for (const thing of things) {
    const best = names(thing).reduce((least, name, number) => Math.min(least, score(name, wanted) + (number ? 0.5 : 0)), Number.POSITIVE_INFINITY);
    if (best < 9) scored.push([best, thing]);
  }
  scored.sort(([one, first], [other, second]) => one - other || second.attention - first.attention || first.label.localeCompare(second.label) || first.id - second.id);
  return scored.slice(0, MOST).map(([, thing]) => thing);
}

function score(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const [padded, words] = [` ${name} `, wanted.split(" ")];
  if (words.every((word) => padded.includes(` ${word} `))) return 2;
  if (words.every((word) => padded.includes(` ${word}`))) return 3;
  return name.includes(wanted) ? 4 : 9;
}

/** The filters: what is shown, by kind, year, event, topic, opinion, award, reviewer, confidence and number of voices. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import type { Thing } from "../graph.ts";
import { KIND_NAMES, OPINION_NAMES, T } from "../texts.ts";
import { COLOURS, type Filters as Values, NO_FILTERS, filtered } from "../view.ts";
import { Sign, ThingLink } from "./basics.tsx";

const OPINIONS = ["positive", "mixed", "negative", "neutral", "divided"];

export function Filters(): JSX.Element {
  const { graph, view, selection, go } = usePage();
  const { filters } = view;
  const set = (change: Partial<Values>): void => go({ filters: change });
  const choices = useMemo(() => ({ events: venues(graph.things), topics: topics(graph.things), reviewers: reviewers(graph.reviews, graph.things) }), [graph]);
  return (
    <details class="filters" open={window.innerWidth > 900}>
      <summary>{T.filters}</summary>
      <p class="counts" role="status">{T.counts(selection.count, selection.fact.reduce((sum, on) => sum + on, 0))}</p>
      {filtered(filters) ? <button type="button" onClick={() => go({ filters: NO_FILTERS })}>{T.clear}</button> : null}
      <fieldset class="kinds"><legend>{T.legend}</legend>{Object.keys(KIND_NAMES).filter((kind) => graph.kinds.has(kind)).map((kind) => <Kind key={kind} kind={kind} />)}</fieldset>
      <Years />
      <Choice label={T.event} of={choices.events} value={filters.event} onChange={(event) => set({ event })} />
      <Choice label={T.topic} of={choices.topics} value={filters.topic} onChange={(topic) => set({ topic })} />
      <label>{T.opinion}
        <select value={filters.opinion} onChange={(event) => set({ opinion: event.currentTarget.value })}>
          <option value="">{T.any}</option>{OPINIONS.map((opinion) => <option key={opinion} value={opinion}>{OPINION_NAMES[opinion]}</option>)}
        </select>
      </label>
      <Choice label={T.reviewer} of={choices.reviewers} value={filters.reviewer} onChange={(reviewer) => set({ reviewer })} />
      <label class="check"><input type="checkbox" checked={filters.award} onChange={(event) => set({ award: event.currentTarget.checked })} />{T.award}</label>
      <label class="check"><input type="checkbox" checked={filters.resource} onChange={(event) => set({ resource: event.currentTarget.checked })} />{T.resource}</label>
      <label>{T.confidence} <output>{filters.confidence} %</output>
        <input type="range" min="0" max="100" step="5" value={filters.confidence} onChange={(event) => set({ confidence: Number(event.currentTarget.value) })} />
      </label>
      <label>{T.voices}
        <select value={String(filters.voices)} onChange={(event) => set({ voices: Number(event.currentTarget.value) })}>
          <option value="0">{T.any}</option>{[2, 3, 4, 5].map((n) => <option key={n} value={String(n)}>{n}</option>)}
        </select>
      </label>
      <label>{T.colour}
        <select value={view.colour} onChange={(event) => go({ colour: COLOURS.find((colour) => colour === event.currentTarget.value) ?? "kind" })}>
          {COLOURS.map((colour) => <option key={colour} value={colour}>{T.colours[colour]}</option>)}
        </select>
      </label>
      {view.hidden.length ? <p class="hidden">{T.hidden}: {view.hidden.map((id) => <ThingLink key={id} thing={graph.at(id)} />)} <button type="button" class="quiet" onClick={() => go({ hidden: [] })}>{T.showAgain}</button></p> : null}
    </details>
  );
}

function Kind({ kind }: { readonly kind: string }): JSX.Element {
  const { view, go } = usePage();
  const { off } = view.filters;
  const on = !off.includes(kind);
  return (
    <label class="check"><input type="checkbox" checked={on} onChange={() => go({ filters: { off: on ? [...off, kind].sort() : off.filter((other) => other !== kind) } })} /><Sign kind={kind} />{KIND_NAMES[kind]?.[1]}</label>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly of: readonly Thing[];
  readonly value: number;
  readonly onChange: (thing: number) => void;
}

function Choice({ label, of, value, onChange }: ChoiceProps): JSX.Element {
  return (
    <label>{label}
      <select value={String(value)} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        <option value="-1">{T.any}</option>{of.map((thing) => <option key={thing.id} value={String(thing.id)}>{thing.label}</option>)}
      </select>
    </label>
  );
}

/** How many papers each year has, over the two ends of the range. */
function Years(): JSX.Element | null {
  const { graph, view, go } = usePage();
  const counts = useMemo(() => byYear(graph.papers), [graph]);
  const years = [...counts.keys()].sort((one, other) => one - other);
  if (years.length < 2) return null;
  const most = Math.max(...counts.values());
  const [from, to] = [view.filters.from, view.filters.to];
  const inside = (year: number): boolean => (!from || year >= from) && (!to || year <= to);
  const choose = (year: number): void => go({ filters: from === year && to === year ? { from: 0, to: 0 } : { from: year, to: year } });
  const list = (value: number, onChange: (year: number) => void, label: string): JSX.Element => (
    <label>{label}<select value={String(value)} onChange={(event) => onChange(Number(event.currentTarget.value))}><option value="0">{T.any}</option>{years.map((year) => <option key={year} value={String(year)}>{year}</option>)}</select></label>
  );
  return (
    <fieldset class="years"><legend>{T.years}</legend>
      <div class="bars">
        {years.map((year) => (
          <button key={year} type="button" class={inside(year) ? "bar in" : "bar"} aria-pressed={from === year && to === year} title={`${year}: ${counts.get(year)}`} aria-label={`${year}: ${counts.get(year)}`} onClick={() => choose(year)}>
            <span style={{ height: `${Math.max(6, ((counts.get(year) ?? 0) / most) * 100)}%` }} />
          </button>
        ))}
      </div>
      <div class="pair">{list(from, (year) => go({ filters: { from: year } }), T.from)}{list(to, (year) => go({ filters: { to: year } }), T.to)}</div>
    </fieldset>
  );
}

function byYear(papers: readonly Thing[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const paper of papers) if (paper.year) counts.set(paper.year, (counts.get(paper.year) ?? 0) + 1);
  return counts;
}

function sorted(things: readonly Thing[]): Thing[] {
  return [...things].sort((one, other) => one.label.localeCompare(other.label) || one.id - other.id);
}

function venues(things: readonly Thing[]): Thing[] {
  return sorted(things.filter((thing) => ["Event", "EventSeries", "Periodical"].includes(thing.kind)));
}

/** The topics that most papers share; the search finds the others. */
function topics(things: readonly Thing[]): Thing[] {
  const found = things.filter((thing) => ["Topic", "Task", "Method", "Dataset"].includes(thing.kind) && thing.attention > 1);
  return sorted(found.sort((one, other) => other.attention - one.attention || one.id - other.id).slice(0, 150));
}

function reviewers(reviews: readonly { readonly by: readonly number[] }[], things: readonly Thing[]): Thing[] {
  return sorted([...new Set(reviews.flatMap((review) => review.by))].flatMap((id) => things[id] ?? []));
}

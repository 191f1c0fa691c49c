/** What is looked at, as a value; and the same as the end of the page's address, so that a link is a view. */

import type { Graph } from "./graph.ts";

export const PAGES = ["graph", "papers", "timeline", "boards", "reviewers", "trends", "compare", "query"] as const;
export type PageName = (typeof PAGES)[number];
export const COLOURS = ["kind", "community", "opinion"] as const;
export type Colouring = (typeof COLOURS)[number];

export interface Filters {
  readonly off: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly event: number;
  readonly topic: number;
  readonly opinion: string;
  readonly award: boolean;
  readonly resource: boolean;
  readonly reviewer: number;
  readonly confidence: number;
  readonly voices: number;
}

export interface View {
  readonly page: PageName;
  readonly thing: number;
  readonly colour: Colouring;
  readonly filters: Filters;
  /** Things that are shown with their neighbours; none shows all. */
  readonly alone: readonly number[];
  readonly hidden: readonly number[];
  /** Things that stay where they were put: number, x, y. */
  readonly pinned: readonly (readonly [number, number, number])[];
  readonly path: readonly number[];
  readonly compare: readonly number[];
  readonly stock: string;
  readonly query: string;
  /** x, y, scale of the map's middle; empty lets the map choose. */
  readonly camera: readonly number[];
}

export const NO_FILTERS: Filters = {
  off: [], from: 0, to: 0, event: -1, topic: -1, opinion: "", award: false, resource: false, reviewer: -1, confidence: 0, voices: 0,
};

export const START: View = {
  page: "graph", thing: -1, colour: "kind", filters: NO_FILTERS, alone: [], hidden: [], pinned: [], path: [], compare: [], stock: "", query: "", camera: [],
};

export type Change = Partial<Omit<View, "filters">> & { readonly filters?: Partial<Filters> };

export function changed(view: View, change: Change): View {
  return { ...view, ...change, filters: { ...view.filters, ...change.filters } };
}

export function filtered(filters: Filters): boolean {
  return JSON.stringify({ ...filters }) !== JSON.stringify(NO_FILTERS);
}

/** The end of the address that gives the view; what is as at the start is left out. */
export function encode(view: View, graph: Graph): string {
  const { filters } = view;
  const name = (id: number): string => graph.things[id]?.address ?? "";
  const names = (ids: readonly number[]): string => ids.map(name).join(" ");
  const said: Record<string, string> = {
    page: view.page === START.page ? "" : view.page,
    thing: name(view.thing),
    colour: view.colour === START.colour ? "" : view.colour,
    off: filters.off.join(" "),
    from: filters.from ? String(filters.from) : "",
    to: filters.to ? String(filters.to) : "",
    event: name(filters.event),
    topic: name(filters.topic),
    opinion: filters.opinion,
    award: filters.award ? "yes" : "",
    resource: filters.resource ? "yes" : "",
    reviewer: name(filters.reviewer),
    confidence: filters.confidence ? String(filters.confidence) : "",
    voices: filters.voices ? String(filters.voices) : "",
    alone: names(view.alone),
    hidden: names(view.hidden),
    pinned: view.pinned.map(([id, x, y]) => `${name(id)}@${Math.round(x)}@${Math.round(y)}`).join(" "),
    path: names(view.path),
    compare: view.compare.map((id) => name(id) || "-").join(" "),
    stock: view.stock,
    query: view.query,
    at: view.camera.map((value) => Number(value.toPrecision(4))).join(" "),
  };
  const parameters = new URLSearchParams(Object.entries(said).filter(([, value]) => value.trim()));
  return `#${parameters.toString().replaceAll("%2F", "/").replaceAll("%40", "@")}`;
}

/** The one view if the other says the same, so that what was made for it need not be made again. */
export function same(one: View, other: View, graph: Graph): View {
  return encode(one, graph) === encode(other, graph) ? one : other;
}

/** The things of which an address wants to know what stands around them. */
export function named(hash: string): string[] {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  return ["thing", "alone", "path"].flatMap((name) => (said.get(name) ?? "").split(" ")).filter(Boolean);
}

/** The view of an address; what it does not say, or says wrongly, is as at the start. */
export function decode(hash: string, graph: Graph): View {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: string): string => said.get(name) ?? "";
  const words = (name: string): string[] => text(name).split(" ").filter(Boolean);
  const number = (name: string): number => Number(text(name)) || 0;
  const thing = (address: string): number => (address ? graph.find(address) : -1);
  const things = (name: string): number[] => words(name).map(thing).filter((id) => id >= 0);
  return {
    page: PAGES.find((page) => page === text("page")) ?? START.page,
    thing: thing(text("thing")),
    colour: COLOURS.find((colour) => colour === text("colour")) ?? START.colour,
    filters: {
      off: words("off"), from: number("from"), to: number("to"), event: thing(text("event")), topic: thing(text("topic")),
      opinion: text("opinion"), award: text("award") === "yes", resource: text("resource") === "yes", reviewer: thing(text("reviewer")),
      confidence: number("confidence"), voices: number("voices"),
    },
    alone: things("alone"),
    hidden: things("hidden"),
    pinned: words("pinned").flatMap((word) => {
      const [address = "", x, y] = word.split("@");
      const id = thing(address);
      return id < 0 ? [] : [[id, Number(x) || 0, Number(y) || 0] as const];
    }),
    path: things("path"),
    compare: words("compare").map((address) => (address === "-" ? -1 : thing(address))).slice(0, 2),
    stock: text("stock"),
    query: text("query"),
    camera: words("at").map(Number).filter(Number.isFinite).length === 3 ? words("at").map(Number) : [],
  };
}

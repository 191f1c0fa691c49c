/** The page: its head, the filters, a view and the panel beside it. */

import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Context, Provider, usePage } from "./context.ts";
import type { Graph } from "./graph.ts";
import { Pick } from "./parts/basics.tsx";
import { Filters } from "./parts/filters.tsx";
import { MapView } from "./parts/mapview.tsx";
import { Panel } from "./parts/panel.tsx";
import { PathPanel } from "./parts/path.tsx";
import { Start } from "./parts/start.tsx";
import { extended } from "./served.ts";
import { select } from "./selection.ts";
import { T, VIEW_NAMES } from "./texts.ts";
import { type Change, PAGES, type PageName, changed, decode, encode, named, same } from "./view.ts";
import { Boards } from "./views/boards.tsx";
import { Compare } from "./views/compare.tsx";
import { Papers } from "./views/papers.tsx";
import { Query } from "./views/query.tsx";
import { Reviewers } from "./views/reviewers.tsx";
import { Timeline } from "./views/timeline.tsx";
import { Trends } from "./views/trends.tsx";

const VIEWS: Readonly<Record<PageName, () => JSX.Element>> = {
  graph: MapView, papers: Papers, timeline: Timeline, boards: Boards, reviewers: Reviewers, trends: Trends, compare: Compare, query: Query,
};

interface AppProps {
  /** What can be drawn at once. */
  readonly graph: Graph;
  /** The same with all that is told of it. */
  readonly whole: Promise<Graph>;
}

export function App({ graph: begun, whole }: AppProps): JSX.Element {
  const [graph, setGraph] = useState(begun);
  const [broken, setBroken] = useState(false);
  useEffect(() => { whole.then(setGraph, () => setBroken(true)); }, [whole]);
  const [view, setView] = useState(() => decode(location.hash, graph));
  const asked = useRef(new Set<string>()).current;
  useEffect(() => {
    const follow = async (): Promise<void> => {
      const known = await extended(graph, named(location.hash), asked);
      if (known !== graph) setGraph(known);
      else setView((before) => same(before, decode(location.hash, graph), graph));
    };
    void follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [graph]);
  const href = useCallback((change: Change): string => encode(changed(view, change), graph), [view, graph]);
  // The camera moves without a new view, so a change starts from the address, not from the view.
  const go = useCallback((change: Change, quietly = false): void => {
    const hash = encode(changed(decode(location.hash, graph), change), graph);
    if (!quietly) {
      location.hash = hash;
      return;
    }
    history.replaceState(null, "", hash);
    setView(decode(hash, graph));
  }, [graph]);
  const selection = useMemo(() => select(graph, view.filters), [graph, JSON.stringify(view.filters)]);
  // What is shown, so that who drives the page knows when the address has been followed.
  useEffect(() => { if (graph.told) document.documentElement.dataset["view"] = location.hash; });
  const context: Context = { graph, view, selection, href, go };
  useShortcuts(context);
  // A sketch has no addresses, so that it can show the start only.
  const Shown = graph.told || location.hash.length < 2 ? VIEWS[view.page] : Nothing;
  return (
    <Provider value={context}>
      {graph.told ? <a class="skip" href={href({ page: "papers" })}>{T.skip}</a> : null}
      {graph.told ? <Head /> : <header />}
      <div class={view.page === "graph" ? "body" : "body wide"}>
        {graph.told ? <Filters /> : <div class="filters" />}
        <main id="main" tabIndex={-1}><Shown /></main>
        {graph.told ? <Side /> : <aside class="panel">{broken ? <p role="alert">{T.broken}</p> : null}</aside>}
      </div>
    </Provider>
  );
}

function Nothing(): JSX.Element {
  return <></>;
}

function Head(): JSX.Element {
  const { graph, view, href, go } = usePage();
  return (
    <header>
      <h1><a href={href({ page: "graph", thing: -1, path: [], alone: [], camera: [] })}>{T.title}</a></h1>
      <Pick label={T.search} placeholder={T.searchHint} from={graph.things} hotkey="/" onPick={(thing) => go({ thing: thing.id, path: [] })} onPickAddress={(address) => { location.hash = `thing=${address}`; }} class="main" />
      <nav aria-label={T.views}>{PAGES.map((page) => <a key={page} href={href({ page, camera: [] })} aria-current={view.page === page ? "page" : undefined}>{VIEW_NAMES[page]}</a>)}</nav>
      <div class="history">
        <button type="button" aria-label={T.back} title={T.back} onClick={() => history.back()}>←</button>
        <button type="button" aria-label={T.forward} title={T.forward} onClick={() => history.forward()}>→</button>
        <button type="button" aria-label={T.theme} title={T.theme} onClick={turnTheme}>◐</button>
      </div>
    </header>
  );
}

function Side(): JSX.Element | null {
  const { view, go } = usePage();
  const [open, start] = [view.thing >= 0 || view.path.length > 1, view.page === "graph"];
  if (!open && !start) return null;
  return (
    <aside class="panel" aria-live="polite">
      {open ? <button type="button" class="close" aria-label={T.close} title={T.close} onClick={() => go({ thing: -1, path: [] })}>×</button> : null}
      {view.path.length > 1 ? <PathPanel /> : open ? <Panel /> : <Start />}
    </aside>
  );
}

/** `/` searches and Esc closes, unless somebody is typing. */
function useShortcuts({ view, go }: Context): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key === "/" && !typing) {
        event.preventDefault();
        document.querySelector<HTMLInputElement>("[data-hotkey='/']")?.focus();
      } else if (event.key === "Escape" && !typing && (view.thing >= 0 || view.path.length)) {
        go({ thing: -1, path: [] });
        document.querySelector<HTMLElement>("canvas")?.focus();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [view, go]);
}

function turnTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset["theme"] ? root.dataset["theme"] === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset["theme"] = dark ? "light" : "dark";
  document.dispatchEvent(new Event("themechange"));
}

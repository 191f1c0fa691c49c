/** What every part of the page needs: the graph, the view, what passes the filters, and a way to another view. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Graph } from "./graph.ts";
import type { Selection } from "./selection.ts";
import type { Change, View } from "./view.ts";

export interface Context {
  readonly graph: Graph;
  readonly view: View;
  readonly selection: Selection;
  /** The address of the view after a change. */
  readonly href: (change: Change) => string;
  /** Goes to the view after a change; `quietly` without a step to go back. */
  readonly go: (change: Change, quietly?: boolean) => void;
}

const CONTEXT = createContext<Context | null>(null);

export const Provider = CONTEXT.Provider;

export function usePage(): Context {
  const found = useContext(CONTEXT);
  if (!found) throw new Error("a part of the page stands outside of it");
  return found;
}

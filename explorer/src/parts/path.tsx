/** The path between two things, and why each step holds. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePage } from "../context.ts";
import { path } from "../path.ts";
import { T, wording } from "../texts.ts";
import { Pick, ThingLink } from "./basics.tsx";
import { Why } from "./evidence.tsx";

export function PathPanel(): JSX.Element | null {
  const { graph, view, selection, go } = usePage();
  const [from = -1, to = -1] = [view.path[0], view.path.at(-1)];
  const steps = useMemo(() => path(graph, selection, from, to), [graph, selection, from, to]);
  const [first, last] = [graph.things[from], graph.things[to]];
  if (!first || !last) return null;
  return (
    <article class="path" aria-labelledby="path-title">
      <h2 id="path-title">{T.pathFrom}</h2>
      <p><ThingLink thing={first} /> → <ThingLink thing={last} />: {steps.length ? T.steps(steps.length) : T.noPath}</p>
      <Pick label={T.pathTo} from={graph.things} onPick={(other) => go({ path: [from, other.id] })} class="small" />
      <ol class="steps">
        {steps.map((step) => (
          <li key={step.to}>
            {step.facts.map((fact) => (
              <div key={fact.id} class="fact"><ThingLink thing={graph.at(fact.source)} /> <em>{wording(fact.predicate).says}</em> <ThingLink thing={graph.at(fact.target)} /><Why fact={fact} /></div>
            ))}
          </li>
        ))}
      </ol>
    </article>
  );
}

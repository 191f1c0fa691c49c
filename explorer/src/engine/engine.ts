/** Starts the query engine when it is first asked, asks it, and stops it when it takes too long for its reader. */

import source from "worker:./worker.ts";
import { packed } from "../packed.ts";
import type { Answer, Question } from "./messages.ts";

export class Engine {
  private worker: Worker | null = null;
  private waiting: ((answer: Answer) => void) | null = null;

  async ask(query: string, started: () => void): Promise<Answer> {
    if (!this.worker) {
      this.worker = this.made();
      const ready = await this.send({ kind: "start", engine: packed("engine"), triples: packed("triples") });
      if (ready.kind === "failed") {
        this.stop();
        return ready;
      }
    }
    started();
    return this.send({ kind: "ask", query });
  }

  /** Ends what runs; the next question starts anew. */
  stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.waiting?.({ kind: "failed", reason: "stopped" });
    this.waiting = null;
  }

  private made(): Worker {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.answered(data));
    worker.addEventListener("error", (event) => this.answered({ kind: "failed", reason: event.message || "this browser does not let the page start its query engine" }));
    return worker;
  }

  private answered(answer: Answer): void {
    this.waiting?.(answer);
    this.waiting = null;
  }

  private send(question: Question): Promise<Answer> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.worker?.postMessage(question);
    });
  }
}

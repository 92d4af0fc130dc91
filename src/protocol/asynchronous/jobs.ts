import { randomUUID } from 'node:crypto';

import type { WholeAnswer } from '../batch/batch-answer.js';

/** A request that is answered in the background. */
export interface Job {
  readonly id: string;
  /** Undefined while the work goes on. */
  readonly answer: WholeAnswer | undefined;
}

interface Entry {
  readonly id: string;
  readonly cancellation: AbortController;
  answer: WholeAnswer | undefined;
  /** Milliseconds; when the answer is forgotten. */
  expires: number;
}

export interface JobLimits {
  readonly maxJobs: number;
  readonly maxJobSeconds: number;
}

/** The asynchronous requests of a service, oldest first: only so many, and their answers only for so long. */
export class Jobs {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: JobLimits;
  readonly #now: () => number;

  constructor(limits: JobLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Begins the work at once, which never fails; undefined where too much other work goes on. */
  start(work: (signal: AbortSignal) => Promise<WholeAnswer>): Job | undefined {
    if (!this.#makesRoom()) return undefined;
    const entry: Entry = {
      id: randomUUID(),
      cancellation: new AbortController(),
      answer: undefined,
      expires: Infinity,
    };
    this.#entries.set(entry.id, entry);
    void work(entry.cancellation.signal).then((answer) => {
      entry.answer = answer;
      entry.expires = this.#now() + this.#limits.maxJobSeconds * 1000;
    });
    return entry;
  }

  find(id: string): Job | undefined {
    this.#forgetExpired();
    return this.#entries.get(id);
  }

  /** Ends the work where it still goes on, and forgets it; false where there is none. */
  cancel(id: string): boolean {
    this.#forgetExpired();
    this.#entries.get(id)?.cancellation.abort();
    return this.#entries.delete(id);
  }

  /** Forgets the oldest answer where that is needed. */
  #makesRoom(): boolean {
    this.#forgetExpired();
    if (this.#entries.size < this.#limits.maxJobs) return true;
    const oldest = [...this.#entries.values()].find((entry) => entry.answer !== undefined);
    return oldest !== undefined && this.#entries.delete(oldest.id);
  }

  #forgetExpired(): void {
    const now = this.#now();
    for (const entry of this.#entries.values()) if (entry.expires <= now) this.#entries.delete(entry.id);
  }
}

import type { Load } from './load.js';
import type { RunningServer } from './running-server.js';

/** Work inside this process. */
export interface Benchmark {
  readonly name: string;
  /** How often the work is done in one sample. */
  readonly count: number;
  measure(): unknown;
  /** What the work is compared with; sampled in turns with it, so that noise hits both alike. */
  readonly reference?: { readonly name: string; measure(): unknown };
  readonly aim: { readonly microseconds: number } | { readonly ratio: number };
}

/** Requests to servers that do the same work. */
export interface ServerBenchmark {
  readonly name: string;
  /** How many requests one sample has. */
  readonly count: number;
  measure(server: RunningServer, count: number): Promise<Load>;
  /** The least that mockgraph's requests per second shall be of another server's, by that server's name. */
  readonly aim: Readonly<Record<string, number>>;
}

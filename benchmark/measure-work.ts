import type { Benchmark } from './benchmark.js';
import { median } from './statistics.js';

const SAMPLES = 15;
const WARM_UPS = 3;
const LIMIT_MILLISECONDS = 8000;

export interface WorkResult {
  readonly benchmark: string;
  readonly microseconds: number;
  readonly reference?: { readonly name: string; readonly microseconds: number; readonly ratio: number };
}

/** Takes samples of a piece of work, in turns with its reference, after a few that only warm up. */
export async function measureWork({ name, count, measure, reference }: Benchmark): Promise<WorkResult> {
  const mine: number[] = [];
  const theirs: number[] = [];
  const started = performance.now();
  for (let sample = -WARM_UPS; sample < SAMPLES; sample++) {
    const own = await microseconds(measure, count);
    const other = reference === undefined ? undefined : await microseconds(reference.measure, count);
    if (sample < 0) continue;
    mine.push(own);
    if (other !== undefined) theirs.push(other);
    if (performance.now() - started > LIMIT_MILLISECONDS) break;
  }
  if (reference === undefined) return { benchmark: name, microseconds: median(mine) };
  const ratio = median(mine.map((own, index) => own / theirs[index]!));
  return {
    benchmark: name,
    microseconds: median(mine),
    reference: { name: reference.name, microseconds: median(theirs), ratio },
  };
}

async function microseconds(measure: () => unknown, count: number): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    const result = measure();
    if (result instanceof Promise) await result;
  }
  return ((performance.now() - started) * 1000) / count;
}

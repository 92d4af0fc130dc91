import type { Benchmark, ServerBenchmark } from './benchmark.js';
import type { ColdStart, ServerResult } from './measure-servers.js';
import type { WorkResult } from './measure-work.js';

const COLD_START_AIM = 1000;

export interface Results {
  readonly requests: readonly ServerResult[];
  readonly coldStarts: readonly ColdStart[];
  readonly work: readonly WorkResult[];
}

/** All numbers as text, with the aims of mockgraph behind them. */
export function report(
  { requests, coldStarts, work }: Results,
  serverBenchmarks: readonly ServerBenchmark[],
  benchmarks: readonly Benchmark[],
): string {
  const parts = serverBenchmarks.map((each) =>
    requestTable(
      each,
      requests.filter(({ benchmark }) => benchmark === each.name),
    ),
  );
  if (coldStarts.length > 0) parts.push(coldStartTable(coldStarts));
  if (work.length > 0) parts.push(workTable(work, benchmarks));
  return parts.join('\n\n');
}

function requestTable(benchmark: ServerBenchmark, results: readonly ServerResult[]): string {
  const rows = results.map((result) => [
    result.server,
    whole(result.requestsPerSecond),
    result.medianMilliseconds.toFixed(2),
    result.slowMilliseconds.toFixed(2),
    result.processorMicroseconds === undefined ? '-' : whole(result.processorMicroseconds),
  ]);
  const [mockgraph, ...others] = results;
  const lines = others.map(({ server }) => {
    const ratio = mockgraph!.ratios[server]!;
    const aim = benchmark.aim[server];
    return `${mockgraph!.server} / ${server}: ${ratio.toFixed(2)}${aim === undefined ? '' : verdict(ratio >= aim, `at least ${String(aim)}`)}`;
  });
  return [table([[benchmark.name, 'requests/s', 'p50 ms', 'p99 ms', 'processor µs'], ...rows]), ...lines].join('\n');
}

function coldStartTable(results: readonly ColdStart[]): string {
  const rows = results.map(({ server, milliseconds }, index) => [
    server,
    `${whole(milliseconds)}${index === 0 ? verdict(milliseconds < COLD_START_AIM, `below ${whole(COLD_START_AIM)}`) : ''}`,
  ]);
  return table([['Start to first answer', 'ms'], ...rows]);
}

function workTable(results: readonly WorkResult[], benchmarks: readonly Benchmark[]): string {
  const rows = results.map(({ benchmark, microseconds, reference }) => {
    const { aim } = benchmarks.find(({ name }) => name === benchmark)!;
    const wanted =
      'ratio' in aim
        ? verdict(reference!.ratio <= aim.ratio, `at most ${String(aim.ratio)}`)
        : verdict(microseconds <= aim.microseconds, `at most ${String(aim.microseconds)} µs`);
    const compared =
      reference === undefined
        ? ''
        : ` = ${reference.ratio.toFixed(2)} of ${reference.name} (${reference.microseconds.toFixed(1)})`;
    return [benchmark, `${microseconds.toFixed(1)}${compared}${wanted}`];
  });
  return table([['Work', 'µs'], ...rows]);
}

function verdict(isReached: boolean, aim: string): string {
  return ` (aim: ${aim}, ${isReached ? 'reached' : 'missed'})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Columns below each other: numbers to the right, but for the first and last column. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const isLast = (column: number): boolean => column === widths.length - 1 && widths.length === 2;
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0]!) : isLast(column) ? cell : cell.padStart(widths[column]!),
        )
        .join('  '),
    )
    .join('\n');
}

import type { ServerBenchmark } from './benchmark.js';
import { load, requestText } from './load.js';
import { startServer, type RunningServer, type ServerKind } from './running-server.js';
import { median, quantile } from './statistics.js';

const ROUNDS = 5;
const COLD_STARTS = 5;

export interface ServerResult {
  readonly benchmark: string;
  readonly server: string;
  readonly requestsPerSecond: number;
  /** Requests per second as a part of each other server's, by its name. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly medianMilliseconds: number;
  readonly slowMilliseconds: number;
  /** Of the server's process, per request. */
  readonly processorMicroseconds: number | undefined;
}

export interface ColdStart {
  readonly server: string;
  readonly milliseconds: number;
}

interface Samples {
  readonly requestsPerSecond: number[];
  readonly latencies: number[];
  processorMilliseconds: number;
}

/** Runs all benchmarks on all servers, which take turns within each round; the first round only warms them up. */
export async function measureServers(
  benchmarks: readonly ServerBenchmark[],
  kinds: readonly ServerKind[],
  progress: (text: string) => void,
): Promise<ServerResult[]> {
  const servers: RunningServer[] = [];
  try {
    for (const kind of kinds) servers.push(await startServer(kind));
    const samples = new Map<string, Samples>();
    for (let round = 0; round <= ROUNDS; round++) {
      progress(round === 0 ? 'warming the servers up' : `requests, round ${String(round)} of ${String(ROUNDS)}`);
      for (const benchmark of benchmarks) {
        for (const server of servers) {
          if (round === 0) await benchmark.measure(server, benchmark.count);
          else await sample(benchmark, server, samplesOf(samples, benchmark, server));
        }
      }
    }
    return benchmarks.flatMap((benchmark) => servers.map((server) => resultOf(benchmark, server, servers, samples)));
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** The time from the start of a process to its first answer. */
export async function measureColdStarts(
  kinds: readonly ServerKind[],
  progress: (text: string) => void,
): Promise<ColdStart[]> {
  const times = kinds.map((): number[] => []);
  for (let run = 1; run <= COLD_STARTS; run++) {
    progress(`cold starts, round ${String(run)} of ${String(COLD_STARTS)}`);
    for (const [index, kind] of kinds.entries()) {
      const started = performance.now();
      const server = await startServer(kind);
      try {
        const request = requestText('GET', kind.firstPath);
        await load({ port: server.port, count: 1, expectedStatus: 200, request: () => request });
        times[index]!.push(performance.now() - started);
      } finally {
        await server.stop();
      }
    }
  }
  return kinds.map(({ name }, index) => ({ server: name, milliseconds: median(times[index]!) }));
}

async function sample(benchmark: ServerBenchmark, server: RunningServer, samples: Samples): Promise<void> {
  const before = server.processorTime() ?? Number.NaN;
  const { requestsPerSecond, latencies } = await benchmark.measure(server, benchmark.count);
  samples.processorMilliseconds += (server.processorTime() ?? Number.NaN) - before;
  samples.requestsPerSecond.push(requestsPerSecond);
  for (const latency of latencies) samples.latencies.push(latency);
}

function samplesOf(all: Map<string, Samples>, benchmark: ServerBenchmark, server: RunningServer): Samples {
  const key = `${benchmark.name} ${server.name}`;
  let samples = all.get(key);
  if (samples === undefined) {
    samples = { requestsPerSecond: [], latencies: [], processorMilliseconds: 0 };
    all.set(key, samples);
  }
  return samples;
}

function resultOf(
  benchmark: ServerBenchmark,
  server: RunningServer,
  servers: readonly RunningServer[],
  all: Map<string, Samples>,
): ServerResult {
  const { requestsPerSecond, latencies, processorMilliseconds } = samplesOf(all, benchmark, server);
  const others = servers.filter((other) => other !== server);
  const processor = (processorMilliseconds * 1000) / latencies.length;
  return {
    benchmark: benchmark.name,
    server: server.name,
    requestsPerSecond: median(requestsPerSecond),
    ratios: Object.fromEntries(
      others.map((other) => {
        const theirs = samplesOf(all, benchmark, other).requestsPerSecond;
        return [other.name, median(requestsPerSecond.map((mine, round) => mine / theirs[round]!))];
      }),
    ),
    medianMilliseconds: median(latencies),
    slowMilliseconds: quantile(latencies, 0.99),
    processorMicroseconds: Number.isNaN(processor) ? undefined : processor,
  };
}

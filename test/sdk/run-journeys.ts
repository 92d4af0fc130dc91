// node --import ./test/store/typescript-loader.mjs test/sdk/run-journeys.ts ORIGIN: a program of its own, since Node reads
// which certificates to trust only when it starts. Says what became of each journey, one JSON line each.
import { clientsFor } from './clients.js';
import { JOURNEYS } from './journeys/index.js';

export interface JourneyResult {
  readonly name: string;
  readonly fault?: string;
}

const clients = clientsFor(process.argv[2]!);
for (const [name, journey] of JOURNEYS) say(await result(name, () => journey(clients)));

async function result(name: string, travel: () => Promise<void>): Promise<JourneyResult> {
  try {
    await travel();
    return { name };
  } catch (error) {
    return { name, fault: describe(error) };
  }
}

/** Errors of the SDK carry what the service said beside an empty message. */
function describe(error: unknown): string {
  const { stack, errorEscaped, body } = error as Error & { errorEscaped?: unknown; body?: unknown };
  return [stack ?? String(error), errorEscaped, body]
    .flatMap((part) => (part === undefined ? [] : [text(part)]))
    .join('\n');
}

function text(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}

function say(line: JourneyResult): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

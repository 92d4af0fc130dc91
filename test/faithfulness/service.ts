import { spawn, type ChildProcess } from 'node:child_process';

export interface RunningService {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  stop(): Promise<void>;
}

const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 10_000;

/** `mockgraph serve` in a process of its own, on a free port of the loopback interface. */
export async function startService(
  schemas: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<RunningService> {
  const mounts = Object.entries(schemas).flatMap(([root, file]) => ['--graph', `${root}=${file}`]);
  const child = spawn(
    process.execPath,
    ['dist/main.js', 'serve', '--port', '0', '--admin', 'on', ...mounts, ...options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const stopNow = (): void => void child.kill('SIGKILL');
  process.once('exit', stopNow);
  try {
    const origin = await originOf(child, Object.keys(schemas).length);
    return {
      origin,
      async stop() {
        await stop(child);
        process.off('exit', stopNow);
      },
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** The service says one line for each root once it listens. */
function originOf(child: ChildProcess, roots: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('The service did not start in time.')), START_MILLISECONDS);
    child.once('exit', (code) => reject(new Error(`The service ended at once, with code ${String(code)}.`)));
    child.once('error', reject);
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const origins = [...text.matchAll(/ at (http:\/\/[^/]+)\/.*\n/g)].map(([, origin]) => origin!);
      if (origins.length < roots) return;
      clearTimeout(timer);
      resolve(origins[0]!);
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

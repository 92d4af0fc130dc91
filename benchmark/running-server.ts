import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const START_MILLISECONDS = 20_000;

/** How to start a server that says on its first line where it listens, and what it answers with 200 from the start. */
export interface ServerKind {
  readonly name: string;
  readonly command: readonly string[];
  readonly firstPath: string;
}

/** A server in a process of its own. */
export interface RunningServer {
  readonly name: string;
  readonly port: number;
  /** Keys of entities that were created before the measuring. */
  readonly keys: string[];
  /** Milliseconds of all processors that the process has used; undefined where the system does not tell. */
  processorTime(): number | undefined;
  stop(): Promise<void>;
}

export async function startServer({ name, command }: ServerKind): Promise<RunningServer> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const port = await portOf(child);
    return { name, port, keys: [], processorTime: () => processorTime(child.pid!), stop };
  } catch (error) {
    await stop();
    throw new Error(`${name} did not start.`, { cause: error });
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('It said nothing in time.')), START_MILLISECONDS);
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with code ${String(code)}.`)));
  });
}

/** Linux counts hundredths of seconds in user and system mode in the 14th and 15th field. */
function processorTime(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

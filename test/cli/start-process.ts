import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterEach } from '@jest/globals';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export interface CommandProcess {
  readonly output: string;
  readonly errors: string;
  /** Resolves to the exit code, or to the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals>;
  kill(signal: NodeJS.Signals): void;
  /** The address of the first service, once it is up. */
  address(): Promise<string>;
  /** What matches in the output, once something does. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts processes that end with the test at the latest. */
export function useProcesses(): (...parameters: string[]) => CommandProcess {
  const started: CommandProcess[] = [];
  afterEach(async () => {
    for (const command of started.splice(0)) {
      command.kill('SIGKILL');
      await command.ended;
    }
  });
  return (...parameters) => {
    const command = startProcess(...parameters);
    started.push(command);
    return command;
  };
}

/** `mockgraph …` in a process of its own, straight from the sources. */
export function startProcess(...parameters: string[]): CommandProcess {
  return startProcessWith([], ...parameters);
}

/** The same with options of Node's. */
export function startProcessWith(nodeOptions: readonly string[], ...parameters: string[]): CommandProcess {
  const child = spawn(
    process.execPath,
    [...nodeOptions, '--import', path('../store/typescript-loader.mjs'), path('../../src/main.ts'), ...parameters],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  let hasEnded = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = once(child, 'close').then(([code, signal]) => {
    hasEnded = true;
    return (code ?? signal) as number | NodeJS.Signals;
  });

  async function said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(output);
      if (match !== null) return match;
      if (hasEnded) throw new Error(`The process ended: ${errors}`);
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  }

  return {
    ended,
    get output() {
      return output;
    },
    get errors() {
      return errors;
    },
    kill: (signal) => void child.kill(signal),
    address: async () => (await said(/http:\/\/\S+(?=: \d)/))[0],
    said,
  };
}

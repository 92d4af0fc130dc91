import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { readBehaviors, type Behavior } from '../behavior/index.js';
import { BehaviorError } from '../error/index.js';

import { UsageError } from './usage-error.js';

/** Runs a module of JavaScript, whose default export is a behaviour or an array of some. What is wrong with it is told with its name. */
export async function loadBehaviors(file: string): Promise<Behavior[]> {
  const path = resolve(file);
  await access(path).catch((cause: unknown) => {
    throw new UsageError(`${file}: the file cannot be read: ${(cause as Error).message}`, { cause });
  });
  const module = await run(file, path);
  try {
    return readBehaviors(module['default']);
  } catch (error) {
    if (!(error instanceof BehaviorError)) throw error;
    throw new UsageError(`${file}: ${error.message}`, { cause: error });
  }
}

/** What goes wrong while it runs is the module's own, and told with the place where it did. */
async function run(file: string, path: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    throw new UsageError(`${file}: the module fails when it is loaded: ${problem}`, { cause });
  }
}

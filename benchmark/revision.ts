import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PACKAGE } from './servers.js';

export interface BuiltRevision {
  readonly folder: string;
  remove(): void;
}

/** Builds a git revision in a work tree of its own, with the packages that are installed here. */
export function buildRevision(revision: string): BuiltRevision {
  const folder = join(mkdtempSync(join(tmpdir(), 'mockgraph-revision-')), 'mockgraph');
  const remove = (): void => {
    rmSync(join(folder, '..'), { recursive: true, force: true });
    git('worktree', 'prune');
  };
  try {
    git('worktree', 'add', '--detach', '--quiet', folder, revision);
    symlinkSync(join(PACKAGE, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const compiler = join(PACKAGE, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: folder, stdio: 'inherit' });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function git(...command: string[]): void {
  execFileSync('git', command, { cwd: PACKAGE, stdio: ['ignore', 'ignore', 'inherit'] });
}

import { CsdlError } from '../csdl/index.js';

import { check } from './check.js';
import { HELP } from './help.js';
import { pull } from './metadata/pull.js';
import { packageVersion } from './package-file.js';
import { readArguments } from './read-arguments.js';
import { serve } from './serve.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Runs a command line; resolves to the exit code. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = readArguments(argv);
    switch (command.kind) {
      case 'help':
        terminal.out(HELP);
        return 0;
      case 'version':
        terminal.out(packageVersion());
        return 0;
      case 'check':
        return check(command.file, terminal);
      case 'pull':
        return await pull(command.document, terminal);
      case 'serve':
        return await serve(command, terminal);
    }
  } catch (error) {
    if (error instanceof UsageError || error instanceof CsdlError) {
      terminal.error(`mockgraph: ${error.message}`);
      if (error instanceof UsageError) terminal.error("Try 'mockgraph --help'.");
      return 2;
    }
    terminal.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

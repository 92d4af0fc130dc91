import { checkSchema, loadModel, summary } from '../csdl/index.js';

import type { Terminal } from './terminal.js';

/** `mockgraph check FILE`: counts and problems; exit code 1 where there are errors. */
export function check(file: string, terminal: Terminal): number {
  const { model, positions } = loadModel(file);
  const problems = [...checkSchema(model, positions)].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  for (const [name, count] of Object.entries(summary(model)))
    terminal.out(`${String(count).padStart(7)} ${words(name)}`);
  for (const { file: place = file, line, severity, message } of problems) {
    terminal.out(`${place}${line === undefined ? '' : `:${String(line)}`}: ${severity}: ${message}`);
  }
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  terminal.out(`${String(errors)} errors, ${String(problems.length - errors)} warnings`);
  return errors > 0 ? 1 : 0;
}

/** `entityTypes` as `entity types`. */
export function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

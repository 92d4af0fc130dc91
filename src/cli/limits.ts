import { suggestion } from '../error/index.js';
import { limitProblem, odataProfile, type Limits } from '../protocol/index.js';

import { UsageError } from './usage-error.js';

/** `maxTop=5000` */
export function limitsOf(texts: readonly string[]): Partial<Limits> {
  return Object.fromEntries(texts.map(limitOf));
}

function limitOf(text: string): readonly [name: string, value: number] {
  const [, name, digits] = /^(\w+)=(\d+)$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--limit needs NAME=NUMBER, not '${text}'.`);
  if (!isLimit(name))
    throw new UsageError(`There is no limit '${name}'.${suggestion(name, Object.keys(odataProfile.limits))}`);
  const value = Number(digits);
  const problem = limitProblem(name, value);
  if (problem !== undefined) throw new UsageError(`--limit: ${problem}, not ${digits!}.`);
  return [name, value];
}

function isLimit(name: string): name is keyof Limits {
  return Object.hasOwn(odataProfile.limits, name);
}

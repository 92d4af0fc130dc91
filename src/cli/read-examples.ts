import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { ServiceError } from '../error/index.js';
import { readExample, type Example } from '../protocol/index.js';

import { UsageError } from './usage-error.js';

const MAX_BYTES = 500_000_000;

/** Documented requests and answers: a file of JSON lines, gzipped or not. A line that is none is a mistake in the options. */
export function readExamples(file: string): Example[] {
  return textOf(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [exampleAt(file, line, index + 1)]));
}

function exampleAt(file: string, line: string, number: number): Example {
  try {
    return readExample(line);
  } catch (error) {
    if (error instanceof ServiceError)
      throw new UsageError(`${file}:${String(number)}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** gzip starts with the bytes 1F 8B. [RFC 1952 2.3.1] */
function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = isGzipped ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch (error) {
    throw new UsageError(`${file}: the file cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Example: `12 examples in examples.jsonl: 9 for /beta, 3 for /v1.0` */
export function examplesLine(file: string, examples: readonly Example[], roots: readonly string[]): string {
  const shares = roots.map((root) => `${String(examplesFor(root, examples).length)} for /${root}`);
  return `${String(examples.length)} examples in ${file}: ${shares.join(', ')}`;
}

/** A service answers with the examples of the version that it is called. */
export function examplesFor(root: string, examples: readonly Example[]): Example[] {
  return examples.filter(({ version }) => version.toLowerCase() === root.toLowerCase());
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** One official case: the input must be read completely, or fail where `FailAt` is given. */
export interface AbnfCase {
  readonly Name: string;
  readonly Rule: string;
  readonly Input: string;
  readonly FailAt?: number;
}

const file = path.resolve(import.meta.dirname, '../../../../shared/odata/odata-abnf-testcases.yaml');

/** The cases that OASIS publishes beside the grammar, or undefined where the file is not at hand. */
export function officialCases(): readonly AbnfCase[] | undefined {
  if (!existsSync(file)) return undefined;
  return (parse(readFileSync(file, 'utf8')) as { readonly TestCases: readonly AbnfCase[] }).TestCases;
}

/** Many cases share a name; together with rule and input it is unique. */
export function caseKey({ Rule, Input }: AbnfCase): string {
  return `${Rule} ${Input}`;
}

import { badRequest } from '../error/index.js';
import { identifierEnd, isSpace, qualifiedNameEnd } from './characters.js';
import { type UrlLimits } from './limits.js';
import { type DecodedText } from './percent-decoding.js';

/** Reads one production of the grammar and leaves the cursor behind it. */
export type Rule<T> = (cursor: Cursor) => T;

const excerptLength = 120;

/** A place in a decoded text that moves forward while the text is parsed. */
export class Cursor {
  readonly text: string;
  readonly limits: UrlLimits;
  index = 0;
  /** What is being read, for messages: `$filter`, `resource path`. */
  subject: string;
  /** How many parentheses with query options in them are open. */
  optionDepth = 0;
  private readonly source: DecodedText;
  private depth = 0;
  private nodes = 0;

  constructor(source: DecodedText, subject: string, limits: UrlLimits) {
    this.source = source;
    this.text = source.text;
    this.subject = subject;
    this.limits = limits;
  }

  get atEnd(): boolean {
    return this.index >= this.text.length;
  }

  /** The code unit at the cursor; NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.index);
  }

  /** The raw offset that belongs to an index. */
  at(index: number = this.index): number {
    return this.source.offsets === undefined ? this.source.start + index : this.source.offsets[index]!;
  }

  /** Whether the character at the index was written as `%XX`. */
  isEncoded(index: number): boolean {
    return this.source.offsets !== undefined && this.at(index + 1) - this.at(index) >= 3;
  }

  skip(code: number): boolean {
    if (this.text.charCodeAt(this.index) !== code) return false;
    this.index++;
    return true;
  }

  expect(code: number, what: string): void {
    if (!this.skip(code)) this.fail(what);
  }

  /** Optional whitespace; says whether there was any. [OData-ABNF BWS] */
  skipSpace(): boolean {
    const start = this.index;
    while (isSpace(this.text.charCodeAt(this.index))) this.index++;
    return this.index > start;
  }

  /** Optional whitespace, then the character. [OData-ABNF OPEN, CLOSE, COMMA] */
  skipSpaced(code: number): boolean {
    const start = this.index;
    this.skipSpace();
    if (this.skip(code)) return true;
    this.index = start;
    return false;
  }

  /** A comma with optional whitespace around it. [OData-ABNF COMMA] */
  skipComma(): boolean {
    if (!this.skipSpaced(44)) return false;
    this.skipSpace();
    return true;
  }

  /** Optional whitespace and the closing parenthesis. [OData-ABNF CLOSE] */
  close(): void {
    this.skipSpace();
    this.expect(41, 'a closing parenthesis');
  }

  /** Whitespace, the word in any case, whitespace; nothing is consumed where it does not stand here. */
  skipKeyword(word: string): boolean {
    const start = this.index;
    if (this.skipSpace()) {
      const end = this.index + word.length;
      if (this.text.slice(this.index, end).toLowerCase() === word) {
        this.index = end;
        if (this.skipSpace()) return true;
      }
    }
    this.index = start;
    return false;
  }

  identifier(what: string): string {
    const start = this.index;
    this.index = identifierEnd(this.text, start);
    if (this.index === start) this.fail(what);
    return this.text.slice(start, this.index);
  }

  qualifiedName(what: string): string {
    const start = this.index;
    this.index = qualifiedNameEnd(this.text, start);
    if (this.index === start) this.fail(what);
    return this.text.slice(start, this.index);
  }

  enter(): void {
    if (++this.depth > this.limits.maxDepth) this.reject(`nested deeper than ${this.limits.maxDepth} levels`);
  }

  leave(): void {
    this.depth--;
  }

  countNode(): void {
    if (++this.nodes > this.limits.maxNodes) this.reject(`more than ${this.limits.maxNodes} operands and path steps`);
  }

  countItem(items: readonly unknown[]): void {
    if (items.length >= this.limits.maxItems) this.reject(`more than ${this.limits.maxItems} items in a list`);
  }

  /** `invalid $filter: expected a closing parenthesis at position 16 of 'startswith(name,'` */
  fail(expected: string, index: number = this.index): never {
    return this.reject(`expected ${expected}`, index);
  }

  reject(problem: string, index: number = this.index): never {
    throw badRequest(`${this.headline()}: ${problem} at position ${index} of '${this.excerpt(index)}'`, {
      position: this.at(index),
      ...(this.subject.startsWith('$') || this.subject.startsWith('@') ? { target: this.subject } : {}),
    });
  }

  private headline(): string {
    return this.subject === '$compute' ? 'invalid compute expression format' : `invalid ${this.subject}`;
  }

  private excerpt(index: number): string {
    if (this.text.length <= excerptLength) return this.text;
    const start = Math.max(0, index - excerptLength / 2);
    const end = Math.min(this.text.length, start + excerptLength);
    return `${start > 0 ? '…' : ''}${this.text.slice(start, end)}${end < this.text.length ? '…' : ''}`;
  }
}

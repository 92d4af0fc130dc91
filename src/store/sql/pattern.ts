import { notImplemented } from '../../error/index.js';

/**
 * ECMAScript regular expressions in the words that SQLite's `regexp` and PostgreSQL's `~` have in common.
 * Example: `^(?:a|\d+?)\.$` becomes `^(a|[0-9]+)\u002e$`. What they do not share is 501. [OData-URL 5.1.1.7.1]
 */
export function portablePattern(pattern: string): string {
  const reader = new PatternReader(pattern);
  const { text, size } = reader.alternatives();
  if (!reader.isAtEnd) throw unsupported(reader.next());
  if (size > MOST_STATES) throw notImplemented('The pattern repeats too much.');
  return text;
}

/** The databases write repetitions out. */
const MOST_STATES = 5000;
const MOST_REPETITIONS = 255;

interface Piece {
  readonly text: string;
  readonly size: number;
}

const DIGITS = '0-9';
const WORD = 'A-Za-z0-9\\u005f';
const SPACE = '\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const LINE_END = '\\u000a\\u000d\\u2028\\u2029';

const CLASSES: Readonly<Record<string, string>> = {
  d: `[${DIGITS}]`,
  D: `[^${DIGITS}]`,
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
};

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

class PatternReader {
  readonly #characters: readonly string[];
  #position = 0;

  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.#position === this.#characters.length;
  }

  next(): string {
    return this.#characters[this.#position++] ?? '';
  }

  alternatives(): Piece {
    const pieces = [this.#sequence()];
    while (this.#take('|')) pieces.push(this.#sequence());
    return { text: pieces.map(({ text }) => text).join('|'), size: sum(pieces) };
  }

  #sequence(): Piece {
    const pieces: Piece[] = [];
    while (!this.isAtEnd && this.#peek() !== '|' && this.#peek() !== ')') pieces.push(this.#term());
    return { text: pieces.map(({ text }) => text).join(''), size: sum(pieces) };
  }

  #term(): Piece {
    const character = this.next();
    if (character === '^' || character === '$') return { text: character, size: 1 };
    return this.#repeated(this.#atom(character));
  }

  #atom(character: string): Piece {
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return { text: this.#class(), size: 1 };
      case '.':
        return { text: `[^${LINE_END}]`, size: 1 };
      case '\\':
        return { text: CLASSES[this.#peek()] === undefined ? escaped(this.#escape()) : CLASSES[this.next()]!, size: 1 };
      default:
        return { text: escaped(character), size: 1 };
    }
  }

  #group(): Piece {
    if (this.#take('?')) {
      if (this.#take('<') && this.#peek() !== '=' && this.#peek() !== '!') {
        while (this.next() !== '>') if (this.isAtEnd) throw unsupported('(?<');
      } else if (!this.#take(':')) throw unsupported(`(?${this.#peek()}`);
    }
    const { text, size } = this.alternatives();
    if (!this.#take(')')) throw unsupported('(');
    return { text: `(${text})`, size: size + 1 };
  }

  /** A lazy repetition matches the same texts as a greedy one. */
  #repeated(piece: Piece): Piece {
    const character = this.#peek();
    if (character === '*' || character === '+' || character === '?') {
      this.next();
      this.#take('?');
      return { text: piece.text + character, size: piece.size + 1 };
    }
    if (character !== '{') return piece;
    const rest = this.#characters.slice(this.#position).join('');
    const match = /^\{(\d+)(?:(,)(\d*))?\}\??/.exec(rest);
    if (!match) throw unsupported('{');
    this.#position += match[0].length;
    const [, least = '', comma, most = ''] = match;
    const last = comma === undefined ? least : most;
    if (Number(least) > MOST_REPETITIONS || Number(last) > MOST_REPETITIONS) throw unsupported(match[0]);
    if (last !== '' && Number(last) === 0) return { text: '', size: 0 };
    const text = `${piece.text}{${Number(least)}${comma === undefined ? '' : `,${last === '' ? '' : Number(last)}`}}`;
    return { text, size: piece.size * Math.max(Number(least), Number(last), 1) + 1 };
  }

  #class(): string {
    const negation = this.#take('^') ? '^' : '';
    let text = '';
    while (!this.#take(']')) {
      if (this.isAtEnd) throw unsupported('[');
      const set = this.#peek() === '\\' ? CLASSES[this.#characters[this.#position + 1] ?? ''] : undefined;
      if (set === undefined) text += this.#range();
      else if (set.startsWith('[^')) throw unsupported(`[…\\${this.#characters[this.#position + 1]}…]`);
      else {
        text += set.slice(1, -1);
        this.#position += 2;
      }
    }
    if (text === '') throw unsupported(`[${negation}]`);
    return `[${negation}${text}]`;
  }

  #range(): string {
    const first = escaped(this.#member());
    if (this.#peek() !== '-' || this.#characters[this.#position + 1] === ']') return first;
    this.next();
    return `${first}-${escaped(this.#member())}`;
  }

  #member(): string {
    if (!this.#take('\\')) return this.next();
    return this.#take('b') ? '\b' : this.#escape();
  }

  /** The character that an escape stands for. */
  #escape(): string {
    const character = this.next();
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    if (character === 'x' || character === 'u') return this.#codePoint(character);
    if (/[A-Za-z0-9]/.test(character) || character === '') throw unsupported(`\\${character}`);
    return character;
  }

  #codePoint(kind: string): string {
    const rest = this.#characters.slice(this.#position, this.#position + 10).join('');
    const match = kind === 'x' ? /^([\da-f]{2})/i.exec(rest) : /^(?:\{([\da-f]{1,6})\}|([\da-f]{4}))/i.exec(rest);
    const code = Number.parseInt(match?.[1] ?? match?.[2] ?? '', 16);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (!match || !isCharacter) throw unsupported(`\\${kind}${rest}`);
    this.#position += match[0].length;
    return String.fromCodePoint(code);
  }

  #peek(): string {
    return this.#characters[this.#position] ?? '';
  }

  #take(character: string): boolean {
    if (this.#peek() !== character || this.isAtEnd) return false;
    this.#position++;
    return true;
  }
}

/** Letters and digits as they are, all other characters by their number, so that none of them means anything. */
function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  if (/[A-Za-z0-9]/.test(character) || code > 0xffff) return character;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { size }) => total + size, 1);
}

function unsupported(part: string) {
  return notImplemented(`'${part}' in a pattern is not supported.`);
}

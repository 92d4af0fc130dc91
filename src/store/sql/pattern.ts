import { badRequest } from '../../error/index.js';

/**
 * ECMAScript regular expressions in the words that SQLite's `regexp` and PostgreSQL's `~` have in common.
 * Example: `^(?:a|\d+?)\.$` becomes `^(a|[0-9]+)\u002e$`. What they do not share is 400, and is found with its position
 * where the pattern is bound. [OData-URL 5.1.1.7.1]
 */
export function portablePattern(pattern: string, wordBoundary = ''): string {
  const reader = new PatternReader(pattern, wordBoundary);
  const { text, size } = reader.alternatives();
  if (!reader.isAtEnd) throw unsupported(reader.next());
  if (size > MOST_STATES) throw badRequest('The pattern repeats too much.');
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
const LAST = '\u{10ffff}';
/** All characters that a text may have. */
const ANY = `\\u0001-${LAST}`;
const NO_DIGITS = `\\u0001-\\u002f\\u003a-${LAST}`;
const NO_WORD = `\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u005e\\u0060\\u007b-${LAST}`;
const NO_SPACE = `\\u0001-\\u0008\\u000e-\\u001f\\u0021-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-${LAST}`;

/** What a class may have in it besides characters. */
const SETS: Readonly<Record<string, string>> = {
  d: DIGITS,
  D: NO_DIGITS,
  w: WORD,
  W: NO_WORD,
  s: SPACE,
  S: NO_SPACE,
};

const CLASSES: Readonly<Record<string, string>> = {
  d: `[${DIGITS}]`,
  D: `[^${DIGITS}]`,
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
};

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

const BYTE = /^(?<code>[\da-f]{2})/i;
/** Two surrogates are one character. */
const CODE_POINT =
  /^(?:\{0*(?<code>(?:10|[\da-f])?[\da-f]{1,4})\}|(?<pair>d[89ab][\da-f]{2}\\ud[c-f][\da-f]{2})|(?<unit>[\da-f]{4}))/i;

class PatternReader {
  readonly #characters: readonly string[];
  readonly #boundary: string;
  #position = 0;

  constructor(pattern: string, boundary: string) {
    this.#characters = [...pattern];
    this.#boundary = boundary;
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
    if (character === '\\' && this.#take('b')) return { text: this.#boundary, size: 1 };
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
      const set = this.#peek() === '\\' ? SETS[this.#characters[this.#position + 1] ?? ''] : undefined;
      text += set ?? this.#range();
      if (set !== undefined) this.#position += 2;
    }
    // An empty class has no character, and its opposite any.
    if (text === '') return negation === '' ? `[^${ANY}]` : `[${ANY}]`;
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
    if (character === 'c') return String.fromCodePoint(this.next().codePointAt(0)! & 31);
    if (/[A-Za-z0-9]/.test(character) || character === '') throw unsupported(`\\${character}`);
    return character;
  }

  #codePoint(kind: string): string {
    const rest = this.#characters.slice(this.#position, this.#position + 12).join('');
    const match = (kind === 'x' ? BYTE : CODE_POINT).exec(rest);
    const { pair, unit, code = unit } = match?.groups ?? {};
    const character =
      pair === undefined
        ? String.fromCodePoint(Number.parseInt(code ?? '0', 16))
        : String.fromCharCode(...pair.split(String.raw`\u`).map((unit) => Number.parseInt(unit, 16)));
    if (!match || character === '\0' || /\p{Surrogate}/u.test(character)) throw unsupported(`\\${kind}${rest}`);
    this.#position += match[0].length;
    return character;
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
  return badRequest(`'${part}' in a pattern is not supported.`);
}

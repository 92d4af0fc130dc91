import type { Sql } from './sql.js';

/**
 * How many symbols a parser that reads from left to right has to keep at most while it reads a piece of SQL: what is
 * begun and not ended, and what stands before it. It is an estimate, and rather too large.
 * Example: 5 for `(a AND (b))`, where `(`, `a`, `AND`, `(` wait while `b` is read.
 */
export function parserDepth(piece: Sql): number {
  if (piece.holes.length === 0 && !/[ (]/.test(piece.texts[0]!)) return 1;
  const known = depths.get(piece);
  if (known !== undefined) return known;
  const { waiting, own } = outlineOf(piece.texts);
  let deepest = own;
  for (const [index, hole] of piece.holes.entries())
    deepest = Math.max(deepest, waiting[index]! + ('texts' in hole ? parserDepth(hole) : 1));
  depths.set(piece, deepest);
  return deepest;
}

/** What the texts of a piece say of its depth, whatever is put between them. */
interface Outline {
  /** Symbols that wait at each place between two texts. */
  readonly waiting: readonly number[];
  /** The depth of the texts alone. */
  readonly own: number;
}

function outlineOf(texts: readonly string[]): Outline {
  const known = outlines.get(texts);
  if (known !== undefined) return known;
  const outline = readOutline(texts);
  outlines.set(texts, outline);
  return outline;
}

function readOutline(texts: readonly string[]): Outline {
  const levels = new Levels();
  const waiting: number[] = [];
  let own = 0;
  for (const [index, text] of texts.entries()) {
    for (const [token] of text.matchAll(TOKEN)) {
      levels.read(token);
      own = Math.max(own, levels.waiting + 1);
    }
    if (index === texts.length - 1) break;
    waiting.push(levels.waiting);
    levels.read('?');
  }
  return { waiting, own };
}

/** What little depth does no harm: the order of conditions is left alone. */
const SHALLOW = 25;

/** Operands of AND or OR: what stands before a deep one has to be kept while it is read, and what stands behind has not. */
export function deepestFirst(operands: readonly Sql[]): readonly Sql[] {
  if (operands.length < 2) return operands;
  const deepest = Math.max(...operands.map(parserDepth));
  if (deepest <= SHALLOW) return operands;
  const first = operands.find((operand) => parserDepth(operand) === deepest)!;
  return [first, ...operands.filter((operand) => operand !== first)];
}

/** Pieces never change, nor do the texts of the templates that they are made from. */
const depths = new WeakMap<Sql, number>();
const outlines = new WeakMap<readonly string[], Outline>();

const TOKEN = /'(?:[^']|'')*'|[a-z_][\w.]*|\(|\)|,|\|\||[<>!=]=|<>|->>?|[-+*/%<>=&]|\d[\w.]*/gi;

/** What the parser has begun within one pair of parentheses, or within one CASE. */
interface Level {
  /** Symbols of its beginning. */
  readonly opened: number;
  /** Symbols of the clause that is being read. */
  clause: number;
  /** How strongly the operators bind that wait for their right sides. */
  operators: number[];
}

/** Symbols that wait while a clause behind a keyword is read. https://sqlite.org/src/file/src/parse.y */
const CLAUSES: ReadonlyMap<string, number> = new Map([
  ['WITH', 7],
  ['SELECT', 3],
  ['FROM', 5],
  ['WHERE', 5],
  ['GROUP', 7],
  ['HAVING', 7],
  ['ORDER', 9],
  ['LIMIT', 9],
  ['UNION', 2],
  ['WHEN', 4],
  ['THEN', 6],
  ['ELSE', 4],
]);

const OPERATORS: ReadonlyMap<string, number> = new Map([
  ['OR', 1],
  ['AND', 2],
  ['NOT', 3],
  ...['IS', 'IN', 'BETWEEN', 'GLOB', 'LIKE', '=', '<>', '!=', '=='].map((operator) => [operator, 4] as const),
  ...['<', '>', '<=', '>='].map((operator) => [operator, 5] as const),
  ['&', 6],
  ...['+', '-'].map((operator) => [operator, 7] as const),
  ...['*', '/', '%'].map((operator) => [operator, 8] as const),
  ...['||', '->', '->>'].map((operator) => [operator, 9] as const),
]);

/** Names that no parentheses of a call stand behind. */
const NO_FUNCTIONS: ReadonlySet<string> = new Set([
  'AS',
  'MATERIALIZED',
  'EXISTS',
  'VALUES',
  'OVER',
  'FILTER',
  'BY',
  'DISTINCT',
  'END',
]);

class Levels {
  readonly #levels: Level[] = [level(0)];
  #before = '';
  /** Symbols that wait at present. */
  waiting = 0;

  read(token: string): void {
    const word = token.toUpperCase();
    const top = this.#levels.at(-1)!;
    if (token === '(') this.#levels.push(level(this.#isCall() ? 3 : 1));
    else if (word === 'CASE') this.#levels.push(level(2));
    else if (token === ')' || word === 'END') {
      if (this.#levels.length > 1) this.#levels.pop();
    } else if (CLAUSES.has(word)) Object.assign(top, { clause: CLAUSES.get(word), operators: [] });
    else if (token === ',') top.operators = [0];
    else if (OPERATORS.has(word)) this.#operate(top, OPERATORS.get(word)!);
    else if (word === 'EXISTS') top.operators.push(10);
    this.#before = word;
    this.waiting = this.#levels.reduce(
      (sum, { opened, clause, operators }) => sum + opened + clause + 2 * operators.length,
      0,
    );
  }

  /** What binds more strongly than the next operator is one operand of it by then. */
  #operate(top: Level, strength: number): void {
    top.operators = [...top.operators.filter((other) => other < strength), strength];
  }

  #isCall(): boolean {
    const before = this.#before;
    return /^[A-Z_]/.test(before) && !NO_FUNCTIONS.has(before) && !OPERATORS.has(before) && !CLAUSES.has(before);
  }
}

function level(opened: number): Level {
  return { opened, clause: 0, operators: [] };
}

import { isSpace } from './characters.js';
import { type Cursor } from './cursor.js';
import { type SearchExpression } from './tree.js';

const optionStart = /[$@]?[\p{L}_][\p{L}\p{Nd}_]*=/uy;

/**
 * The value of `$search`. `OR` binds weakest, then `AND`, which may be left out, then `NOT`.
 * A text in single quotes is searched as it stands: that is what a user may have typed so far.
 * [OData-ABNF searchExpr, searchExpr-incomplete] [OData-URL 5.1.8]
 */
export function parseSearch(cursor: Cursor): SearchExpression {
  cursor.skipSpace();
  if (cursor.code === 39) return parseIncomplete(cursor);
  cursor.enter();
  let left = parseConjunction(cursor);
  while (cursor.code === 32 || cursor.code === 9) {
    const start = cursor.index;
    if (!skipOperator(cursor, 'OR')) break;
    const right = parseConjunction(cursor);
    left = { kind: 'or', left, right, at: cursor.at(start + 1) };
  }
  cursor.leave();
  return left;
}

/** [OData-ABNF searchAndExpr] */
function parseConjunction(cursor: Cursor): SearchExpression {
  let left = parseNegation(cursor);
  for (;;) {
    const start = cursor.index;
    if (!cursor.skipSpace() || !startsTerm(cursor, cursor.index)) {
      cursor.index = start;
      return left;
    }
    cursor.index = start;
    if (!skipOperator(cursor, 'AND')) {
      if (skipOperator(cursor, 'OR')) {
        cursor.index = start;
        return left;
      }
      cursor.skipSpace();
    }
    const right = parseNegation(cursor);
    left = { kind: 'and', left, right, at: cursor.at(start + 1) };
  }
}

/** [OData-ABNF searchNegateExpr] */
function parseNegation(cursor: Cursor): SearchExpression {
  const start = cursor.index;
  cursor.countNode();
  if (!cursor.text.startsWith('NOT', start) || !isSpace(cursor.text.charCodeAt(start + 3))) return parseTerm(cursor);
  cursor.index += 3;
  cursor.skipSpace();
  if (!startsTerm(cursor, cursor.index)) {
    cursor.index = start;
    return parseTerm(cursor);
  }
  cursor.enter();
  const operand = parseNegation(cursor);
  cursor.leave();
  return { kind: 'not', operand, at: cursor.at(start) };
}

/** [OData-ABNF searchParenExpr, searchPhrase, searchWord] */
function parseTerm(cursor: Cursor): SearchExpression {
  const start = cursor.index;
  if (cursor.skip(40)) {
    const group = parseSearch(cursor);
    cursor.close();
    return group;
  }
  if (cursor.code === 34) return { kind: 'phrase', text: parsePhrase(cursor), at: cursor.at(start) };
  while (isSearchCharacter(cursor, cursor.index)) cursor.index++;
  if (cursor.index === start) cursor.fail('a search word or phrase');
  return { kind: 'word', text: cursor.text.slice(start, cursor.index), at: cursor.at(start) };
}

/** `"blue green"`; a backslash protects a double quote or a backslash. */
function parsePhrase(cursor: Cursor): string {
  const { text } = cursor;
  let content = '';
  for (let index = cursor.index + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) {
      if (content === '') cursor.fail('a word in the phrase', index);
      cursor.index = index + 1;
      return content;
    }
    const next = text.charCodeAt(index + 1);
    if (code === 92 && (next === 34 || next === 92)) index++;
    content += text[index]!;
  }
  return cursor.fail('a closing double quote', text.length);
}

/** `'"blue gr'` */
function parseIncomplete(cursor: Cursor): SearchExpression {
  const start = cursor.index;
  let end = start + 1;
  for (; ; end++) {
    end = cursor.text.indexOf("'", end);
    if (end < 0) cursor.fail('a closing quote', cursor.text.length);
    if (cursor.text.charCodeAt(end + 1) !== 39) break;
    end++;
  }
  cursor.index = end + 1;
  const text = cursor.text.slice(start + 1, end).replaceAll("''", "'");
  return { kind: 'phrase', text, at: cursor.at(start) };
}

/** An operator is one only between two terms; elsewhere it is a word. Example: `AND OR NOT`. */
function skipOperator(cursor: Cursor, operator: 'AND' | 'OR'): boolean {
  const start = cursor.index;
  cursor.skipSpace();
  if (cursor.text.startsWith(operator, cursor.index)) {
    cursor.index += operator.length;
    if (cursor.skipSpace() && startsTerm(cursor, cursor.index)) return true;
  }
  cursor.index = start;
  return false;
}

function startsTerm(cursor: Cursor, index: number): boolean {
  const code = cursor.text.charCodeAt(index);
  return code === 40 || code === 34 || isSearchCharacter(cursor, index);
}

/**
 * Neither whitespace nor `(`, `)`, `"`. A semicolon must be percent-encoded; some clients encode the one between nested
 * options, too, so that an encoded one ends the word where another option follows.
 */
function isSearchCharacter(cursor: Cursor, index: number): boolean {
  const { text } = cursor;
  if (index >= text.length) return false;
  const code = text.charCodeAt(index);
  if (code <= 32 || code === 34 || code === 40 || code === 41 || code === 127) return false;
  if (code !== 59) return true;
  if (!cursor.isEncoded(index)) return false;
  optionStart.lastIndex = index + 1;
  return cursor.optionDepth === 0 || !optionStart.test(text);
}

import type { EntityType, Property, ScalarType } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { SearchExpression } from '../url/index.js';

import { edm } from './bind/primitives.js';
import { combine } from './combine.js';
import type { Expression } from './expression.js';
import type { SearchRule } from './path-rules.js';

/**
 * A search whose terms name the property that each looks into: `"displayName:one two"`. Some properties are searched word
 * by word, where each word must begin one of the property's; the others must begin with the text.
 */
export function searchByProperty(type: EntityType, tree: SearchExpression, rule: SearchRule): Expression {
  switch (tree.kind) {
    case 'word':
    case 'phrase':
      return termOf(type, tree, rule);
    case 'and':
    case 'or': {
      const { left, right } = tree;
      return {
        kind: 'logic',
        operator: tree.kind,
        left: searchByProperty(type, left, rule),
        right: searchByProperty(type, right, rule),
      };
    }
    case 'not':
      return { kind: 'not', operand: searchByProperty(type, tree.operand, rule) };
  }
}

function termOf(
  type: EntityType,
  { text, at }: Extract<SearchExpression, { kind: 'word' | 'phrase' }>,
  { byWord }: SearchRule,
): Expression {
  const [, name = '', wanted = ''] = /^(\w+):(.*)$/s.exec(text) ?? [];
  if (name === '' || wanted.trim() === '')
    throw badRequest('A search term must be a property and its text within quotes: $search="displayName:Ann".', {
      position: at,
      target: '$search',
    });
  const property = type.properties.get(name);
  if (property === undefined || property.isCollection || property.type.qualifiedName !== 'Edm.String')
    throw badRequest(`'${name}' is no text of '${type.qualifiedName}', so it cannot be searched.`, {
      position: at,
      target: '$search',
    });
  if (!byWord.includes(name)) return call('startswith', valueOf(type, property), wanted);
  const words = wanted.trim().split(/\s+/);
  return combine(
    'and',
    words.map((word) => wordOf(type, property, word)),
  )!;
}

/** Behind the beginning of the text, or a character of ASCII that is neither letter nor digit. */
const WORD_BEGINS = '(^|[ -/:-@\\[-`{-~])';

function wordOf(type: EntityType, property: Property, word: string): Expression {
  const lower = {
    kind: 'call',
    function: 'tolower',
    arguments: [valueOf(type, property)],
    type: edm('String'),
  } as const;
  const escaped = word.toLowerCase().replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`);
  return call('matchesPattern', lower, `${WORD_BEGINS}${escaped}`);
}

function call(name: 'startswith' | 'matchesPattern', text: Expression, value: string): Expression {
  return {
    kind: 'call',
    function: name,
    arguments: [text, { kind: 'literal', value, type: edm('String') }],
    type: edm('Boolean'),
  };
}

function valueOf(type: EntityType, property: Property): Expression {
  const row = { kind: 'variable', variable: 0, type: { type, isCollection: false } } as const;
  const scalar = property.type as ScalarType;
  return {
    kind: 'value',
    place: { kind: 'member', of: row, property, type: { type: scalar, isCollection: false } },
    type: scalar,
  };
}

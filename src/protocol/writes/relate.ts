import type { JsonObject, NavigationProperty } from '../../edm/index.js';
import { badRequest, methodNotAllowed } from '../../error/index.js';
import { foreignKey, isDependent, type Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import { documentOf } from '../row-document.js';
import { typeOfRow } from '../row-type.js';
import { isRelated, relatedRows } from './related-rows.js';
import { refuseEnd } from './required-relations.js';
import type { WriteContext } from './write-context.js';
import { writeDocument } from './write-document.js';

/** Makes a relation between two entities; an earlier one of a single-valued property gives way. [OData-Protocol 11.4.6.1, 11.4.6.3] */
export async function relate(row: Row, relation: Relation, other: Row, context: WriteContext): Promise<void> {
  const { property } = relation;
  switch (relation.kind) {
    case 'contained':
      throw containing(property, ELSEWHERE);
    case 'constrained':
      refuseOtherType(property, other, context);
      if (isDependent(relation)) await writeForeignKey(row, relation, documentOf(other), context);
      else await writeForeignKey(other, relation, documentOf(row), context);
      return;
    case 'linked':
      if (relation.isOwner === true) throw containing(property, ELSEWHERE);
      await link(row, relation, other, context);
  }
}

/** The reference from one entity to another, also to a new one that it contains. */
export async function link(
  row: Row,
  relation: Extract<Relation, { kind: 'linked' }>,
  other: Row,
  context: WriteContext,
): Promise<void> {
  refuseTransitive(relation);
  refuseOtherType(relation.property, other, context);
  const { unit } = context;
  const [source, target] = relation.inverse ? [other, row] : [row, other];
  // Two writers of one single-valued property must not both find it empty.
  if (relation.isSingle) await unit.hold(source);
  if (relation.isSingle) await unit.unlink(source, relation);
  await unit.link(source, relation, target);
}

/** What the key of an entity relates stays related, since keys do not change. [OData-Protocol 11.4.3] */
async function writeForeignKey(
  row: Row,
  relation: Extract<Relation, { kind: 'constrained' }>,
  principal: JsonObject | undefined,
  context: WriteContext,
): Promise<void> {
  const values = foreignKey(relation, principal);
  const before = documentOf(row);
  if (typeOfRow(row, context.parts).key.some(({ name }) => name in values && values[name] !== before[name]))
    throw methodNotAllowed(`'${relation.property.name}' follows from the key of '${row.type}'.`, ['GET', 'HEAD']);
  await writeDocument(row, values, context);
}

const ELSEWHERE = 'they cannot be referred to from elsewhere';
const DELETE = 'delete them instead';

/** What an entity contains belongs to it alone, wherever it stands. [CSDL-JSON 8.4] */
function containing({ name }: NavigationProperty, reason: string): Error {
  return badRequest(`'${name}' contains its entities; ${reason}.`, { target: name });
}

/** A navigation property leads to entities of its type. [OData-Protocol 11.4.6.1] */
function refuseOtherType({ name, type }: NavigationProperty, other: Row, { parts }: WriteContext): void {
  if (typeOfRow(other, parts).isOrDerivesFrom(type)) return;
  throw badRequest(`'${name}' leads to '${type.qualifiedName}', which '${other.type}' is not.`, { target: name });
}

/** Ends a relation: to one entity, or to all that the property leads to. Says how many there were. [OData-Protocol 11.4.6.2] */
export async function unrelate(
  row: Row,
  relation: Relation,
  other: Row | undefined,
  context: WriteContext,
): Promise<number> {
  const { property } = relation;
  if (context.parts.profile.validation.missing === 'required') refuseEnd(property);
  switch (relation.kind) {
    case 'contained':
      throw containing(property, DELETE);
    case 'constrained': {
      if (isDependent(relation)) {
        if (other !== undefined && !(await isRelated(row, relation, other, context))) return 0;
        await writeForeignKey(row, relation, undefined, context);
        return 1;
      }
      const others = other === undefined ? await relatedRows(row, relation, context) : [other];
      for (const each of others) await writeForeignKey(each, relation, undefined, context);
      return others.length;
    }
    case 'linked': {
      if (relation.isOwner === true) throw containing(property, DELETE);
      refuseTransitive(relation);
      if (!relation.inverse) return context.unit.unlink(row, relation, other);
      let count = 0;
      const others = other === undefined ? await relatedRows(row, relation, context) : [other];
      for (const each of others) count += await context.unit.unlink(each, relation, row);
      return count;
    }
  }
}

/** What is related over others cannot be related or not at will. */
function refuseTransitive({ isTransitive, property }: Extract<Relation, { kind: 'linked' }>): void {
  if (isTransitive)
    throw methodNotAllowed(`'${property.name}' follows from other relations; change those.`, ['GET', 'HEAD']);
}

import { parseJson, writeJson, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest, conflict, notImplemented } from '../../error/index.js';
import type { Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import { typeOfRow } from '../row-type.js';
import type { WriteContext } from './write-context.js';

type Constrained = Extract<Relation, { kind: 'constrained' }>;

/** Makes a relation between two entities; an earlier one of a single-valued property gives way. [OData-Protocol 11.4.6.1] */
export async function relate(row: Row, relation: Relation, other: Row, context: WriteContext): Promise<void> {
  const { property } = relation;
  switch (relation.kind) {
    case 'contained':
      throw badRequest(`'${property.name}' contains its entities; they cannot be referred to from elsewhere.`, {
        target: property.name,
      });
    case 'constrained':
      if (isDependent(relation)) await writeDocument(row, copied(relation, other, 'here'), context);
      else await writeDocument(other, copied(relation, row, 'there'), context);
      return;
    case 'linked': {
      const { unit } = context;
      const [source, target] = relation.inverse ? [other, row] : [row, other];
      if (relation.isSingle) await unit.unlink(source, relation.storedAs);
      await unit.link(source, relation.storedAs, target);
    }
  }
}

/** Ends a relation: to one entity, or to all that the property leads to. Says how many there were. [OData-Protocol 11.4.6.2] */
export async function unrelate(
  row: Row,
  relation: Relation,
  other: Row | undefined,
  context: WriteContext,
): Promise<number> {
  const { property } = relation;
  switch (relation.kind) {
    case 'contained':
      throw badRequest(`'${property.name}' contains its entities; delete them instead.`, { target: property.name });
    case 'constrained': {
      if (!isDependent(relation)) {
        if (other === undefined)
          throw notImplemented(`Emptying '${property.name}' is not supported.`, { target: property.name });
        await writeDocument(other, emptied(relation, 'there'), context);
        return 1;
      }
      await writeDocument(row, emptied(relation, 'here'), context);
      return 1;
    }
    case 'linked': {
      if (!relation.inverse) return context.unit.unlink(row, relation.storedAs, other);
      if (other === undefined)
        throw notImplemented(`Emptying '${property.name}' from its other end is not supported.`, {
          target: property.name,
        });
      return context.unit.unlink(other, relation.storedAs, row);
    }
  }
}

/** Whether the foreign key stands in the entity that has the property. */
export function isDependent({ property }: Constrained): boolean {
  return property.referentialConstraints.length > 0;
}

/** The foreign key values that `principal` asks for, by property name of the dependent. */
export function copied({ pairs }: Constrained, principal: Row, dependent: 'here' | 'there'): JsonObject {
  const document = parseJson(principal.document) as JsonObject;
  const values: JsonObject = {};
  for (const { here, there } of pairs) {
    const [to, from] = dependent === 'here' ? [here, there] : [there, here];
    values[to[0]!] = document[from[0]!] ?? (null as JsonValue);
  }
  return values;
}

function emptied({ pairs }: Constrained, dependent: 'here' | 'there'): JsonObject {
  return Object.fromEntries(pairs.map((pair) => [pair[dependent][0]!, null]));
}

async function writeDocument(row: Row, changes: JsonObject, { unit, parts }: WriteContext): Promise<void> {
  const type = typeOfRow(row, parts);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null && type.properties.get(name)?.isNullable === false) {
      throw badRequest(`The relation cannot be removed, since '${name}' must not be null.`, { target: name });
    }
  }
  const document = { ...(parseJson(row.document) as JsonObject), ...changes };
  const { collection, key, type: typeName, sent } = row;
  const stored = await unit.replace(
    { collection, key, type: typeName, document: writeJson(document), sent },
    row.version,
  );
  if (stored === undefined) throw conflict('The entity was changed by another request at the same time.');
}

import { keptSent, overlayItems, parseJson, writeJson, type JsonObject } from '../edm/index.js';
import { changedMeanwhile } from '../error/index.js';
import { foreignKey, isDependent, type Relation } from '../plan/index.js';
import type { Row, Unit } from '../store/index.js';

/** Makes a relation between two stored entities; an earlier one of a single-valued property gives way. */
export async function relate(row: Row, relation: Relation, other: Row, unit: Unit): Promise<void> {
  switch (relation.kind) {
    case 'contained':
      return;
    case 'linked': {
      // What is reached in any number of steps may be reached in one.
      const [source, target] = relation.inverse ? [other, row] : [row, other];
      if (relation.isSingle) await unit.unlink(source, relation);
      await unit.link(source, relation, target);
      return;
    }
    case 'constrained': {
      const [dependent, principal] = isDependent(relation) ? [row, other] : [other, row];
      await overwrite(dependent, foreignKey(relation, parseJson(principal.document) as JsonObject), unit);
    }
  }
}

async function overwrite(row: Row, changes: JsonObject, unit: Unit): Promise<void> {
  const present = (await unit.get(row)) ?? row;
  const before = parseJson(present.document) as JsonObject;
  const after = overlayItems(before, changes);
  const { collection, key, type } = present;
  const next = { collection, key, type, document: writeJson(after), sent: keptSent(present.sent, before, after) };
  if ((await unit.replace(next, present.version)) === undefined) throw changedMeanwhile('entity');
}

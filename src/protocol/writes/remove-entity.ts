import { entityOf } from '../../behavior/index.js';
import {
  documentWith,
  overlay,
  type EntitySet,
  type EntityType,
  type JsonValue,
  type Property,
} from '../../edm/index.js';
import { changedMeanwhile, conflict, methodNotAllowed } from '../../error/index.js';
import type { Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { defaultScalar } from '../../validation/index.js';

import { documentOf } from '../row-document.js';
import { isComputed } from '../row-kind.js';
import { typeOfRow } from '../row-type.js';
import { dependenciesOn, type Dependency } from './dependents.js';
import { countUpPrincipals } from './principals.js';
import { relatedRows } from './related-rows.js';
import { relationFrom, type Slot } from './slot.js';
import type { WriteContext } from './write-context.js';
import { writeDocument } from './write-document.js';

/**
 * Removes an entity with all that it contains and all references to it; what depends on it goes too, is cut off, or
 * forbids it, as the schema says. [OData-Protocol 11.4.5, CSDL-JSON 8.6]
 */
export function removeEntity(row: Row, container: Slot['container'], context: WriteContext): Promise<void> {
  return new Removal(context).remove(row, container);
}

/** One removal with all that it brings about; entities that depend on each other in a circle go once. */
class Removal {
  readonly #context: WriteContext;
  readonly #begun = new Set<number>();

  constructor(context: WriteContext) {
    this.#context = context;
  }

  async remove(row: Row, container: Slot['container']): Promise<void> {
    const { parts, unit, surroundings } = this.#context;
    this.#begun.add(row.sequence);
    const type = typeOfRow(row, parts);
    const event = { kind: 'delete', entity: entityOf(row), ...surroundings } as const;
    await parts.behaviors.runForType<typeof event, void>('delete', type, event, async () => {
      if (isComputed(row)) throw methodNotAllowed('What is computed cannot be removed.', ['GET', 'HEAD']);
      await this.#followProperties(row, type, container);
      for (const dependency of dependenciesOn(row.collection, parts.model))
        await this.#followDependents(row, dependency);
      // Links of what has gone, or foreign keys that were set to null, may have changed the entity itself.
      const present = (await unit.get(row)) ?? row;
      if (!(await unit.remove(present, present.version))) throw changedMeanwhile('entity');
      await countUpPrincipals(present, documentOf(present), undefined, this.#context);
    });
  }

  async #followProperties(row: Row, type: EntityType, container: Slot['container']): Promise<void> {
    for (const property of type.navigationProperties.values()) {
      if (property.onDelete !== 'Cascade' && property.onDelete !== 'None') continue;
      const relation = relationFrom(container, { property }, this.#context);
      if (relation.kind === 'contained') continue;
      const related = await relatedRows(row, relation, this.#context);
      if (property.onDelete === 'None') this.#refuseAny(related, property.name);
      else await this.#removeAll(related, setOf(relation, this.#context));
    }
  }

  async #followDependents(row: Row, dependency: Dependency): Promise<void> {
    const { relation, set, property, onDelete } = dependency;
    const dependents = this.#others(await relatedRows(row, relation, this.#context));
    if (dependents.length === 0) return;
    switch (onDelete ?? this.#impliedAction(dependency)) {
      case 'Cascade':
        return this.#removeAll(dependents, set);
      case 'SetNull':
        return this.#setAll(dependents, dependency, () => null);
      case 'SetDefault':
        return this.#setAll(dependents, dependency, defaultOf);
      default:
        this.#refuseAny(dependents, property.name);
    }
  }

  /** Where the schema is silent: a key cannot do without the entity, and null stands for none where it is allowed. */
  #impliedAction(dependency: Dependency): string {
    const { declaringType } = dependency.property;
    const properties = dependency.relation.pairs.map(({ there }) => declaringType.propertyAt(there));
    const keys = declaringType.kind === 'entity' ? declaringType.key.map(({ property }) => property) : [];
    if (keys.some((key) => properties.includes(key))) return 'Cascade';
    return properties.every((each) => each?.isNullable === true) ? 'SetNull' : 'None';
  }

  async #removeAll(rows: readonly Row[], set: EntitySet | undefined): Promise<void> {
    for (const row of this.#others(rows)) {
      const present = await this.#context.unit.hold(row);
      if (present !== undefined) await this.remove(present, set);
    }
  }

  /** Where null is no value for a property, the deletion is refused. */
  async #setAll(
    rows: readonly Row[],
    { property, relation }: Dependency,
    valueOf: (property: Property | undefined) => JsonValue,
  ): Promise<void> {
    for (const row of rows) {
      const type = typeOfRow(row, this.#context.parts);
      const values = relation.pairs.map(({ there }) => {
        const target = type.propertyAt(there);
        const value = valueOf(target);
        if (value === null && target?.isNullable === false) this.#refuseAny([row], property.name);
        return documentWith(there, value);
      });
      await writeDocument(row, values.reduce(overlay, {}), this.#context);
    }
  }

  #refuseAny(rows: readonly Row[], relation: string): void {
    const [row] = rows.filter(({ sequence }) => !this.#begun.has(sequence));
    if (row === undefined) return;
    throw conflict(`The entity cannot be deleted, since others are related to it by '${relation}'.`, {
      target: relation,
    });
  }

  #others(rows: readonly Row[]): Row[] {
    return rows.filter(({ sequence }) => !this.#begun.has(sequence));
  }
}

function setOf(relation: Relation, { parts }: WriteContext): EntitySet | undefined {
  const set = parts.model.container?.child(relation.kind === 'constrained' ? relation.collection : '');
  return set?.kind === 'entitySet' ? set : undefined;
}

function defaultOf(property: Property | undefined): JsonValue {
  return (property && defaultScalar(property.reference, property.defaultValue)) ?? null;
}

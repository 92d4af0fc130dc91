import type { EntityType, ScalarType } from '../../edm/index.js';
import type { Shape } from '../../plan/index.js';

/** The key of an entity as members of a JSON object: `"ID":1,"Language":"de"`. */
export function keyMembers(type: EntityType, key: string, ieee754Compatible: boolean): string {
  const texts = type.key.length === 1 ? [key] : key.split(',').map((part) => part.slice(part.indexOf('=') + 1));
  return type.key
    .map(({ name, property }, index) => {
      const scalar = property.type as ScalarType;
      const reading = scalar.fromText(decodeURIComponent(texts[index] ?? ''), {});
      const value = 'value' in reading ? scalar.toJson(reading.value, ieee754Compatible) : 'null';
      return `${JSON.stringify(name)}:${value}`;
    })
    .join(',');
}

/** The key is written whatever `$select` says, since clients find by it what they have. [OData-JSON 15.2] */
export function withKey(shape: Shape, type: EntityType): Shape {
  const { select } = shape;
  if (select === undefined) return shape;
  const names = type.key.map((key) => key.path[0]!).filter((name) => !select.has(name));
  if (names.length === 0) return shape;
  return { ...shape, select: new Map([...select, ...names.map((name) => [name, undefined] as const)]) };
}

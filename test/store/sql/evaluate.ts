import {
  JsonNumber,
  primitiveType,
  type JsonObject,
  type JsonValue,
  type Scalar,
  type ScalarType,
} from '../../../src/edm/index.js';
import type { Comparison, DeclaredTypes, Expression, OrderTerm, Place } from '../../../src/plan/index.js';

/** A row as the naive evaluator sees it. */
export interface Thing {
  readonly sequence: number;
  readonly key: string;
  readonly type: string;
  readonly document: JsonObject;
  /** By the name of the navigation property. */
  readonly related: ReadonlyMap<string, readonly Thing[]>;
}

type Value = Scalar | null;
type Item = Thing | JsonValue | undefined;
type Variables = ReadonlyMap<number, Item>;

/** What an expression is by the words of the specification: slow, in memory, without any SQL. */
export function evaluate(expression: Expression, variables: Variables): Value {
  const of = (part: Expression): Value => evaluate(part, variables);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'value':
      return scalarOf(itemsAt(expression.place, variables)[0], expression.type);
    case 'logic': {
      const [left, right] = [of(expression.left), of(expression.right)];
      const decisive = expression.operator === 'or';
      if (left === decisive || right === decisive) return decisive;
      return left === null || right === null ? null : !decisive;
    }
    case 'not': {
      const operand = of(expression.operand);
      return operand === null ? null : operand !== true;
    }
    case 'comparison':
      if (isDynamicAgainstNull(expression))
        return (itemsAt(expression.left.place, variables)[0] ?? null) === null
          ? expression.operator === 'eq'
          : expression.operator === 'ne';
      return compare(expression.operator, of(expression.left), of(expression.right), expression.type);
    case 'in': {
      const operand = of(expression.operand);
      const type = expression.items.map((item) => ('type' in item ? item.type : undefined)).find(Boolean);
      return expression.items.some((item) => compare('eq', operand, of(item), type as ComparedType));
    }
    case 'arithmetic':
      return calculate(expression.operator, of(expression.left), of(expression.right), expression.type.qualifiedName);
    case 'call':
      return call(expression.function, expression.arguments.map(of));
    case 'any':
    case 'all': {
      const holds = (item: Item) =>
        expression.condition === undefined ||
        evaluate(expression.condition, new Map(variables).set(expression.variable, item)) === true;
      const items = itemsAt(expression.collection, variables);
      return expression.kind === 'any' ? items.some(holds) : items.every(holds);
    }
    case 'count':
      return itemsAt(expression.collection, variables).filter(
        (item) =>
          expression.filter === undefined ||
          evaluate(expression.filter, new Map(variables).set(expression.variable, item)) === true,
      ).length;
    case 'case': {
      const branch = expression.branches.find(({ condition }) => of(condition) === true);
      return branch === undefined ? null : of(branch.value);
    }
    case 'same': {
      const [left, right] = [expression.left, expression.right].map(
        (place) => itemsAt({ ...place, type: { ...place.type, isCollection: false } }, variables)[0],
      );
      const [ofLeft, ofRight] = expression.declared ?? [];
      return alikeText(left, ofLeft) === alikeText(right, ofRight);
    }
    case 'sequence': {
      const [left, right] = [arrayOf(expression.left, variables), arrayOf(expression.right, variables)];
      if (left === undefined || right === undefined) return null;
      const isText = expression.itemType !== undefined;
      const keysOf = (items: readonly Item[]) =>
        items.map((item) => (isText ? String(item) : alikeText(item, expression.declared)));
      return sequence(expression.function, keysOf(left), keysOf(right));
    }
    case 'exists':
      return itemsAt(expression.place, variables).some((item) => item !== null && item !== undefined);
    default:
      throw new Error(`The evaluator does not know '${expression.kind}'.`);
  }
}

type AgainstNull = Comparison & { readonly left: Extract<Expression, { kind: 'value' }> };

/** A dynamic property is null only where nothing stands, whatever type it is used as. */
function isDynamicAgainstNull(comparison: Comparison): comparison is AgainstNull {
  const { left, right } = comparison;
  return left.kind === 'value' && left.place.kind === 'dynamic' && right.kind === 'literal' && right.value === null;
}

/** The order of the rows: null first, or last where it descends; then by sequence. */
export function compareRows(order: readonly OrderTerm[], a: Thing, b: Thing): number {
  for (const { expression, direction } of order) {
    const [left, right] = [a, b].map((row) => evaluate(expression, new Map([[0, row]])));
    const difference = compareValues(left!, right!, typeOf(expression));
    if (difference !== 0) return direction === 'desc' ? -difference : difference;
  }
  return a.sequence - b.sequence;
}

type ComparedType = { readonly qualifiedName: string; compare(a: Scalar, b: Scalar): number } | undefined;

function typeOf(expression: Expression): ComparedType {
  return 'type' in expression && expression.type !== undefined && 'compare' in expression.type
    ? expression.type
    : undefined;
}

function compareValues(a: Value, b: Value, type: ComparedType): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return type === undefined ? Number(a) - Number(b) : type.compare(a, b);
}

function compare(operator: string, a: Value, b: Value, type: ComparedType): boolean {
  if (operator === 'ne') return !compare('eq', a, b, type);
  if (a === null || b === null) return operator === 'eq' && a === b;
  if (a === 'NaN' || b === 'NaN') if (type?.qualifiedName === 'Edm.Double') return false;
  const difference = compareValues(a, b, type);
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    case 'gt':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

function itemsAt(place: Place, variables: Variables): readonly Item[] {
  switch (place.kind) {
    case 'variable':
      return [variables.get(place.variable)];
    case 'member':
    case 'dynamic': {
      const name = place.kind === 'member' ? place.property.name : place.name;
      const of = itemsAt(place.of, variables)[0];
      const value = memberOf(of, name);
      return place.type.isCollection ? (Array.isArray(value) ? value : []) : [value];
    }
    case 'related': {
      const owner = itemsAt(place.of, variables)[0];
      return isThing(owner) ? (owner.related.get(place.relation.property.name) ?? []) : [];
    }
    case 'item':
      return [itemsAt(place.of, variables)[place.index]];
    case 'filtered':
      return itemsAt(place.of, variables).filter(
        (item) => evaluate(place.condition, new Map(variables).set(place.variable, item)) === true,
      );
    case 'made':
    case 'concat':
    case 'slice':
    case 'mapped':
      return arrayOf(place, variables) ?? [];
    case 'cast':
      return itemsAt(place.of, variables).filter((item) => isThing(item) && place.typeNames.includes(item.type));
    default:
      throw new Error(`The evaluator does not know '${place.kind}'.`);
  }
}

/** A collection of values; undefined where there is none. */
function arrayOf(place: Place, variables: Variables): readonly Item[] | undefined {
  switch (place.kind) {
    case 'made':
      return place.items.map((item) => wholeOf(item, variables));
    case 'filtered':
      return (arrayOf(place.of, variables) ?? []).filter(
        (item) => evaluate(place.condition, new Map(variables).set(place.variable, item)) === true,
      );
    case 'related':
      return itemsAt(place, variables).toSorted((a, b) => (a as Thing).sequence - (b as Thing).sequence);
    case 'concat': {
      const [first, second] = [arrayOf(place.first, variables), arrayOf(place.second, variables)];
      return first && second && [...first, ...second];
    }
    case 'mapped':
      return arrayOf(place.of, variables)?.map((item) =>
        wholeOf(place.item, new Map(variables).set(place.variable, item)),
      );
    case 'slice': {
      const [items, start] = [arrayOf(place.of, variables), evaluate(place.start, variables)];
      const length = place.length === undefined ? Infinity : evaluate(place.length, variables);
      if (items === undefined) return undefined;
      if (start === null || length === null) return [];
      const from = Number(start) < 0 ? items.length + Number(start) : Number(start);
      return items.filter((_, index) => index >= from && index < from + Number(length));
    }
    default: {
      const [value] = itemsAt({ ...place, type: { ...place.type, isCollection: false } }, variables);
      return Array.isArray(value) ? value : undefined;
    }
  }
}

/** What a list has: entities and values of documents as they are. */
function wholeOf(expression: Expression, variables: Variables): Item {
  switch (expression.kind) {
    case 'whole':
      return expression.place.type.isCollection
        ? [...(arrayOf(expression.place, variables) ?? [])].map((item) => item as JsonValue)
        : (itemsAt(expression.place, variables)[0] ?? null);
    case 'object': {
      const members = [...expression.members].map(([name, member]) => [name, wholeOf(member, variables)]);
      return Object.fromEntries(members) as JsonObject;
    }
    default:
      return evaluate(expression, variables);
  }
}

function sequence(name: string, left: readonly string[], right: readonly string[]): Value {
  const isAt = (offset: number) =>
    offset >= 0 && right.every((item, index) => offset + index < left.length && left[offset + index] === item);
  const offsets = [...left.keys(), left.length].filter(isAt);
  switch (name) {
    case 'startswith':
      return isAt(0);
    case 'endswith':
      return isAt(left.length - right.length);
    case 'contains':
      return offsets.length > 0;
    case 'indexof':
      return offsets[0] ?? -1;
    case 'hassubset': {
      const count = (items: readonly string[], item: string) => items.filter((each) => each === item).length;
      return right.every((item) => count(left, item) >= count(right, item));
    }
    default: {
      let position = -1;
      return right.every((item) => (position = left.indexOf(item, position + 1)) >= 0);
    }
  }
}

/** One text for values that are alike: members have no order, null is as good as absent, and types are those that are declared. */
function alikeText(item: Item, declared: DeclaredTypes | undefined, own = declared?.own): string {
  if (item === undefined || item === null) return 'null';
  if (isThing(item)) return String(item.sequence);
  if (Array.isArray(item)) return `[${item.map((each) => alikeText(each, declared, own)).join(',')}]`;
  if (typeof item !== 'object' || item instanceof JsonNumber)
    return item instanceof JsonNumber ? item.text : JSON.stringify(item);
  const { '@odata.type': type = own, ...members } = item as { readonly [name: string]: JsonValue };
  const texts = Object.entries(members)
    .filter(([, each]) => each !== null)
    .map(([name, each]) => {
      const memberType = declared?.members[`${String(type)}/${name}`];
      return `${JSON.stringify(name)}:${alikeText(each, memberType === undefined ? undefined : declared, memberType)}`;
    });
  return `${String(type ?? '')}{${texts.toSorted().join(',')}}`;
}

function memberOf(item: Item, name: string): JsonValue | undefined {
  const object = isThing(item) ? item.document : item;
  if (typeof object !== 'object' || object === null || Array.isArray(object) || object instanceof JsonNumber)
    return undefined;
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isThing(item: Item): item is Thing {
  return typeof item === 'object' && item !== null && 'sequence' in item && 'related' in item;
}

/** What a dynamic property holds may not be of the type that it is used as. */
function scalarOf(item: Item, type: ScalarType): Value {
  if (item === undefined || item === null || isThing(item) || Array.isArray(item)) return null;
  const isNumber = typeof item === 'number' || item instanceof JsonNumber;
  switch (type.qualifiedName) {
    case 'Edm.Boolean':
      return typeof item === 'boolean' ? item : null;
    case 'Edm.Int32':
    case 'Edm.Int64':
      return isNumber && 'value' in primitiveType('Edm.Int64')!.fromText(String(item), {}) ? item : null;
    case 'Edm.Decimal':
      return isNumber ? item : null;
    case 'Edm.Double':
      if (isNumber) return Number(String(item));
      return item === 'NaN' || item === 'INF' || item === '-INF' ? item : null;
    case 'Edm.Date':
    case 'Edm.TimeOfDay':
    case 'Edm.DateTimeOffset':
    case 'Edm.Duration': {
      const reading = typeof item === 'string' ? type.fromText(item, {}) : undefined;
      return reading !== undefined && 'value' in reading && reading.value === item ? item : null;
    }
    default:
      return typeof item === 'string' ? item : null;
  }
}

function calculate(operator: string, a: Value, b: Value, typeName: string): Value {
  if (a === null || b === null) return null;
  if (typeName === 'Edm.Double') return calculateDouble(operator, numberOf(a), numberOf(b));
  if (typeName === 'Edm.Decimal') return calculateDecimal(operator, String(a), String(b));
  const [x, y] = [BigInt(String(a)), BigInt(String(b))];
  if (y === 0n && (operator === 'div' || operator === 'mod')) return null;
  return scalarOfInteger(
    { add: () => x + y, sub: () => x - y, mul: () => x * y, div: () => x / y, mod: () => x % y }[operator]!(),
  );
}

function numberOf(value: Scalar): number {
  return value === 'INF' ? Infinity : value === '-INF' ? -Infinity : Number(value);
}

function calculateDouble(operator: string, a: number, b: number): Value {
  const result = { add: a + b, sub: a - b, mul: a * b, div: a / (b === 0 ? 0 : b) }[operator]!;
  if (Number.isNaN(result)) return 'NaN';
  if (!Number.isFinite(result)) return result > 0 ? 'INF' : '-INF';
  return result === 0 ? 0 : result;
}

function calculateDecimal(operator: string, a: string, b: string): Value {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const [x, y] = [scaled(a, scale), scaled(b, scale)];
  if (operator === 'mul') return unscaled(x * y, scale * 2);
  return unscaled(operator === 'add' ? x + y : x - y, scale);
}

function scaleOf(text: string): number {
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}

function scaled(text: string, scale: number): bigint {
  return BigInt(text.replace('.', '') + '0'.repeat(scale - scaleOf(text)));
}

function unscaled(integer: bigint, scale: number): Scalar {
  const digits = String(integer < 0n ? -integer : integer).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const text = `${integer < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  return String(Number(text)) === text ? Number(text) : new JsonNumber(text);
}

function scalarOfInteger(integer: bigint): Scalar {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : new JsonNumber(String(integer));
}

function call(name: string, values: readonly Value[]): Value {
  if (values.includes(null)) return null;
  const [a, b, c] = values as Scalar[];
  const [text, part] = [String(a), String(b)];
  switch (name) {
    case 'concat':
      return text + part;
    case 'contains':
      return text.includes(part);
    case 'startswith':
      return text.startsWith(part);
    case 'endswith':
      return text.endsWith(part);
    case 'indexof':
      return text.includes(part) ? Array.from(text.slice(0, text.indexOf(part))).length : -1;
    case 'length':
      return [...text].length;
    case 'substring': {
      const characters = [...text];
      const start = Number(b) < 0 ? Math.max(characters.length + Number(b), 0) : Number(b);
      return characters.slice(start, c === undefined ? undefined : start + Math.max(Number(c), 0)).join('');
    }
    case 'tolower':
      return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    case 'toupper':
      return text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
    case 'year':
      return Number(text.slice(0, 4));
    case 'month':
      return Number(text.slice(5, 7));
    case 'date':
      return text.slice(0, 10);
    default:
      throw new Error(`The evaluator does not know the function '${name}'.`);
  }
}

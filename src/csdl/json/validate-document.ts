import { isCsdlObject, type CsdlObject, type CsdlValue } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import { CsdlError } from '../csdl-error.js';
import { declaredMembers } from '../members.js';
import { DECLARATION_KINDS, OPERATION_KINDS, SHAPES, type Shape } from './shapes.js';

/** Throws where a document does not have the shape of CSDL JSON; members that nobody knows are only warned about. */
export function validateDocument(document: CsdlObject, file: string, warn: (message: string) => void): void {
  new Validation(file, warn).document(document);
}

class Validation {
  readonly #file: string;
  readonly #warn: (message: string) => void;

  constructor(file: string, warn: (message: string) => void) {
    this.#file = file;
    this.#warn = warn;
  }

  document(json: CsdlObject): void {
    const version = json['$Version'];
    if (version === undefined) this.#fail('', 'This is not CSDL: it has no $Version.');
    if (version !== '4.0' && version !== '4.01') this.#fail('/$Version', 'must be "4.0" or "4.01".');
    this.#members(json, 'Document', '');
    for (const [uri, reference] of Object.entries(this.#object(json['$Reference'] ?? {}, '/$Reference')))
      this.#members(this.#object(reference, `/$Reference/${uri}`), 'Reference', `/$Reference/${uri}`);
    for (const [namespace, schema] of Object.entries(json))
      if (!namespace.startsWith('$') && !namespace.includes('@'))
        this.#schema(this.#object(schema, `/${namespace}`), `/${namespace}`);
  }

  #schema(json: CsdlObject, path: string): void {
    this.#members(json, 'Schema', path);
    for (const [name, declaration] of declaredMembers(json)) {
      if (Array.isArray(declaration)) this.#overloads(declaration, `${path}/${name}`);
      else this.#declaration(this.#object(declaration, `${path}/${name}`), `${path}/${name}`, DECLARATION_KINDS);
    }
    const groups = this.#object(json['$Annotations'] ?? {}, `${path}/$Annotations`);
    for (const [target, group] of Object.entries(groups)) this.#object(group, `${path}/$Annotations/${target}`);
  }

  /** A type may stand among overloads of its name, as `readXml` keeps it. */
  #overloads(overloads: readonly CsdlValue[], path: string): void {
    for (const [index, overload] of overloads.entries())
      this.#declaration(this.#object(overload, `${path}/${index}`), `${path}/${index}`, [
        ...OPERATION_KINDS,
        ...DECLARATION_KINDS,
      ]);
  }

  #declaration(json: CsdlObject, path: string, kinds: readonly string[]): void {
    const kind = json['$Kind'];
    if (typeof kind !== 'string') this.#fail(path, 'has no $Kind.');
    if (!kinds.includes(kind))
      this.#fail(`${path}/$Kind`, `'${kind}' is not one of ${kinds.join(', ')}.${suggestion(kind, kinds)}`);
    this.#members(json, kind as keyof typeof SHAPES, path);
    switch (kind) {
      case 'EntityType':
      case 'ComplexType':
        for (const [name, property] of declaredMembers(json))
          this.#property(this.#object(property, `${path}/${name}`), `${path}/${name}`);
        break;
      case 'EnumType':
        for (const [name, value] of declaredMembers(json))
          if (typeof value !== 'number' && typeof value !== 'string')
            this.#fail(`${path}/${name}`, 'must be an integer.');
        break;
      case 'EntityContainer':
        for (const [name, child] of declaredMembers(json))
          this.#members(this.#object(child, `${path}/${name}`), 'ContainerChild', `${path}/${name}`);
        break;
      case 'Action':
      case 'Function':
        this.#operation(json, path);
        break;
    }
  }

  #property(json: CsdlObject, path: string): void {
    const kind = json['$Kind'] ?? 'Property';
    if (kind !== 'Property' && kind !== 'NavigationProperty')
      this.#fail(`${path}/$Kind`, `must be Property or NavigationProperty.`);
    this.#members(json, kind, path);
  }

  #operation(json: CsdlObject, path: string): void {
    const parameters = Array.isArray(json['$Parameter']) ? (json['$Parameter'] as readonly CsdlValue[]) : [];
    for (const [index, parameter] of parameters.entries()) {
      const place = `${path}/$Parameter/${index}`;
      const object = this.#object(parameter, place);
      if (typeof object['$Name'] !== 'string') this.#fail(place, 'has no $Name.');
      this.#members(object, 'Parameter', place);
    }
    if (isCsdlObject(json['$ReturnType'])) this.#members(json['$ReturnType'], 'ReturnType', `${path}/$ReturnType`);
  }

  #members(json: CsdlObject, kind: keyof typeof SHAPES, path: string): void {
    const shapes: Readonly<Record<string, Shape>> = SHAPES[kind];
    for (const [member, value] of Object.entries(json)) {
      if (!member.startsWith('$') || member.includes('@')) continue;
      const shape = Object.hasOwn(shapes, member) ? shapes[member] : undefined;
      if (shape === undefined)
        this.#warn(`${path}/${member} has no meaning here; it is ignored.${suggestion(member, Object.keys(shapes))}`);
      else if (!hasShape(value, shape)) this.#fail(`${path}/${member}`, `must be ${DESCRIPTIONS[shape]}.`);
    }
  }

  #object(value: CsdlValue, path: string): CsdlObject {
    return isCsdlObject(value) ? value : this.#fail(path, 'must be an object.');
  }

  #fail(path: string, reason: string): never {
    throw new CsdlError({ file: this.#file }, path === '' ? reason : `${path} ${reason}`);
  }
}

const DESCRIPTIONS: Readonly<Record<Shape, string>> = {
  name: 'a string',
  flag: 'true or false',
  any: 'a value',
  facet: 'a non-negative integer or one of the words that the facet knows',
  list: 'an array',
  object: 'an object',
};

function hasShape(value: CsdlValue, shape: Shape): boolean {
  switch (shape) {
    case 'name':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'facet':
      return (Number.isInteger(value) && Number(value) >= 0) || value === 'variable' || value === 'floating';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isCsdlObject(value);
    case 'any':
      return true;
  }
}

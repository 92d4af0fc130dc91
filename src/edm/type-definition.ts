import type { CsdlObject } from './csdl-json.js';
import { Element } from './element.js';
import type { JsonValue } from './json.js';
import type { Model } from './model.js';
import { primitiveType, type PrimitiveType } from './primitive/index.js';
import type { Facets, Reading, Scalar, ScalarType } from './scalar-type.js';
import { facetsOf } from './type-reference.js';

/** A named primitive type with facets of its own. [CSDL-JSON 11] */
export class TypeDefinition extends Element implements ScalarType {
  readonly kind = 'definition';
  readonly qualifiedName: string;
  readonly underlyingType: PrimitiveType;
  readonly facets: Facets;

  constructor(model: Model, name: string, qualifiedName: string, json: CsdlObject) {
    super(model, name, qualifiedName, json);
    this.qualifiedName = qualifiedName;
    const underlying = String(json['$UnderlyingType']);
    const type = primitiveType(underlying);
    if (!type)
      throw new Error(`Type definition ${qualifiedName} is based on ${underlying}, which is not a primitive type.`);
    this.underlyingType = type;
    this.facets = facetsOf(json);
  }

  fromJson(value: JsonValue, facets: Facets): Reading {
    return this.underlyingType.fromJson(value, { ...this.facets, ...facets });
  }

  fromText(text: string, facets: Facets): Reading {
    return this.underlyingType.fromText(text, { ...this.facets, ...facets });
  }

  toText(value: Scalar): string {
    return this.underlyingType.toText(value);
  }

  toLiteral(value: Scalar): string {
    return this.underlyingType.toLiteral(value);
  }

  toJson(value: Scalar, ieee754Compatible: boolean): string {
    return this.underlyingType.toJson(value, ieee754Compatible);
  }

  compare(a: Scalar, b: Scalar): number {
    return this.underlyingType.compare(a, b);
  }
}

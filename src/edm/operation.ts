import { isCsdlObject, type CsdlObject } from './csdl-json.js';
import { Element } from './element.js';
import type { Model } from './model.js';
import { objects, TypeReference } from './type-reference.js';

const OPTIONAL_PARAMETER = 'Org.OData.Core.V1.OptionalParameter';

/** A parameter of an operation. [CSDL-JSON 12.9] */
export class Parameter extends Element {
  readonly reference: TypeReference;

  constructor(model: Model, operation: Operation, json: CsdlObject) {
    super(model, String(json['$Name']), `${operation.target}/${String(json['$Name'])}`, json);
    this.reference = new TypeReference(model, json);
  }

  get isOptional(): boolean {
    return this.annotations.has(OPTIONAL_PARAMETER);
  }

  /** Text of the value that an optional parameter has where it is left out. [Core OptionalParameter] */
  get defaultText(): string | undefined {
    const value = this.annotation(OPTIONAL_PARAMETER);
    const text = isCsdlObject(value) ? value['DefaultValue'] : undefined;
    return typeof text === 'string' ? text : undefined;
  }
}

/** One overload of an action or a function. [CSDL-JSON 12] */
export class Operation extends Element {
  readonly kind: 'action' | 'function';
  readonly qualifiedName: string;
  readonly isBound: boolean;
  readonly isComposable: boolean;
  /** All parameters in order; of a bound operation the first is the binding parameter. */
  readonly parameters: readonly Parameter[];
  readonly returnType: TypeReference | undefined;

  constructor(model: Model, name: string, qualifiedName: string, json: CsdlObject) {
    super(model, name, signature(model, qualifiedName, json), json);
    this.kind = json['$Kind'] === 'Action' ? 'action' : 'function';
    this.qualifiedName = qualifiedName;
    this.isBound = json['$IsBound'] === true;
    this.isComposable = json['$IsComposable'] === true;
    this.parameters = objects(json['$Parameter']).map((parameter) => new Parameter(model, this, parameter));
    this.returnType = isCsdlObject(json['$ReturnType']) ? new TypeReference(model, json['$ReturnType']) : undefined;
  }

  get bindingParameter(): Parameter | undefined {
    return this.isBound ? this.parameters[0] : undefined;
  }

  /** The parameters that a caller gives. */
  get nonBindingParameters(): readonly Parameter[] {
    return this.isBound ? this.parameters.slice(1) : this.parameters;
  }

  /** Path from the binding parameter to the set that holds the returned entities. [CSDL-JSON 12.6] */
  get entitySetPath(): string | undefined {
    const path = this.json['$EntitySetPath'];
    return typeof path === 'string' ? path : undefined;
  }
}

/** Annotation target of one overload: `ns.f(ns.T,Edm.String)`; for actions the binding type alone counts. [CSDL-JSON 14.2.1] */
function signature(model: Model, qualifiedName: string, json: CsdlObject): string {
  const parameters = objects(json['$Parameter']);
  const isAction = json['$Kind'] === 'Action';
  const relevant = isAction ? (json['$IsBound'] === true ? parameters.slice(0, 1) : []) : parameters;
  return `${qualifiedName}(${relevant.map((parameter) => String(new TypeReference(model, parameter))).join(',')})`;
}

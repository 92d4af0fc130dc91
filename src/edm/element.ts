import type { CsdlObject, CsdlValue } from './csdl-json.js';
import type { Model } from './model.js';

/** Anything in a schema that can carry annotations. */
export abstract class Element {
  readonly name: string;
  /** What `Annotations` elements call it, for example `microsoft.graph.user/displayName`. [CSDL-JSON 14.2] */
  readonly target: string;
  readonly json: CsdlObject;
  protected readonly model: Model;
  #annotations: ReadonlyMap<string, CsdlValue> | undefined;

  constructor(model: Model, name: string, target: string, json: CsdlObject) {
    this.model = model;
    this.name = name;
    this.target = target;
    this.json = json;
  }

  /** Annotations by full term name without `@`, with `#qualifier` where there is one; inline ones win over external ones. */
  get annotations(): ReadonlyMap<string, CsdlValue> {
    return (this.#annotations ??= this.model.annotationsOf(this.target, this.json));
  }

  /** The value of a term, for example `annotation('Org.OData.Core.V1.Computed')`. */
  annotation(term: string): CsdlValue | undefined {
    return this.annotations.get(term);
  }

  /** Whether a tag is set: a term without value, or with the value true. [Core Tag] */
  isTagged(term: string): boolean {
    const value = this.annotation(term);
    return value !== undefined && value !== false;
  }
}

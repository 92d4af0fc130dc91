import type { CsdlObject, CsdlValue } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import { Aliases } from '../aliases.js';
import { CsdlError } from '../csdl-error.js';
import type { Lines, Positions, Problem } from '../positions.js';
import type { XmlElement } from './element.js';
import { EDM, EDMX, GRAMMAR, type ElementRule } from './grammar.js';

/** A CSDL JSON object while it is being made. */
export type Draft = Record<string, CsdlValue>;

/** One run over one document: its name, aliases and included namespaces, and the places to report. */
export class Reading {
  readonly file: string;
  readonly version: string;
  readonly aliases = new Aliases();
  /** Namespace → URI of the document that declares it, as the XML writes it. */
  readonly uriOfNamespace = new Map<string, string>();
  readonly #problems: Problem[];
  readonly #lines: Lines;

  constructor(file: string, version: string, positions: Positions) {
    this.file = file;
    this.version = version;
    this.#problems = positions.problems;
    this.#lines = positions.of(file);
  }

  fail(element: XmlElement, reason: string): never {
    throw new CsdlError({ file: this.file, line: element.line, column: element.column }, reason);
  }

  report(element: XmlElement, severity: Problem['severity'], message: string): void {
    this.#problems.push({ severity, file: this.file, line: element.line, message });
  }

  note<T extends CsdlObject>(json: T, element: XmlElement): T {
    this.#lines.note(json, element.line);
    return json;
  }

  noteMember(json: CsdlObject, member: string, element: XmlElement): void {
    this.#lines.noteMember(json, member, element.line);
  }

  /** Sets a member that must be new; of two with one name the first one stays. */
  declare(json: Draft, name: string, value: CsdlValue, element: XmlElement): void {
    if (json[name] === undefined || !Object.hasOwn(json, name)) json[name] = value;
    else this.report(element, 'error', `'${name}' is declared twice; the second declaration is ignored.`);
  }

  /** Checks what an element holds against the grammar and gives its children without foreign ones. [CSDL-XML 3] */
  children(element: XmlElement): readonly XmlElement[] {
    const rule = GRAMMAR.get(element.name)!;
    this.#checkAttributes(element, rule);
    if (element.children.length === 0) return element.children;
    let hasForeign = false;
    for (const child of element.children) {
      if (isForeign(child)) hasForeign = true;
      else if (!rule.children.has(child.name) || GRAMMAR.get(child.name)!.namespace !== child.namespace)
        this.fail(
          child,
          `<${child.name}> is not allowed in <${element.name}>.${suggestion(child.name, rule.children)}`,
        );
    }
    return hasForeign ? element.children.filter((child) => !isForeign(child)) : element.children;
  }

  /** The value of an attribute that the grammar requires, so that `children` has made sure of it. */
  required(element: XmlElement, attribute: string): string {
    return element.attributes[attribute] ?? this.fail(element, `<${element.name}> lacks the attribute '${attribute}'.`);
  }

  /** The `Name` attribute, which must be a simple identifier. [CSDL-XML 15.2] */
  name(element: XmlElement, attribute = 'Name'): string {
    const name = this.required(element, attribute);
    if (!isIdentifier(name)) this.fail(element, `${attribute}="${name}" is not an identifier.`);
    return name;
  }

  qualifiedName(element: XmlElement, attribute: string): string {
    return this.aliases.shorten(this.required(element, attribute));
  }

  /** Adds `$BaseType` for the attribute `BaseType` and the like, where the element has it. */
  copyQualifiedName(element: XmlElement, attribute: string, json: Draft): void {
    const name = element.attributes[attribute];
    if (name !== undefined) json[`$${attribute}`] = this.aliases.shorten(name);
  }

  boolean(element: XmlElement, attribute: string): boolean | undefined {
    const value = element.attributes[attribute];
    switch (value) {
      case undefined:
        return undefined;
      case 'true':
      case '1':
        return true;
      case 'false':
      case '0':
        return false;
      default:
        return this.fail(element, `${attribute}="${value}" must be true or false.`);
    }
  }

  #checkAttributes(element: XmlElement, rule: ElementRule): void {
    for (const attribute of rule.required) {
      if (element.attributes[attribute] === undefined) {
        const meant = Object.keys(element.attributes).filter((name) => !rule.attributes.has(name));
        this.fail(element, `<${element.name}> lacks the attribute '${attribute}'.${suggestionFor(attribute, meant)}`);
      }
    }
    for (const attribute in element.attributes) {
      if (rule.attributes.has(attribute) || attribute.includes(':')) continue;
      this.report(
        element,
        'warning',
        `<${element.name}> has no attribute '${attribute}'; it is ignored.${suggestion(attribute, rule.attributes)}`,
      );
    }
  }
}

function suggestionFor(attribute: string, written: readonly string[]): string {
  return suggestion(attribute, written).replace(/Did you mean '(.*)'\?/, "Is '$1' a misspelling of it?");
}

function isForeign(element: XmlElement): boolean {
  return element.namespace !== EDM && element.namespace !== EDMX;
}

function isIdentifier(name: string): boolean {
  if (/^[A-Za-z_]\w*$/.test(name)) return name !== '__proto__';
  return /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*$/u.test(name);
}

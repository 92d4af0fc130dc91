import type { CsdlObject } from './csdl-json.js';
import { Element } from './element.js';
import type { JsonValue } from './json.js';
import type { Model } from './model.js';
import type { Reading, Scalar, ScalarType } from './scalar-type.js';

export interface EnumMember {
  readonly name: string;
  readonly value: number;
}

/** An enumeration type; its canonical values are member names, for flags joined by a comma in ascending order of value. [CSDL-JSON 10] */
export class EnumType extends Element implements ScalarType {
  readonly kind = 'enum';
  readonly qualifiedName: string;
  readonly isFlags: boolean;
  readonly underlyingType: string;
  readonly members: readonly EnumMember[];
  readonly #byName: ReadonlyMap<string, EnumMember>;
  #byLowerCase: ReadonlyMap<string, string> | undefined;

  constructor(model: Model, name: string, qualifiedName: string, json: CsdlObject) {
    super(model, name, qualifiedName, json);
    this.qualifiedName = qualifiedName;
    this.isFlags = json['$IsFlags'] === true;
    this.underlyingType = typeof json['$UnderlyingType'] === 'string' ? json['$UnderlyingType'] : 'Edm.Int32';
    this.members = Object.entries(json)
      .filter(([member]) => !member.startsWith('$') && !member.includes('@'))
      .map(([member, value]) => ({ name: member, value: Number(value) }));
    this.#byName = new Map(this.members.map((member) => [member.name, member]));
  }

  member(name: string): EnumMember | undefined {
    return this.#byName.get(name);
  }

  /** Member names in a text as they are declared, whatever their case in it; other names stay as they are. */
  inDeclaredCase(text: string): string {
    this.#byLowerCase ??= new Map(this.members.map(({ name }) => [name.toLowerCase(), name]));
    const declared = this.#byLowerCase;
    if (this.#byName.has(text)) return text;
    return text
      .split(',')
      .map((part) => declared.get(part.trim().toLowerCase()) ?? part)
      .join(',');
  }

  /** The number of a canonical value; for flags of all its members together. */
  numberOf(canonical: string): number {
    const single = this.#byName.get(canonical);
    if (single) return single.value;
    const bits = canonical.split(',').reduce((sum, name) => sum | BigInt(this.#byName.get(name)?.value ?? 0), 0n);
    return Number(bits);
  }

  /** The canonical value of a number, or undefined where no member or combination of flags makes it. */
  canonicalOf(value: number): string | undefined {
    const exact = this.members.find((member) => member.value === value);
    if (exact) return exact.name;
    if (!this.isFlags || !Number.isSafeInteger(value) || value <= 0) return undefined;
    const wanted = BigInt(value);
    let covered = 0n;
    const names: string[] = [];
    for (const member of [...this.members].sort((a, b) => b.value - a.value)) {
      const bits = BigInt(member.value);
      if (bits <= 0n || (wanted & bits) !== bits || (covered & bits) === bits) continue;
      names.unshift(member.name);
      covered |= bits;
    }
    return covered === wanted ? names.join(',') : undefined;
  }

  fromJson(value: JsonValue): Reading {
    if (typeof value !== 'string') return { problem: `must be a string with a member of ${this.qualifiedName}` };
    return this.fromText(value);
  }

  fromText(text: string): Reading {
    let sum = 0n;
    const parts = this.isFlags ? text.split(',') : [text];
    for (const part of parts) {
      const name = part.trim();
      const member = this.#byName.get(name) ?? this.#byNumber(name);
      if (member === undefined) return { problem: this.#unknownMember(name) };
      sum |= BigInt(member.value);
    }
    if (!this.isFlags) return { value: this.canonicalOf(Number(sum))! };
    const canonical = this.canonicalOf(Number(sum));
    return canonical === undefined ? { problem: this.#unknownMember(text) } : { value: canonical };
  }

  toText(value: Scalar): string {
    return String(value);
  }

  toLiteral(value: Scalar): string {
    return `${this.qualifiedName}'${String(value)}'`;
  }

  toJson(value: Scalar): string {
    return JSON.stringify(String(value));
  }

  compare(a: Scalar, b: Scalar): number {
    return this.numberOf(String(a)) - this.numberOf(String(b));
  }

  /** Payloads and literals may give a member's numeric value as text. [OData-JSON 7.1] */
  #byNumber(text: string): EnumMember | undefined {
    if (!/^-?\d{1,19}$/.test(text)) return undefined;
    const value = Number(text);
    const exact = this.members.find((member) => member.value === value);
    if (exact) return exact;
    return this.isFlags && this.canonicalOf(value) !== undefined ? { name: text, value } : undefined;
  }

  #unknownMember(name: string): string {
    return `must be ${this.isFlags ? 'members' : 'a member'} of ${this.qualifiedName}; '${name.slice(0, 100)}' is none`;
  }
}

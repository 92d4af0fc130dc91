import { registerDecorator, ValidateNested } from 'class-validator';

import { READING, type DataTransferClass } from './data-transfer-object.js';
import { MemberConstraint } from './member-constraint.js';
import type { MemberRule } from './member-rule.js';
import type { ObjectReading } from './object-reading.js';

/**
 * Makes a class whose members class-validator knows. The classes stay flat, without a common base:
 * class-validator looks for inherited rules in every class it knows, on every call.
 */
export function makeDataTransferClass(name: string, rules: Iterable<MemberRule>): DataTransferClass {
  const made = {
    [name]: class {
      [READING]: ObjectReading;
      [key: string]: unknown;

      constructor(reading: ObjectReading) {
        this[READING] = reading;
      }
    },
  }[name]!;
  for (const rule of rules) {
    registerDecorator({
      name: 'edmType',
      target: made,
      propertyName: rule.key,
      constraints: [rule],
      validator: MemberConstraint,
    });
    if (rule.kind === 'complex') ValidateNested()(made.prototype as object, rule.key);
  }
  return made;
}

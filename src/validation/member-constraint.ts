import { ValidatorConstraint, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';

import type { JsonValue } from '../edm/index.js';

import { READING, type DataTransferObject } from './data-transfer-object.js';
import type { MemberRule } from './member-rule.js';
import { readScalars } from './scalar-value.js';

/**
 * The one class-validator constraint: a member's value agrees with the schema. It leaves the canonical value
 * in the data transfer object, so that no value is read twice, and the wording of problems in the object's reading.
 */
export class MemberConstraint implements ValidatorConstraintInterface {
  validate(value: unknown, { constraints, object }: ValidationArguments): boolean {
    const rule = constraints[0] as MemberRule;
    const transferObject = object as DataTransferObject;
    const reading = transferObject[READING];
    if (reading.problemsOf(rule.key)) return false;
    if (value === undefined) return !reading.demands(rule) || reading.note(rule, 'MissingProperty', 'is missing.');
    if (value === null) return rule.acceptsNull || reading.note(rule, 'NullNotAllowed', nullProblem(rule));
    if (rule.kind !== 'scalar') return true;
    const canonical = readScalars(rule, value as JsonValue, reading);
    if (canonical === undefined) return false;
    transferObject[rule.key] = canonical;
    return true;
  }
}

// Registered by hand: decorators on our own classes are kept to Nest's artefacts.
ValidatorConstraint({ name: 'edmType' })(MemberConstraint);

function nullProblem(rule: MemberRule): string {
  return rule.reference.isCollection ? 'must not be null; an empty collection is [].' : 'must not be null.';
}

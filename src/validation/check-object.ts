import { validateSync, type ValidationError, type ValidatorOptions as ClassValidatorOptions } from 'class-validator';

import { suggestion } from '../error/index.js';

import { isDataTransferObject, READING, type DataTransferObject } from './data-transfer-object.js';
import { memberName } from './member-rule.js';
import type { ObjectReading } from './object-reading.js';

/** Dynamic properties of open types never come here: they are not part of data transfer objects. */
const OPTIONS: ClassValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: false,
  validationError: { target: true, value: false },
};

const LONGEST_NAME = 200;

/** Lets class-validator check a data transfer object and all that it holds; what is wrong is reported. */
export function checkObject(object: DataTransferObject): void {
  const errors = validateSync(object, OPTIONS);
  if (errors.length > 0) reportErrors(errors);
}

/** The tree says where something is wrong, the object's reading what. Complaints about nulls inside are class-validator's alone. */
function reportErrors(errors: readonly ValidationError[]): void {
  for (const { target, property, constraints, children } of errors) {
    if (isDataTransferObject(target)) reportMember(target[READING], property, constraints);
    if (children) reportErrors(children);
  }
}

function reportMember(reading: ObjectReading, key: string, constraints: ValidationError['constraints']): void {
  const { violations } = reading.draft.payload;
  const name = memberName(key).slice(0, LONGEST_NAME);
  const target = reading.targetOf(name);
  for (const { code, at, writeMessage } of reading.problemsOf(key) ?? [])
    violations.report(code, target + at, () => writeMessage(target + at));
  if (constraints?.['whitelistValidation'] === undefined) return;
  const { owner, rules, noun } = reading.members;
  violations.report(
    'UnknownProperty',
    target,
    () => `The ${noun} '${name}' does not exist on ${owner}.${suggestion(name, rules.keys())}`,
  );
}

import type { Reading } from '../scalar-type.js';
import { isCalendarDay } from './calendar.js';
import { mismatch } from './mismatch.js';
import { textType } from './text-type.js';

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

const DESCRIPTION = 'a date from 0001-01-01 to 9999-12-31 such as 2026-01-31';

/** [CSDL-JSON 3.3] [OData-ABNF dateValue] */
export const dateType = textType({ qualifiedName: 'Edm.Date', description: DESCRIPTION, read });

function read(text: string): Reading {
  const match = DATE.exec(text);
  const exists = match && isCalendarDay({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
  return exists ? { value: text } : mismatch(DESCRIPTION, text);
}

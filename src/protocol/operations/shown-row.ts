import { writeJson } from '../../edm/index.js';
import type { Row } from '../../store/index.js';
import type { Exchange } from '../exchange.js';
import { documentOf } from '../row-document.js';
import { typeOfRow } from '../row-type.js';

/** A row with its values in the form in which the client wants to see them. */
export function shownRow({ parts, preferences }: Exchange, row: Row): Row {
  const document = documentOf(row);
  const shown = parts.profile.shown(typeOfRow(row, parts), document, { preferences, isNew: false });
  return shown === document ? row : { ...row, document: writeJson(shown) };
}

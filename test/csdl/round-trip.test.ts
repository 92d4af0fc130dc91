import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { readCsdlJson, readXml, writeCsdlJson, writeXml } from '../../src/csdl/index.js';

import { generatedDocument } from './generated-document.js';

describe('generated documents', () => {
  it('survive the way through XML', () => {
    fc.assert(
      fc.property(generatedDocument, (json) => expect(readXml(writeXml(json))).toEqual(json)),
      { numRuns: 300 },
    );
  });

  it('survive the way through JSON', () => {
    fc.assert(
      fc.property(generatedDocument, (json) => expect(readCsdlJson(writeCsdlJson(json))).toEqual(json)),
      { numRuns: 100 },
    );
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { readCsdlJson, readXml, writeCsdlJson, writeXml } from '../../../src/csdl/index.js';

import { differences } from './differences.js';
import { exceptions } from './exceptions.js';

const odata = path.resolve(process.cwd(), '../shared/odata');
const pairs = ['csdl-pairs', 'vocabularies']
  .map((name) => path.join(odata, name))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
  .filter((file) => file.endsWith('.xml') && existsSync(file.replace(/xml$/, 'json')))
  .map((file) => ({ name: path.basename(file, '.xml'), xml: file, json: file.replace(/xml$/, 'json') }));

if (pairs.length === 0) {
  describe.skip('OASIS golden pairs', () => it(`are skipped: there is no folder ${odata}`, () => undefined));
} else {
  describe('OASIS golden pairs: XML becomes the JSON document', () => {
    it.each(pairs)('$name', ({ name, xml, json }) => {
      const actual = readXml(readFileSync(xml, 'utf8'), xml);
      const expected: unknown = JSON.parse(readFileSync(json, 'utf8'));
      const excepted = exceptions.filter((exception) => exception.pair === name).map((exception) => exception.path);
      expect(differences(actual, expected).toSorted()).toEqual(excepted.toSorted());
    });
  });

  describe('OASIS golden pairs: the JSON document survives the way through XML', () => {
    it.each(pairs)('$name', ({ json }) => {
      const document = readCsdlJson(readFileSync(json, 'utf8'), json);
      expect(readXml(writeXml(document))).toEqual(document);
    });
  });

  describe('OASIS golden pairs: the JSON document survives reading and writing', () => {
    it.each(pairs)('$name', ({ json }) => {
      const document = readCsdlJson(readFileSync(json, 'utf8'), json);
      expect(JSON.parse(writeCsdlJson(document))).toEqual(document);
    });
  });
}

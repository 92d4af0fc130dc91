import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { readXml } from '../../../src/csdl/index.js';

const odata = path.resolve(process.cwd(), '../shared/odata');
const folders = ['csdl-pairs', 'vocabularies'].map((name) => path.join(odata, name));
const pairs = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
  .filter((file) => file.endsWith('.xml') && existsSync(file.replace(/xml$/, 'json')))
  .map((file) => ({ name: path.basename(file, '.xml'), xml: file, json: file.replace(/xml$/, 'json') }));

const describeIfPresent = pairs.length > 0 ? describe : describe.skip;

describeIfPresent('OASIS golden pairs of CSDL XML and CSDL JSON', () => {
  it.each(pairs)('$name: XML becomes the JSON document', ({ xml, json }) => {
    expect(readXml(readFileSync(xml, 'utf8'), xml)).toEqual(JSON.parse(readFileSync(json, 'utf8')));
  });
});

import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { checkSchema, loadModel, readXml, summary, writeXml, type Summary } from '../../src/csdl/index.js';

const folder = path.resolve(process.cwd(), '../shared/csdl');

const documents: [name: string, counts: Partial<Summary>, warnings: number][] = [
  ['graph-v1.0-2026-08', { entityTypes: 1182, complexTypes: 1779, enumTypes: 861, actions: 857, functions: 326 }, 48],
  ['graph-v1.0-2021-07', { entityTypes: 507, complexTypes: 518, enumTypes: 323, actions: 598, functions: 212 }, 35],
  ['graph-beta-2021-06', { entityTypes: 1308, complexTypes: 1240, enumTypes: 855, actions: 914, functions: 331 }, 88],
];

if (!existsSync(folder)) {
  describe.skip('the metadata of Microsoft Graph', () =>
    it(`is skipped: there is no folder ${folder}`, () => undefined));
} else {
  describe.each(documents)('%s', (name, counts, warnings) => {
    const { model, documents, positions } = loadModel(path.join(folder, `${name}.csdl.gz`));

    it('has the known numbers of declarations', () => {
      expect(summary(model)).toMatchObject(counts);
    });

    it('has oddities, but no errors', () => {
      const problems = checkSchema(model, positions);
      expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
      expect(problems.every((problem) => problem.line !== undefined)).toBe(true);
      expect(problems).toHaveLength(warnings);
    });

    it('survives the way through XML', () => {
      expect(readXml(writeXml(model))).toEqual(documents[0]);
    });

    it('keeps a type and the functions of its name', () => {
      expect(model.type('graph.image')?.kind).toBe('complex');
      expect(model.operations('graph.image')).toHaveLength(4);
      expect(model.boundOperations('image')).toHaveLength(4);
      expect([...model.declaredNames('ComplexType')]).toContain('microsoft.graph.image');
      expect([...model.declaredNames('Function')]).toContain('microsoft.graph.image');
    });
  });
}

import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import * as api from '../src/index.js';

const text = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');

describe('the public interface', () => {
  it('has these values', () => {
    expect(Object.keys(api).toSorted()).toEqual([
      'CsdlError',
      'Model',
      'ODataModule',
      'ServiceError',
      'StoreModule',
      'checkSchema',
      'createApplication',
      'createService',
      'defineBehavior',
      'graphBehaviors',
      'graphProfile',
      'loadModel',
      'odataProfile',
      'openStore',
      'serviceToken',
      'writeCsdlJson',
      'writeXml',
    ]);
  });

  it('has these types besides', () => {
    const names = [...text.matchAll(/\btype (\w+)/g)].map(([, name]) => name);
    expect(names.toSorted()).toEqual([
      'ApplicationOptions',
      'Behavior',
      'Entities',
      'Entity',
      'GraphOptions',
      'Limits',
      'Middleware',
      'ODataModuleOptions',
      'OperationEvent',
      'Profile',
      'Service',
      'ServiceOptions',
      'ServiceRequest',
      'ServiceResponse',
      'Space',
      'Store',
      'StoreOptions',
    ]);
  });

  it('names what it exports', () => {
    expect(text).not.toContain('*');
  });
});

import { describe, expect, it } from '@jest/globals';

import { loadModel } from '../../src/csdl/index.js';
import { directoryCollections, hasDeletedItems, homeOf } from '../../src/graph/directory-places.js';

const { model } = loadModel(['test/fixtures/directory.csdl.xml']);

describe('collections of the directory', () => {
  it('are sets and what the directory contains', () => {
    expect(directoryCollections(model)).toEqual([
      'applications',
      'devices',
      'directoryObjects',
      'groups',
      'servicePrincipals',
      'users',
      'directory/administrativeUnits',
      'directory/deletedItems',
    ]);
  });

  it.each([
    ['user', 'users'],
    ['administrativeUnit', 'directory/administrativeUnits'],
    ['directoryObject', 'directoryObjects'],
    ['contact', undefined],
  ])('%s lives in %s', (name, collection) => {
    expect(homeOf(model.entityTypeOrThrow(`microsoft.graph.${name}`), model)).toBe(collection);
  });

  it('need a schema that has them', () => {
    expect(hasDeletedItems(model)).toBe(true);
    expect(hasDeletedItems(loadModel(['metadata/beta.csdl.xml']).model)).toBe(false);
  });
});

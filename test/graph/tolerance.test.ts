import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { graphProfile } from '../../src/graph/index.js';
import { ROOT, useService } from '../protocol/service-in-test.js';

import { office } from './office.js';

const service = useService(office, { profile: graphProfile({ authentication: 'off' }) });

// [Graph: range, tableRow]
describe('values of the type Json', () => {
  it('come back as they were sent', async () => {
    const values = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const { status, json: made } = await service.send('POST', 'rows', { json: { values: value } });
        expect(status).toBe(201);
        const { text } = await service.send('GET', `rows/${made.id}?$select=values`);
        expect(JSON.parse(text).values).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([[[[1, 'a', null]]], ['=A1'], [7], [{ a: 1 }]])('are taken as parameters: %j', async (values) => {
    const { json: row } = await service.send('POST', 'rows', { json: {} });
    const { status, json } = await service.send('POST', `rows/${row.id}/addRow`, { json: { values } });
    expect([status, json['@odata.type']]).toEqual([200, '#microsoft.graph.plannerTask']);
  });

  it('are no rule for other types without properties', async () => {
    expect((await service.send('POST', 'rows', { json: { facet: {} } })).status).toBe(201);
    expect((await service.send('POST', 'rows', { json: { facet: 'a' } })).status).toBe(400);
    expect((await service.send('POST', 'rows', { json: { facet: { a: 1 } } })).status).toBe(400);
  });
});

// [Graph: plannerAssignments, plannerExternalReferences]
describe('names of dynamic properties', () => {
  it.each([
    ['6463a5ce-2119-4198-9f2a-628761df4a62', 201],
    ['https%3A//contoso%2Ecom/a b', 201],
    ['x'.repeat(2048), 201],
    ['x'.repeat(2049), 400],
    ['', 400],
    ['a\nb', 400],
    ['constructor', 400],
    ['toString', 400],
  ])('may be ids and addresses: %j is %i', async (name, status) => {
    const assignments = { [name]: { orderHint: ' !' } };
    const made = await service.send('POST', 'plannerTasks', { json: { assignments } });
    expect(made.status).toBe(status);
    if (status !== 201) return;
    const { json } = await service.send('GET', `plannerTasks/${made.json.id}`);
    expect(json.assignments).toEqual(assignments);
    const url = `plannerTasks/${made.json.id}`;
    const more = { assignments: { other: 1 } };
    const { json: changed } = await service.send('PATCH', url, { json: more });
    expect(changed.assignments).toEqual({ ...assignments, other: 1 });
  });
});

describe('operations of a namespace below the default one', () => {
  it('are called by their simple names, too', async () => {
    const { json: made } = await service.send('POST', 'people', { json: {} });
    for (const name of ['wave', 'microsoft.graph.greetings.wave', 'Wave'])
      expect((await service.send('POST', `people/${made.id}/${name}`)).status).toBe(204);
    expect((await service.send('POST', `people/${made.id}/microsoft.graph.wave`)).status).toBe(400);
    expect((await service.send('POST', `people/${made.id}/shout`)).status).toBe(400);
  });
});

describe('a function that counts', () => {
  it('tells how many there are', async () => {
    for (let count = 0; count < 3; count++) {
      const { headers, json } = await service.send('GET', 'people/getPersonCount()');
      expect([headers.get('x-mockgraph-answer'), json.value]).toEqual(['sample', count]);
      await service.send('POST', 'people', { json: {} });
    }
  });
});

// [Graph: Get printJob, Get chat]
describe('contained entities that are expanded', () => {
  it('have a context of their own, others have none', async () => {
    const { json: made } = await service.send('POST', 'people', { json: { notes: [{}], friends: [{}] } });
    const url = `people/${made.id}?$expand=friends,notes($expand=first)`;
    const { json } = await service.send('GET', url);
    const context = `${ROOT}/$metadata#people('${made.id}')/notes`;
    expect(json['notes@odata.context']).toBe(context);
    expect(Object.keys(json)).not.toContain('friends@odata.context');
    const [note] = json.notes;
    expect(note['first@odata.context']).toBe(`${context}('${note.id}')/first/$entity`);
    const { json: listed } = await service.send('GET', 'people?$expand=notes($top=1)&$select=id');
    expect(listed.value.map((each: object) => Object.keys(each))).toContainEqual([
      'id',
      'notes@odata.context',
      'notes',
    ]);
    const none = await service.send('GET', `${url}&$format=application/json;odata.metadata=none`);
    expect(none.text).not.toContain('@odata.context');
  });

  // [Graph: Get apiConnectorConfiguration]
  it.each(['', '/hall'])('have one within a complex value too: houses/1%s', async (rest) => {
    const hall = { '@odata.type': 'microsoft.graph.attic', level: 'top', boxes: [{}], chest: {} };
    const { json: made } = await service.send('POST', 'houses', { json: { hall } });
    const way = rest === '' ? 'hall/microsoft.graph.attic/' : 'microsoft.graph.attic/';
    const { status, json } = await service.send('GET', `houses/${made.id}${rest}?$expand=${way}boxes,${way}chest`);
    const context = `${ROOT}/$metadata#houses('${made.id}')/hall/microsoft.graph.attic`;
    expect([status, rest === '' ? json.hall : json]).toMatchObject([
      200,
      {
        'boxes@odata.context': `${context}/boxes`,
        boxes: [{}],
        'chest@odata.context': `${context}/chest/$entity`,
        chest: {},
      },
    ]);
  });
});

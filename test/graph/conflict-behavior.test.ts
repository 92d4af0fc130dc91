import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';

import { onEachDatabase, type DirectoryService } from './directory-service.js';

const TERM = '@microsoft.graph.conflictBehavior';
const ROOT = 'drives/shared/root';

onEachDatabase(
  'the conflict behaviour of drive items [Graph: driveItem resource type]',
  (service: DirectoryService) => {
    let run = 0;
    let folder = '';
    const put = (path: string, body: string, option = '') =>
      service.send('PUT', `${ROOT}:/${folder}/${path}:/content${option}`, {
        body,
        headers: { 'content-type': 'text/plain' },
      });
    const post = (json: object, option = '') => service.post(`${ROOT}:/${folder}:/children${option}`, json);
    const option = (value: string, at = '@') => `?${at}microsoft.graph.conflictBehavior=${value}`;
    const names = async () =>
      (await service.get(`${ROOT}:/${folder}:/children`)).json.value
        .map(({ name }: { name: string }) => name)
        .toSorted();
    const content = async (name: string) => (await service.get(`${ROOT}:/${folder}/${name}:/content`)).text;
    const facts = async () => {
      const { folder: facet, size } = (await service.get(`${ROOT}:/${folder}`)).json;
      return [facet.childCount, size];
    };

    beforeEach(async () => {
      if (run === 0) await service.create('drives', { id: 'shared', name: 'Shared' });
      folder = `run${String(++run)}`;
      expect((await put('a.txt', 'old')).status).toBe(201);
      expect((await post({ name: 'sub.dir', folder: {} })).status).toBe(201);
    });
    afterAll(() => expect(service.faults).toEqual([]));

    describe('by the body of a creation', () => {
      it('fail is 409, as it is without one', async () => {
        for (const json of [
          { name: 'A.TXT', file: {}, [TERM]: 'fail' },
          { name: 'a.txt', file: {} },
          { name: 'sub.dir', folder: {}, [TERM]: 'fail' },
        ]) {
          const { status, json: answer } = await post(json);
          expect([status, answer.error.code]).toEqual([409, 'nameAlreadyExists']);
        }
        expect(await names()).toEqual(['a.txt', 'sub.dir']);
      });

      it('rename gives the lowest number that is free, before the extension of a file', async () => {
        const made = async (json: object) => (await post({ ...json, [TERM]: 'rename' })).json.name;
        expect(await made({ name: 'a.txt', file: {} })).toBe('a 1.txt');
        expect(await made({ name: 'A.txt', file: {} })).toBe('A 2.txt');
        expect(await made({ name: 'sub.dir', folder: {} })).toBe('sub.dir 1');
        expect(await made({ name: 'new.txt', file: {} })).toBe('new.txt');
        expect(await made({ name: '.hidden', file: {} })).toBe('.hidden');
        expect(await made({ name: '.hidden', file: {} })).toBe('.hidden 1');
        expect((await facts())[0]).toBe(8);
      });

      it('replace takes a file away with its content, and no folder', async () => {
        const before = (await service.get(`${ROOT}:/${folder}/a.txt`)).json.id;
        const { status, json } = await post({ name: 'a.txt', file: {}, [TERM]: 'replace' });
        expect([status, json.name, json.id === before]).toEqual([201, 'a.txt', false]);
        expect(await facts()).toEqual([2, 0]);
        expect((await service.get(`drives/shared/items/${before}`)).status).toBe(404);
        for (const other of [
          { name: 'sub.dir', folder: {} },
          { name: 'sub.dir', file: {} },
          { name: 'a.txt', folder: {} },
        ])
          expect((await post({ ...other, [TERM]: 'replace' })).status).toBe(409);
      });

      it.each(['overwrite', '', 1, {}, []])('%j is no behaviour', async (value) => {
        const { status, json } = await post({ name: 'b.txt', file: {}, [TERM]: value });
        expect([status, json.error.code]).toEqual([400, 'invalidRequest']);
        expect(await names()).toEqual(['a.txt', 'sub.dir']);
      });

      it('counts among bundles, which share names otherwise', async () => {
        const bundle = (more: object) =>
          service.post('drives/shared/bundles', { name: `b${folder}`, bundle: {}, ...more });
        for (const more of [{}, {}, { [TERM]: 'rename' }]) expect((await bundle(more)).status).toBe(201);
        const { json } = await bundle({ [TERM]: 'rename' });
        expect(json.name).toBe(`b${folder} 2`);
        expect((await bundle({ [TERM]: 'fail' })).status).toBe(409);
        expect((await bundle({ [TERM]: 'replace' })).status).toBe(501);
      });

      it('is not shown', async () => {
        expect((await post({ name: 'b.txt', file: {}, [TERM]: 'fail' })).text).not.toContain('conflictBehavior');
      });
    });

    describe('by the URL of an upload', () => {
      it('fail leaves what is there', async () => {
        const { status, json } = await put('a.txt', 'new', option('fail'));
        expect([status, json.error.code]).toEqual([409, 'nameAlreadyExists']);
        expect(await content('a.txt')).toBe('old');
        expect((await put('b.txt', 'new', option('fail'))).status).toBe(201);
      });

      it('replace writes over it, as is done without one', async () => {
        for (const each of ['', option('replace'), option('replace', '%40'), option("'replace'")]) {
          expect((await put('a.txt', `new${each}`, each)).status).toBe(200);
          expect(await content('a.txt')).toBe(`new${each}`);
        }
        expect(await names()).toEqual(['a.txt', 'sub.dir']);
      });

      it('rename writes another', async () => {
        const { status, json } = await put('a.txt', 'new', option('rename'));
        expect([status, json.name, json.size]).toEqual([201, 'a 1.txt', 3]);
        expect([await content('a.txt'), await content('a%201.txt')]).toEqual(['old', 'new']);
        expect(await facts()).toEqual([3, 6]);
      });

      it('makes the folders on the way once', async () => {
        for (const name of ['x.txt', 'y.txt'])
          expect((await put(`sub.dir/${name}`, 'z', option('rename'))).status).toBe(201);
        expect(await names()).toEqual(['a.txt', 'sub.dir']);
      });

      it('counts for creations too, where the body does not say otherwise', async () => {
        const json = { name: 'a.txt', file: {} };
        expect((await post(json, option('rename'))).json.name).toBe('a 1.txt');
        expect((await post({ ...json, [TERM]: 'fail' }, option('rename'))).status).toBe(409);
      });

      it('beside other options', async () => {
        const { status, json } = await post({ name: 'a.txt', file: {} }, `${option('rename')}&$select=name`);
        expect([status, Object.keys(json)]).toEqual([201, expect.not.arrayContaining(['size'])]);
      });

      it('many at once get names of their own', async () => {
        const answers = await Promise.all(Array.from({ length: 6 }, () => put('a.txt', 'x', option('rename'))));
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
        expect(await names()).toHaveLength(8);
      });

      it.each([
        ['a value that is none', (id: string) => ['PUT', `${ROOT}:/F/a.txt:/content${option('overwrite')}`, id], 400],
        [
          'it twice',
          (id: string) => ['PUT', `${ROOT}:/F/a.txt:/content${option('fail')}&${option('rename').slice(1)}`, id],
          400,
        ],
        [
          'another one for an item that is named by its id',
          (id: string) => ['PUT', `drives/shared/items/${id}/content${option('rename')}`, id],
          400,
        ],
        ['one for a change', (id: string) => ['PATCH', `drives/shared/items/${id}${option('rename')}`, id], 501],
        ['one for a read', () => ['GET', `${ROOT}${option('rename')}`, ''], 400],
        ['one for what is in no drive', () => ['POST', `users${option('rename')}`, ''], 400],
      ])('refuses %s', async (_, request, expected) => {
        const { id } = (await service.get(`${ROOT}:/${folder}/a.txt`)).json;
        const [method = '', url = ''] = request(id as string);
        const isText = url.includes('/content');
        const { status } = await service.send(method, url.replace('/F/', `/${folder}/`), {
          ...(method === 'GET' ? {} : { body: isText ? 'x' : '{"name":"b.txt"}' }),
          headers: { 'content-type': isText ? 'text/plain' : 'application/json' },
        });
        expect(status).toBe(expected);
        expect(await content('a.txt')).toBe('old');
      });
    });
  },
);

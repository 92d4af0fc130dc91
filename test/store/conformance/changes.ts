import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ReadPlan } from '../../../src/plan/index.js';
import type { Change, Space, Store } from '../../../src/store/index.js';
import {
  all,
  at,
  aWhile,
  FRIENDS,
  friendsPlan,
  insert,
  newRow,
  newSpace,
  type OpenStore,
  orderBy,
  planOf,
} from './fixture.js';

const things = planOf('things');

/** A plan of the things whose rank is 1. */
const ranked: ReadPlan = {
  ...things,
  where: {
    kind: 'comparison',
    operator: 'eq',
    left: orderBy('rank').expression,
    right: { kind: 'literal', value: 1, type: typeOfRank() },
    type: typeOfRank(),
  },
};

function typeOfRank() {
  const { expression } = orderBy('rank');
  return expression.kind === 'value' ? expression.type : undefined;
}

/** The end of the log, once the units of other tests that write at the same time have ended. */
async function settled(space: Space): Promise<number> {
  const { latest } = await space.logEnd();
  for (;;) {
    const { complete } = await space.logEnd();
    if (complete >= latest) return complete;
    await aWhile();
  }
}

async function changesSince(space: Space, since: number, plan = things): Promise<Change[]> {
  const changes: Change[] = [];
  const { latest } = await space.logEnd();
  for await (const change of space.changes(plan, { since, until: latest })) changes.push(change);
  return changes;
}

/** Example: `['a', 'b gone', 'c deleted']` */
async function told(space: Space, since: number, plan = things): Promise<string[]> {
  return (await changesSince(space, since, plan)).map(
    ({ key, row, isDeleted }) => key + (isDeleted ? ' deleted' : row === undefined ? ' gone' : ''),
  );
}

export function changesConformance(open: OpenStore): void {
  describe('changes', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    async function start(...keys: string[]): Promise<{ space: Space; since: number }> {
      const space = newSpace(store);
      for (const key of keys) await insert(space, at('things', key), { id: key, rank: 1 });
      return { space, since: await settled(space) };
    }
    const replace = (space: Space, key: string, document: object, version = 1) =>
      space.write((unit) => unit.replace(newRow(at('things', key), document), version));
    const remove = (space: Space, key: string, version = 1) =>
      space.write((unit) => unit.remove(at('things', key), version));
    const link = (space: Space, source: string, target: string) =>
      space.write((unit) => unit.link(at('things', source), FRIENDS, at('things', target)));

    it('tell of what was created, changed and deleted, each once, in the order of the last change', async () => {
      const { space, since } = await start('old', 'changed', 'dropped');
      expect(await told(space, since)).toEqual([]);
      await replace(space, 'changed', { rank: 2 });
      await insert(space, at('things', 'new'), { rank: 1 });
      await remove(space, 'dropped');
      await replace(space, 'changed', { rank: 3 }, 2);
      expect(await told(space, since)).toEqual(['new', 'dropped deleted', 'changed']);
      const [, dropped, changed] = await changesSince(space, since);
      expect(dropped).toMatchObject({ collection: 'things', type: 'test.thing', row: undefined });
      expect(JSON.parse(changed!.row!.document)).toEqual({ rank: 3 });
    });

    it('tell of what was created again as present', async () => {
      const { space, since } = await start('a');
      await remove(space, 'a');
      await insert(space, at('things', 'a'));
      expect(await told(space, since)).toEqual(['a']);
    });

    it('tell of what a condition does not hold for any more', async () => {
      const { space, since } = await start('stays', 'leaves');
      await replace(space, 'stays', { rank: 1, name: 'x' });
      await replace(space, 'leaves', { rank: 2 });
      expect(await told(space, since, ranked)).toEqual(['stays', 'leaves gone']);
    });

    it('are those of one collection and one space', async () => {
      const { space, since } = await start();
      await insert(space, at('others', 'a'));
      await insert(space, at('things/a/parts', 'a'));
      await insert(newSpace(store), at('things', 'a'));
      expect(await told(space, since)).toEqual([]);
      expect(await told(space, since, planOf('others'))).toEqual(['a']);
    });

    it('are not those of a unit that was rolled back', async () => {
      const { space, since } = await start();
      const failing = space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'a')));
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await told(space, since)).toEqual([]);
    });

    it('are read on behind any of them, up to where the reading began', async () => {
      const { space, since } = await start();
      const keys = Array.from({ length: 450 }, (_, index) => String(index));
      await space.write(async (unit) => {
        for (const key of keys) await unit.insert(newRow(at('things', key)));
      });
      const changes = await changesSince(space, since);
      expect(changes.map((change) => change.key)).toEqual(keys);
      const until = (await space.logEnd()).latest;
      await insert(space, at('things', 'later'));
      const rest: string[] = [];
      const range = { since, until, after: changes[99]!.position };
      for await (const { key } of space.changes(things, range)) rest.push(key);
      expect(rest).toEqual(keys.slice(100));
    });

    it('are seen within their unit', async () => {
      const { space, since } = await start();
      await space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'a')));
        const { latest: until } = await unit.logEnd();
        const keys: string[] = [];
        for await (const { key } of unit.changes(things, { since, until })) keys.push(key);
        expect(keys).toEqual(['a']);
      });
    });

    it('tell of streams', async () => {
      const { space, since } = await start('a');
      const row = (await space.get(at('things', 'a')))!;
      await space.write((unit) => unit.writeStream(row, '', { contentType: 'a/b', bytes: Buffer.alloc(1) }, 0));
      expect(await told(space, since)).toEqual(['a']);
    });

    it('tell of linked entities', async () => {
      const { space } = await start('me', 'a', 'b', 'c', 'stranger');
      for (const key of ['a', 'b', 'c']) await link(space, 'me', key);
      const since = await settled(space);
      const friends = friendsPlan(at('things', 'me'));
      await link(space, 'me', 'a');
      expect(await told(space, since, friends)).toEqual([]);
      await space.write((unit) => unit.unlink(at('things', 'me'), FRIENDS, at('things', 'a')));
      await remove(space, 'b');
      await replace(space, 'c', { name: 'changed' });
      await replace(space, 'stranger', { name: 'changed' });
      await insert(space, at('things', 'd'));
      await link(space, 'me', 'd');
      await link(space, 'stranger', 'me');
      expect(await told(space, since, friends)).toEqual(['a gone', 'b deleted', 'c', 'd']);
      expect(await told(space, since, friendsPlan(at('things', 'a'), { inverse: true }))).toEqual(['me gone']);
      expect(await told(space, since, friendsPlan(at('things', 'me'), { inverse: true }))).toEqual(['stranger']);
    });

    it('tell of entities whose embedded links changed', async () => {
      const { space } = await start('me', 'a', 'b', 'other');
      const property = { ...friendsPlan(at('things', 'me')).from };
      if (property.kind !== 'related') throw new Error('The fixture has changed.');
      const embed = {
        name: 'friends',
        path: 'friends',
        property: property.relation.property,
        within: [],
        as: 'entities' as const,
        count: false,
        plan: { ...things, from: { kind: 'embedded' as const, relation: property.relation } },
      };
      const plan: ReadPlan = { ...things, embed: [embed] };
      await link(space, 'me', 'a');
      const since = await settled(space);
      await link(space, 'me', 'b');
      expect(await told(space, since, plan)).toEqual(['me']);
      expect(await told(space, since)).toEqual([]);
      const before = await settled(space);
      await remove(space, 'a');
      const [me, a] = await changesSince(space, before, plan);
      expect([a!.key, a!.isDeleted]).toEqual(['a', true]);
      expect(me!.row!.embedded!.get('friends')!.rows.map((row) => row.key)).toEqual(['b']);
    });

    it('are gone once the space is cleared', async () => {
      const { space, since } = await start('a');
      await space.clear();
      await expect(changesSince(space, since)).rejects.toMatchObject({ status: 410 });
      const again = await settled(space);
      await insert(space, at('things', 'b'));
      expect(await told(space, again)).toEqual(['b']);
      const other = await start('c');
      await space.clear();
      expect(await told(other.space, other.since)).toEqual([]);
    });

    it.each([0, -1, 42, Number.MAX_SAFE_INTEGER])('are gone for the position %i of another store', async (position) => {
      const { space } = await start('a');
      await expect(changesSince(space, position)).rejects.toMatchObject({ status: 410 });
    });

    it('are complete for those who go on from where they stopped, whatever writes at the same time', async () => {
      const { space, since } = await start();
      const slow = space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'slow')));
        await aWhile();
        await aWhile();
      });
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let index = 0; index < 25; index++) {
          await space.write(async (unit) => {
            await unit.insert(newRow(at('things', `${writer}-${index}`)));
            if (index % 5 === writer % 5) await new Promise((resolve) => setTimeout(resolve, 3));
          });
        }
      });
      let isRunning = true;
      const writing = Promise.all([slow, ...writers]).finally(() => (isRunning = false));
      const seen = new Set<string>();
      let position = since;
      for (let isLast = false; !isLast;) {
        isLast = !isRunning;
        const { latest, complete } = await space.logEnd();
        for await (const { key } of space.changes(things, { since: position, until: latest })) seen.add(key);
        position = Math.max(position, complete);
      }
      await writing;
      const stored = (await all(space.read(things))).map((row) => row.key);
      expect(stored).toHaveLength(201);
      expect([...seen].toSorted()).toEqual(stored.toSorted());
    });
  });
}

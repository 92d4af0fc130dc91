import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

onEachDatabase('plans, buckets and tasks', (service) => {
  const titles = async (url: string): Promise<string[]> => {
    const { status, json, text } = await service.get(url);
    expect([status, text]).toEqual([200, text]);
    return json.value.map(({ title }: { title: string }) => title).toSorted();
  };
  const assigned = (...ids: string[]) =>
    Object.fromEntries(
      ids.map((id) => [id, { '@odata.type': '#microsoft.graph.plannerAssignment', orderHint: ' !' }] as const),
    );
  let plan: string;
  let bucket: string;

  beforeAll(async () => {
    await service.create('users', { id: 'ada' });
    await service.create('users', { id: 'bob' });
    await service.create('groups', { id: 'team', displayName: 'Team' });
    plan = (await service.create('planner/plans', { title: 'Plan', owner: 'team' })).id;
    bucket = (await service.create('planner/buckets', { name: 'Bucket', planId: plan })).id;
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it('are found with what they name [Graph: plannerTask, plannerBucket resource types]', async () => {
    await service.create('planner/tasks', { title: 'in the bucket', planId: plan, bucketId: bucket });
    await service.create('planner/tasks', { title: 'in the plan', planId: plan });
    await service.create('planner/tasks', { title: 'alone' });
    expect(await titles(`planner/plans/${plan}/tasks`)).toEqual(['in the bucket', 'in the plan']);
    expect(await titles(`planner/buckets/${bucket}/tasks`)).toEqual(['in the bucket']);
    expect(await titles(`planner/plans/${plan}/buckets/${bucket}/tasks`)).toEqual(['in the bucket']);
    expect(await titles('planner/tasks')).toEqual(['alone', 'in the bucket', 'in the plan']);
    expect((await service.get('planner/plans/none/tasks')).status).toBe(404);
  });

  it('follow a task that changes its bucket', async () => {
    const { id } = await service.create('planner/tasks', { title: 'moving', planId: plan });
    const { status } = await service.send('PATCH', `planner/tasks/${id}`, { json: { bucketId: bucket } });
    expect(status).toBeLessThan(300);
    expect(await titles(`planner/buckets/${bucket}/tasks`)).toEqual(['in the bucket', 'moving']);
    expect((await service.send('DELETE', `planner/tasks/${id}`)).status).toBe(204);
    expect(await titles(`planner/plans/${plan}/tasks`)).toEqual(['in the bucket', 'in the plan']);
  });

  it('get the plan that they are created in', async () => {
    const { id } = await service.create(`planner/plans/${plan}/tasks`, { title: 'below' });
    expect((await service.get(`planner/tasks/${id}`)).json).toMatchObject({ title: 'below', planId: plan });
  });

  it('are found with the group that owns them [Graph: List plans]', async () => {
    expect(await titles('groups/team/planner/plans')).toEqual(['Plan']);
  });

  it('are found with those whom they are assigned to [Graph: List user tasks]', async () => {
    const task = { title: 'shared', planId: plan, assignments: assigned('ada', 'bob', 'nobody') };
    const { id } = await service.create('planner/tasks', task);
    expect(await titles('users/ada/planner/tasks')).toEqual(['shared']);
    expect(await titles('users/bob/planner/tasks')).toEqual(['shared']);
    await service.send('PATCH', `planner/tasks/${id}`, { json: { assignments: { ada: null } } });
    expect(await titles('users/ada/planner/tasks')).toEqual([]);
    expect(await titles('users/bob/planner/tasks')).toEqual(['shared']);
    expect((await service.get(`users/bob/planner/tasks/${id}`)).json.title).toBe('shared');
  });
});

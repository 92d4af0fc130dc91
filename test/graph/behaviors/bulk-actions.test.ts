import { afterAll, beforeEach, expect, it } from '@jest/globals';

import { onEachDatabase } from '../directory-service.js';

const DEVICES = 'deviceManagement/managedDevices';
const AUDITS = 'deviceManagement/remoteActionAudits';

onEachDatabase('actions on devices leave audits', (service) => {
  let count = 0;
  let device = '';
  beforeEach(async () => {
    device = `device ${String(++count)}`;
    await service.create(DEVICES, { id: device, deviceName: 'Laptop' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  const audits = async () => {
    const { json } = await service.get(`${AUDITS}?$filter=managedDeviceId eq '${device}'`.replaceAll(' ', '%20'));
    return json.value;
  };
  const execute = (json: object) => service.post(`${DEVICES}/executeAction`, json);

  it('one by one', async () => {
    const path = `${DEVICES}/${encodeURIComponent(device)}`;
    expect((await service.post(`${path}/wipe`, { keepEnrollmentData: true })).status).toBe(204);
    expect(await audits()).toMatchObject([
      {
        action: 'factoryResetKeepEnrollmentData',
        actionState: 'pending',
        deviceActionCategory: 'single',
        deviceDisplayName: 'Laptop',
        requestDateTime: '2026-01-02T03:04:05Z',
        bulkDeviceActionId: null,
      },
    ]);
  });

  it.each([
    ['retire', {}, 'removeCompanyData'],
    ['wipe', {}, 'factoryReset'],
    ['wipe', { keepEnrollmentData: true }, 'factoryResetKeepEnrollmentData'],
    ['rebootNow', {}, 'rebootNow'],
  ])('many at once: %s %j [Graph: executeAction]', async (actionName, more, action) => {
    const { status, json } = await execute({ actionName, ...more, deviceIds: [device, 'none', device, '\ud800'] });
    expect([status, json]).toMatchObject([
      200,
      { successfulDeviceIds: [device], notFoundDeviceIds: ['none', expect.any(String)], failedDeviceIds: [] },
    ]);
    expect(await audits()).toMatchObject([
      { action, deviceActionCategory: 'bulk', bulkDeviceActionId: expect.stringMatching(/^[\w-]{36}$/) },
    ]);
  });

  it('what the enumeration of audited actions does not know leaves none', async () => {
    const { json } = await execute({ actionName: 'syncDevice', deviceIds: [device] });
    expect([json.successfulDeviceIds, await audits()]).toEqual([[device], []]);
  });

  it('deleting takes the device away, and leaves its audit', async () => {
    await execute({ actionName: 'delete', deviceIds: [device] });
    expect((await service.get(`${DEVICES}/${encodeURIComponent(device)}`)).status).toBe(404);
    expect(await audits()).toMatchObject([{ action: 'delete' }]);
  });

  it('of names that are none is refused', async () => {
    expect((await execute({ actionName: 'explode', deviceIds: [device] })).status).toBe(400);
    expect((await execute({ deviceIds: [device] })).status).toBe(400);
    expect(await audits()).toEqual([]);
  });
});

import assert from 'node:assert/strict';

import type { Clients } from '../clients.js';

export async function managedDevicesTakeRemoteActions({ client }: Clients): Promise<void> {
  const devices = '/deviceManagement/managedDevices';
  const device = await client.api(devices).post({ deviceName: 'Phone', operatingSystem: 'iOS', userId: 'ada' });
  assert.equal(device.deviceName, 'Phone');
  assert.equal(await client.api(`${devices}/${device.id}/rebootNow`).post({}), undefined);
  assert.equal(await client.api(`${devices}/${device.id}/remoteLock`).post(null), undefined);
  const found = await client.api(devices).filter("deviceName eq 'Phone'").select('id,deviceName').get();
  assert.equal(
    found.value.some(({ id }: { id: string }) => id === device.id),
    true,
  );
  await assert.rejects(client.api(`${devices}/${device.id}/wipe`).post({ keepUserData: 'yes' }), { statusCode: 400 });
  await client.api(`${devices}/${device.id}`).delete();
  await assert.rejects(client.api(`${devices}/${device.id}/rebootNow`).post({}), { statusCode: 404 });
}

import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const id = { $Kind: 'EntityType', $Key: ['ID'], ID: {} };
const one = (type: string, more: object) => ({ $Kind: 'NavigationProperty', $Type: type, $Nullable: true, ...more });

/** A passport has the key of its owner. [CSDL-JSON 8.5] */
const office: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'office.Container',
  office: {
    Person: { ...id, Passport: one('office.Passport', { $Partner: 'Owner' }) },
    Passport: { ...id, Owner: one('office.Person', { $Partner: 'Passport', $ReferentialConstraint: { ID: 'ID' } }) },
    Container: {
      $Kind: 'EntityContainer',
      People: { $Collection: true, $Type: 'office.Person' },
      Passports: { $Collection: true, $Type: 'office.Passport' },
    },
  },
};

const { send } = useService(office);
const to = (target: string) => ({ json: { '@odata.id': target } });
const status = async (...request: Parameters<typeof send>) => (await send(...request)).status;

// [OData-Protocol 11.4.3: key values do not change]
describe('what shares its key with another', () => {
  beforeEach(async () => {
    for (const ID of ['ada', 'bo']) await send('POST', 'People', { json: { ID } });
    await send('POST', 'Passports', { json: { ID: 'ada' } });
  });

  it('stays related to it alone', async () => {
    expect(await status('PUT', "Passports('ada')/Owner/$ref", to("People('bo')"))).toBe(405);
    expect(await status('PUT', "People('bo')/Passport/$ref", to("Passports('ada')"))).toBe(405);
    expect(await status('DELETE', "Passports('ada')/Owner/$ref")).toBe(405);
    expect((await send('GET', "Passports('ada')/Owner")).json).toMatchObject({ ID: 'ada' });
    expect(await status('GET', "People('bo')/Passport")).not.toBe(200);
  });

  it('may be related to it again', async () => {
    expect(await status('PUT', "Passports('ada')/Owner/$ref", to("People('ada')"))).toBe(204);
    expect((await send('GET', "People('ada')/Passport")).json).toMatchObject({ ID: 'ada' });
  });
});

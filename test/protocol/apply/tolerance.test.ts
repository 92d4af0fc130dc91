import { beforeEach, describe, expect, it } from '@jest/globals';

import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

describe('$apply beyond the specification, where the profile allows it', () => {
  const service = useService(csdl, { profile: { tolerantApply: true } });
  beforeEach(() => sell(service));

  it('$count is the number of rows that a group had', async () => {
    const url = encodeURI('Sales?$apply=groupby((Product/Name))/filter($count gt 2)');
    const { json } = await service.send('GET', url);
    expect(json.value).toEqual([{ Product: { Name: 'Paper' } }]);
  });

  it('the alias of a join hides a declared property', async () => {
    const url = encodeURI(
      "Products?$apply=filter(ID ne 'P3')/outerjoin(Sales as Color,filter(Amount gt 2))&$orderby=ID",
    );
    const { json } = await service.send('GET', url);
    expect(json.value).toMatchObject([
      { ID: 'P1', Color: null },
      { ID: 'P2', Color: { ID: 3 } },
      { ID: 'P2', Color: { ID: 4 } },
      { ID: 'P4', Color: null },
    ]);
    expect(Object.keys(json.value[1]).filter((name) => name === 'Color')).toHaveLength(1);
    expect(json.value[1]).toMatchObject({ Name: 'Coffee', Rating: null });
    const filtered = await service.send('GET', `${url}&$filter=Color/Amount gt 5`.replaceAll(' ', '%20'));
    expect(filtered.json.value).toMatchObject([{ ID: 'P2', Color: { ID: 4 } }]);
  });
});

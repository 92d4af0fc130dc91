import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';

onEachDatabase('keys of several parts as segments [OData-URL 4.3.6]', (service) => {
  beforeAll(async () => {
    await service.create(
      'Loans',
      '{"Reader":"a b/c","Day":"2024-01-01","Note":"n"}',
      '{"Reader":"Note","Day":"2024-01-02"}',
      '{"Reader":"zed","Day":"2024-01-03","Note":"z"}',
    );
    await service.create('Things', '{"Id":1}');
  });

  it.each([
    ['Loans/a%20b%2Fc/2024-01-01', 200, 'n'],
    ['Loans/a%20b%2Fc/2024-01-01/Note', 200, 'n'],
    ['Loans/a%20b%2Fc/2024-01-01/Note/$value', 200, 'n'],
    ['Loans/technical.Loan/a%20b%2Fc/2024-01-01', 200, 'n'],
    ['Loans/Note/2024-01-02', 200, 'Reader'],
    ['Loans/Note/2024-01-02/technical.Loan', 200, 'Reader'],
    ['Loans/x/2024-01-01', 404, "Resource 'Loans/Reader=x,Day=2024-01-01' does not exist."],
    ['Loans/a', 404, "the key of 'technical.Loan' is 'Reader', 'Day', a segment each."],
    ['Loans/a/$count', 404, 'a segment each.'],
    ['Loans/a/2024-13-01', 404, '2024-13-01'],
    ['Loans/a/2024-01-01/2024-01-01', 404, '2024-01-01'],
    ['Things/1/1', 404, "'1'"],
  ])('%s', async (path, status, part) => {
    const answer = await service.get(path);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(part)]);
  });

  it('write, link and stand behind $root', async () => {
    expect((await service.send('PATCH', 'Loans/Note/2024-01-02', { body: '{"Note":"changed"}' })).status).toBe(204);
    expect((await service.get("Loans(Reader='Note',Day=2024-01-02)")).json.Note).toBe('changed');
    const where = { $filter: "$root/Loans/zed/2024-01-03/Note eq 'z'" };
    expect((await service.get(url('Things', where))).json.value).toHaveLength(1);
    expect((await service.get(url('Things', { $filter: "$root/Loans/zed/Note eq 'x'" }))).status).toBe(400);
    expect((await service.send('DELETE', 'Loans/Note/2024-01-02')).status).toBe(204);
    expect((await service.get('Loans/Note/2024-01-02')).status).toBe(404);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

const HEADERS = { consistencylevel: 'eventual' };
const EXTENSION = 'extension_0123456789abcdef0123456789abcdef_team';

onEachDatabase(
  'names that the types of the directory do not declare [Graph: Add custom data to resources]',
  (service) => {
    beforeAll(async () => {
      await service.create('users', {
        id: 'ada',
        displayName: 'Ada',
        [EXTENSION]: 'blue',
        contoso_courses: { level: 3 },
      });
    });

    describe.each(['users', 'groups', 'devices'])('of %s', (path) => {
      it.each([
        "$filter=displayNam eq 'Ada'",
        "$filter=startswith(displayNam,'A')",
        '$orderby=displayNam',
        '$select=displayNam',
        '$select=id,colour',
        '$compute=displayNam as d&$select=d',
        "$count=true&$filter=not(colour eq 'red')",
      ])('are refused: %s', async (query) => {
        const { status, json } = await service.get(`${path}?${query.replaceAll(' ', '%20')}`, HEADERS);
        expect(status).toBe(400);
        expect(json.error.message).toMatch(
          /Could not find a property named '(displayNam|colour)' on type 'microsoft\.graph\./,
        );
        if (query.includes('displayNam')) expect(json.error.message).toContain("Did you mean 'displayName'?");
      });
    });

    it('are refused within $expand, and taken of other open types', async () => {
      expect((await service.get('users?$expand=manager($select=colour)', HEADERS)).status).toBe(400);
      expect((await service.get('users?$expand=contacts($select=colour)', HEADERS)).status).toBe(200);
    });

    it.each([
      `$filter=${EXTENSION} eq 'blue'`,
      '$filter=contoso_courses/level eq 3',
      "$filter=other_thing eq null and id eq 'ada'",
    ])('are taken where they are those of extensions: %s', async (query) => {
      expect(await service.ids(`users?${query.replaceAll(' ', '%20')}`)).toEqual(['ada']);
    });

    it('are those of derived types too, and count in any case', async () => {
      const query = "$filter=startswith(DisplayName,'a')&$select=ID,DISPLAYNAME&$count=true";
      const { json } = await service.get(`users?${query}`, HEADERS);
      expect(json.value).toEqual([{ id: 'ada', displayName: 'Ada' }]);
      await service.create('groups', { id: 'team', displayName: 'Team' });
      await service.link('groups/team/members', 'ada');
      const members = await service.get("groups/team/members?$filter=startswith(displayName,'a')&$count=true", HEADERS);
      expect(members.json.value).toMatchObject([{ id: 'ada' }]);
      expect(
        (await service.get("groups/team/members?$filter=colour eq 'a'&$count=true".replaceAll(' ', '%20'), HEADERS))
          .status,
      ).toBe(400);
    });

    it('are shown where they are selected', async () => {
      expect((await service.get(`users/ada?$select=${EXTENSION}`)).json[EXTENSION]).toBe('blue');
    });
  },
);

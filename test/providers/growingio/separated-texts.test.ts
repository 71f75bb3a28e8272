import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { startGrowingio } from './start-growingio.ts';

const IN_2024 = { apiVersion: '2024' };

async function users(text: string) {
  await using growingio = await startGrowingio({ '/projects/pRoj3ct1/segmentations/s7/users.csv': text }, IN_2024);
  const { cohorts } = growingio.connection.capabilities;
  if (!cohorts) throw new Error('There are cohorts.');
  return await cohorts.readMembers('s7', growingio.deadline());
}

async function rules(text: string) {
  await using growingio = await startGrowingio({ '/projects/pRoj3ct1/rules.csv': text });
  const definitions = growingio.connection.capabilities['event-definitions'];
  if (!definitions) throw new Error('There are event definitions.');
  return await definitions.listEventDefinitions(growingio.deadline());
}

const plain = ({ idName, attributeNames, members }: Awaited<ReturnType<typeof users>>) => ({
  header: [idName, ...attributeNames],
  rows: members.map(({ userId, attributes }) => [userId, ...attributes]),
});

describe('The users of a segment', () => {
  it.each([
    ['tabs', 'cs1\tname\n007\tAcme, Inc.\n12249\tGrowingIO\n'],
    ['CRLF and a byte order mark', '\uFEFFcs1\tname\r\n007\tAcme, Inc.\r\n12249\tGrowingIO\r\n'],
    ['blanks behind the header', 'cs1\tname  \n007\tAcme, Inc.\n12249\tGrowingIO'],
    ['an empty column at the end', 'cs1\tname\t\n007\tAcme, Inc.\t\n12249\tGrowingIO\t\n'],
    ['blank lines', '\ncs1\tname\n\n007\tAcme, Inc.\n\t\n12249\tGrowingIO\n\n'],
    ['commas and quotes', 'cs1,name\n007,"Acme, Inc."\n12249,"GrowingIO"\n'],
  ])('are read with %s', async (_title, text) => {
    expect(plain(await users(text))).toEqual({
      header: ['cs1', 'name'],
      rows: [
        ['007', 'Acme, Inc.'],
        ['12249', 'GrowingIO'],
      ],
    });
  });

  it('keep their names, in whatever language, twice the same too', async () => {
    const text = '登录用户ID\t登录用户变量1\t登录用户变量1\nu1\ta\tb\n';
    expect(plain(await users(text)).header).toEqual(['登录用户ID', '登录用户变量1', '登录用户变量1 (2)']);
  });

  it('have null where a row ends early or says nothing', async () => {
    expect(plain(await users('cs1\ta\tb\n1\n2\t\tx\n')).rows).toEqual([
      ['1', null, null],
      ['2', null, 'x'],
    ]);
  });

  it('may hold quotes that close nothing, and line breaks within those that do', async () => {
    expect(plain(await users('cs1\tsize\n1\t"5 inch\n2\t6" inch\n')).rows).toEqual([
      ['1', '"5 inch'],
      ['2', '6" inch'],
    ]);
    expect(plain(await users('cs1\tnote\n1\t"two ""lines""\nof text"\n')).rows).toEqual([
      ['1', 'two "lines"\nof text'],
    ]);
  });

  it('may be nobody', async () => {
    expect(await users('cs1\tname\n')).toMatchObject({
      idName: 'cs1',
      attributeNames: ['name'],
      members: [],
      freshness: { isSettled: false, completeness: 'COMPLETE', completeUntil: null },
    });
  });

  it('are TRUNCATED where there are as many as there may be', async () => {
    const text = (count: number) => `cs1\n${'1\n'.repeat(count)}`;
    expect((await users(text(199_999))).freshness.completeness).toBe('COMPLETE');
    expect((await users(text(200_000))).freshness.completeness).toBe('TRUNCATED');
  });

  it.each([
    ['nothing', '', 'users.csv: expected a header'],
    ['a row without an id', 'cs1\tname\n\tAcme\n', 'users.csv[0]: expected the id of a user'],
    ['a row longer than the header', 'cs1\tname\n1\ta\tb\n', 'users.csv[0]: expected at most 2 cells'],
    ['JSON that is no error', '{"status":"doing"}', 'users.csv: expected CSV instead of JSON'],
    ['a page', '<html></html>', 'markup'],
  ])('are refused for %s', async (_title, text, words) => {
    const error = await failureOf(users(text));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });

  it('are PROVIDER_REJECTED for an error that came with success, without our token in it', async () => {
    const token = 'Zk3vQ8mN1xR7tY5wB2cD9fG4hJ6kL0pS3uV8aE1iO7qT5rW2yX9zC4bM6nH0jK';
    const body = { message: 'Bad request', errors: [{ code: 'bad_request', message: `not with\n${token}.` }] };
    const error = await failureOf(users(JSON.stringify(body)));
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(error.message).toBe('GrowingIO rejected the request: Bad request; bad_request: not with [redacted].');
  });
});

describe('The rules of a project', () => {
  const CLICK = { nativeId: 'f2503720', name: '元素_注册按钮', kind: 'clck' };
  const PAGE = { nativeId: '0a1b2c3d', name: '首页', kind: 'page' };

  it.each([
    ['commas', 'ruleId,eventName,eventType\nf2503720,元素_注册按钮,clck\n0a1b2c3d,首页,page\n'],
    ['tabs', 'ruleId\teventName\teventType\nf2503720\t元素_注册按钮\tclck\n0a1b2c3d\t首页\tpage'],
    [
      'CRLF, a byte order mark and blanks',
      '\uFEFFruleId,eventName,eventType ,\r\n\r\nf2503720,元素_注册按钮,clck,\r\n0a1b2c3d,"首页",page,\r\n',
    ],
  ])('are read with %s', async (_title, text) => {
    expect(await rules(text)).toEqual([CLICK, PAGE]);
  });

  it('may have names with the delimiter in them, quoted or not', async () => {
    const text = 'ruleId,eventName,eventType\n1,a, b,c,imp\n2,"d, e",chng\n4,f,\n';
    expect(await rules(text)).toEqual([
      { nativeId: '1', name: 'a, b,c', kind: 'imp' },
      { nativeId: '2', name: 'd, e', kind: 'chng' },
      { nativeId: '4', name: 'f', kind: null },
    ]);
  });

  it('may have names with quotes in them', async () => {
    const text = 'ruleId,eventName,eventType\n1,say "hi",sbmt\n2,a "b, c",imp\n';
    expect(await rules(text)).toEqual([
      { nativeId: '1', name: 'say "hi"', kind: 'sbmt' },
      { nativeId: '2', name: 'a "b, c"', kind: 'imp' },
    ]);
  });

  it('may be none', async () => {
    expect(await rules('ruleId,eventName,eventType')).toEqual([]);
  });

  it.each([
    ['the misprint of the document', 'ruleId,eventName,eventTypef2503720,元素_注册按钮,clck', 'expected the header'],
    ['nothing', '', 'expected the header'],
    ['a row of two cells', 'ruleId,eventName,eventType\n1,a,clck\n2,b\n', 'rules.csv[1]'],
    ['a row without an id', 'ruleId,eventName,eventType\n,a,clck\n', 'rules.csv[0]'],
  ])('are refused for %s', async (_title, text, words) => {
    const error = await failureOf(rules(text));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });
});

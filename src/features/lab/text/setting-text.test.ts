import { expect, test } from 'vitest';
import { DEFAULTS } from '@/lab/run/params';
import { paramsAt } from '../play/params-at';
import { actCaption, follows } from './setting-text';

const usual = { ...DEFAULTS, workers: 2 };

test.each([
  ['work that outlasts the lease', { work: 40, vis: 30 }, /longer than the lease of 30 s/],
  ['a batch that outlasts it', { work: 10, vis: 30, batch: 4 }, /4 messages take 40 s/],
  ['a delay that is not shorter than the life', { ttl: 60, delay: 60 }, /refuses every new order with 400/],
  ['no rule for broken orders', { tries: 0, bad: 5 }, /come back for ever/],
  ['every worker crashes', { crash: 100 }, /none is ever done/],
  ['a life that is shorter than the work', { ttl: 5, work: 8 }, /expires while it is worked on/],
  ['one try and crashes', { tries: 1, crash: 10 }, /enough to set a good order aside/],
  ['nobody', { workers: 0 }, /Nobody receives but you/],
])('settings that do not go together are told: %s', (_, change, sentence) => {
  expect(follows({ ...usual, ...change })).toMatch(sentence);
});

test('settings that go together are told to be nothing', () => {
  expect(follows(usual)).toBeUndefined();
  expect(follows({ ...usual, work: 40, extend: 1 })).toBeUndefined();
  expect(follows({ ...usual, ttl: -1, delay: 300 })).toBeUndefined();
});

test('a setting holds at once while time stands still, and the caption says what follows until time has gone on', () => {
  const set = { act: 'set', name: 'work', value: 40, at: 5001 } as const;
  const params = paramsAt(usual, [set], 5000);
  expect(params.work).toBe(40);
  expect(actCaption([set], params, 5000)).toMatchObject({ title: 'The processing time: 40 s', tone: 'leased' });
  expect(actCaption([set], params, 9002)).toBeUndefined();
  expect(actCaption([set], paramsAt(usual, [set], 4000), 4000)).toBeUndefined();
});

test('an act that waits for time to go on says so', () => {
  const send = { act: 'send', at: 5001 } as const;
  expect(actCaption([send], usual, 5000)?.title).toBe('Send one: as soon as time goes on');
  expect(actCaption([send], usual, 5100)).toBeUndefined();
});

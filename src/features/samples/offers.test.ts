import { expect, test } from 'vitest';
import { accountOffers, messageOffers, queueOffers } from './offers';

const on = {
  queue: 'orders',
  preferences: { peekCount: 8, receive: { count: 3, visibilityTimeout: 90 } },
  loaded: [],
};
const message = { id: 'a', receipt: 'r' };

const encodingOf = (...texts: string[]) => queueOffers({ ...on, loaded: texts.map((text) => ({ text })) }, 'peek')[0];
const operationsOn = (text: string | undefined) => messageOffers(on, message, text).map(({ operation }) => operation);

test('each offer has a name of its own', () => {
  for (const offers of [accountOffers('harborlane'), queueOffers(on, 'peek'), messageOffers(on, message, 'text')]) {
    const labels = offers.map(({ label }) => label);
    expect(labels).toEqual([...new Set(labels)]);
    expect(labels).not.toContain('undefined');
  }
});

test('what the screen of the queue does comes first, with the values of its fields', () => {
  expect(queueOffers(on, 'peek')[0]?.operation).toMatchObject({ name: 'Peek Messages', count: 8 });
  expect(queueOffers(on, 'receive')[0]?.operation).toMatchObject({
    name: 'Get Messages',
    count: 3,
    visibilityTimeout: 90,
  });
});

test('texts are read as most of the queue writes them', () => {
  expect(encodingOf('plain words')?.operation).toMatchObject({ encoding: 'text' });
  expect(encodingOf('eyJhIjoxfQ==', 'eyJhIjoyfQ==', 'plain')?.operation).toMatchObject({ encoding: 'base64' });
});

test('a message that is not known whole is not written', () => {
  expect(operationsOn('')).toContainEqual(expect.objectContaining({ name: 'Put Message' }));
  expect(operationsOn(undefined)).not.toContainEqual(expect.objectContaining({ body: expect.anything() as object }));
});

import { beforeEach, expect, test } from 'vitest';
import { connectBySas, type Opened, openSandbox } from './open-sandbox.fixture';
import { SANDBOX } from './sandbox-account';
import { accountSas } from './sas.fixture';

let opened: Opened;
beforeEach(async () => {
  opened = openSandbox();
  await opened.account.createQueue('orders');
});

/** Sends a body as it is, which the client writes in one way only. */
const put = async (body: string) =>
  opened.sandbox.fetch(`${SANDBOX.endpoint}/orders/messages?${await accountSas()}`, { method: 'POST', body });

test.each([
  ['a comment', '<QueueMessage><!-- mine --><MessageText>a&amp;b</MessageText></QueueMessage>'],
  ['CDATA', '<QueueMessage><MessageText><![CDATA[a&b]]></MessageText></QueueMessage>'],
  ['attributes', '<QueueMessage a="1" b="2"><MessageText>a&amp;b</MessageText></QueueMessage>'],
])('XML that is legal but not plain is read by the browser: %s', async (_, body) => {
  expect((await put(body)).status).toBe(201);
  expect(await opened.account.peekMessages('orders')).toMatchObject([{ text: 'a&b' }]);
});

test.each([
  ['a document type', '<!DOCTYPE QueueMessage><QueueMessage><MessageText>a</MessageText></QueueMessage>'],
  ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><QueueMessage><MessageText>&b;</MessageText></QueueMessage>'],
  ['broken CDATA', '<QueueMessage><MessageText><![CDATA[a</MessageText></QueueMessage>'],
  ['a reference to no character', '<QueueMessage><MessageText>&#x1;</MessageText></QueueMessage>'],
])('XML that the service does not take is refused: %s', async (_, body) => {
  const answer = await put(body);
  expect([answer.status, answer.headers.get('x-ms-error-code')]).toEqual([400, 'InvalidXmlDocument']);
});

test('a page speaks to it by a signature alone', async () => {
  const account = connectBySas(opened.sandbox, await accountSas());
  await account.sendMessage('orders', { text: '\r\n😀' });
  expect(await account.peekMessages('orders')).toMatchObject([{ text: '\r\n😀' }]);
});

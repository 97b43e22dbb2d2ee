import { expect, test } from 'vitest';
import { TokenNeededError } from '@/azure/protocol/errors';
import { setTokenSource, tokenCredential } from './token-credential';
import { askForToken, declineToken, promptForToken, supplyToken } from './token-prompts';

test('all requests that wait for a token of a connection continue with the next one', async () => {
  const waiting = [askForToken('a', 'old'), askForToken('a', 'old')];
  supplyToken('a', 'new');
  expect(await Promise.all(waiting)).toEqual(['new', 'new']);
});

test('a declined prompt is not shown again for the same token, but for the next one', async () => {
  const waiting = askForToken('b', 'old');
  declineToken('b');
  await expect(waiting).rejects.toThrow(TokenNeededError);
  await expect(askForToken('b', 'old')).rejects.toThrow(TokenNeededError);

  const next = askForToken('b', 'another');
  supplyToken('b', 'new');
  expect(await next).toBe('new');
});

test('an aborted request stops waiting, and the others continue to wait', async () => {
  const controller = new AbortController();
  const other = askForToken('c', 'old');
  const waiting = askForToken('c', 'old', controller.signal);
  controller.abort(new DOMException('Called off.', 'AbortError'));
  await expect(waiting).rejects.toThrow('Called off.');
  supplyToken('c', 'new');
  expect(await other).toBe('new');
});

test('a token that was replaced ahead of time is used without asking', async () => {
  setTokenSource('d', { token: 'first' });
  const { getToken, renewToken } = tokenCredential('d');
  expect(await getToken()).toBe('first');
  promptForToken('d');
  setTokenSource('d', { token: 'second' });
  supplyToken('d', 'second');
  expect(await renewToken?.('first')).toBe('second');
});

import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { PartError } from '@/parts/part-error';
import { decoder } from '@/search/decode-client';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { setOwnSteps, stepsOf } from '@/state/settings/own-steps';
import { setQueueView } from '@/state/settings/queue-view-settings';
import { sandboxScreen } from '../sandbox-screen.fixture';
import { shortId } from '../shared/short-id';

const screen = sandboxScreen('body');
const button = (name: string | RegExp) => page.getByRole('button', { name });
const chain = () => page.getByRole('group', { name: 'Decode chain' });
const body = () => page.getByRole('region', { name: 'Message body' });
const row = (id: string) => page.getByRole('row', { name: `Select message ${shortId(id)}` });

/** Adds messages with these texts, and opens the first; gives their ids. */
async function open(...texts: string[]) {
  const ids: string[] = [];
  for (const text of texts) ids.push((await screen.account.sendMessage(screen.queue, { text })).id);
  await screen.show({ message: ids[0] });
  return ids;
}

const ORDER = '{"order":41907,"customer":{"name":"Ada Lovelace"}}';
const ENVELOPE = JSON.stringify({ id: 7, data_base64: btoa(JSON.stringify({ kind: 'order', payload: ORDER })) });

describe('an inner value', () => {
  test('is opened in place, level by level, by keyboard, and the focus comes back to where it was opened', async () => {
    await open(ENVELOPE);
    await expect.element(chain()).toHaveTextContent('TextJSON');
    const opener = button('Open this value: data_base64');
    await expect.element(opener).toHaveAttribute('title', 'Open this value: Base64 → JSON');
    opener.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(chain()).toHaveTextContent('$.data_base64Base64JSON');
    await expect.element(button('Back')).toHaveFocus();
    await expect.element(body()).toHaveTextContent('"kind": "order"');
    await button('Open this value: payload').click();
    await expect.element(chain()).toHaveTextContent('$.payloadTextJSON');
    await expect.element(body()).toHaveTextContent('"order": 41907');
    const way = page.getByRole('navigation', { name: 'Opened values' });
    await expect.element(way).toHaveTextContent('BackWhole body›$.data_base64›$.payload');
    await userEvent.keyboard('{Enter}');
    await expect.element(chain()).toHaveTextContent('$.data_base64Base64JSON');
    await expect.element(button('Open this value: payload')).toHaveFocus();
    // Its own chain has its own steps.
    await chain().getByRole('button', { name: 'Base64' }).click();
    await expect.element(body()).toHaveTextContent(JSON.parse(ENVELOPE).data_base64 as string);
    await button('Whole body').click();
    await expect.element(chain()).toHaveTextContent('TextJSON');
    await expect.element(button('Open this value: data_base64')).toHaveFocus();
  });

  test('is found by the filter, is offered as a column, and stays open over a refresh', async () => {
    await page.viewport(1900, 800);
    const [id = ''] = await open(ENVELOPE, '{"other":1}');
    await button('Open a value').click();
    await page.getByRole('menuitem', { name: 'data_base64: Base64 → JSON' }).click();
    await expect.element(chain()).toHaveTextContent('$.data_base64Base64JSON');
    await button('Refresh').first().click();
    await expect.element(chain()).toHaveTextContent('$.data_base64Base64JSON');
    await button('Back').click();
    await button('Show as columns').click();
    await page.getByRole('menuitemcheckbox', { name: 'data_base64.kind' }).click();
    await expect.element(page.getByRole('columnheader', { name: 'kind' })).toBeVisible();
    await expect.element(row(id)).toHaveTextContent('order');
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('41907');
    await expect.element(page.getByRole('row', { name: /Select message/ })).toHaveLength(1);
    await expect.element(row(id)).toBeVisible();
  });
});

describe('what is shown', () => {
  test('of almost JSON is laid out, with what is wrong and where, and is text all the same', async () => {
    const [id = ''] = await open('{"order": 41907, "total": NaN, "limit": Infinity}');
    await expect
      .element(page.getByText('Not JSON: NaN at line 1, column 27; Infinity at line 1, column 41.'))
      .toBeVisible();
    await expect.element(chain()).toHaveTextContent(/^Text$/);
    await expect.element(body()).toHaveTextContent(/"order": 41907,3 *"total": NaN,4 *"limit": Infinity5}/);
    await expect.element(row(id)).toHaveTextContent('TEXT');
    await expect.element(button('Show as columns')).not.toBeInTheDocument();
  });

  test('names what cannot be seen, in the text and above it', async () => {
    await open(btoa('\u00ef\u00bb\u00bf{"order":41907}'));
    await expect.element(page.getByText('Begins with a byte order mark (U+FEFF).')).toBeVisible();
    expect(body().element().querySelector('[data-name="U+FEFF"]')).not.toBeNull();
  });

  test('tells with the last step what went wrong in one before it', async () => {
    const packed = new Uint8Array(
      await new Response(
        new Blob([ORDER.repeat(40) + crypto.randomUUID().repeat(40)])
          .stream()
          .pipeThrough(new CompressionStream('gzip')),
      ).arrayBuffer(),
    );
    await open(btoa(String.fromCharCode(...packed.subarray(0, packed.length - 12))));
    await expect.element(chain()).toHaveTextContent(/gzip/);
    await expect.element(page.getByText(/^gzip: .*(?:damaged|cut off|ends)/)).toBeVisible();
  });
});

async function choose(name: string) {
  await button('Decode as').click();
  await page.getByRole('menuitem', { name }).click();
}

describe('"Decode as"', () => {
  const HEX = '7b2261223a317d';

  test('holds for one message, in its row, the filter and the columns, and is undone', async () => {
    const text = btoa('{"a":"gold"}');
    const [one = '', other = ''] = await open(text, text);
    setQueueView(SANDBOX_ID, screen.queue, { paths: ['a'] });
    await expect.element(chain()).toHaveTextContent(/^Base64JSON$/);
    await button('Decode as').click();
    await page.getByRole('menuitemcheckbox', { name: 'As it came' }).click();
    await expect.element(chain()).toHaveTextContent(/^Text$/);
    await expect.element(page.getByText('This message is shown as it came.').first()).toBeVisible();
    await expect.element(row(one)).toHaveTextContent(/TEXT.*eyJhIjoiZ29sZCJ9/);
    await expect.element(row(other)).toHaveTextContent(/JSON.*gold/);
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('gold');
    await expect.element(page.getByRole('row', { name: /Select message/ })).toHaveLength(1);
    await button('Refresh').first().click();
    await expect.element(row(other)).toBeVisible();
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('');
    await expect.element(row(one)).toHaveTextContent('TEXT');
    // Another message is read as the queue is.
    await row(other).click();
    await expect.element(chain()).toHaveTextContent(/^Base64JSON$/);
    await row(one).click();
    await expect.element(chain()).toHaveTextContent(/^Text$/);
    await choose('As Hex');
    await expect.element(page.getByText(/^Not hex/).first()).toBeVisible();
    await choose('Take back the last step');
    await expect.element(chain()).toHaveTextContent(/^Text$/);
    await button('Back to automatic').click();
    await expect.element(chain()).toHaveTextContent(/^Base64JSON$/);
    expect(stepsOf(SANDBOX_ID, screen.queue, one)).toBeUndefined();
    // It is of this tab alone.
    expect(localStorage.getItem('queuescope.queue-views')).not.toContain(one);
    // Undo of that.
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.element(chain()).toHaveTextContent(/^Text$/);
  });

  test('holds for the queue when that is chosen, and one message can be read otherwise', async () => {
    const [one = '', other = ''] = await open(HEX, btoa(HEX));
    await button('Decode as').click();
    await page.getByRole('menuitemcheckbox', { name: 'For this queue' }).click();
    await page.getByRole('menuitem', { name: 'As Hex' }).click();
    await expect.element(page.getByText(`All bodies of ${screen.queue} are shown as Hex.`).first()).toBeVisible();
    await row(other).click();
    await choose('Take back the last step');
    await expect
      .element(page.getByText(`This message is shown as it came, and all others of ${screen.queue} as Hex.`))
      .toBeVisible();
    await choose('As Base64');
    await expect.element(chain()).toHaveTextContent(/^Base64/);
    await row(one).click();
    await expect.element(chain()).toHaveTextContent('HexJSON');
    await row(other).click();
    await button('As its queue').click();
    await expect.element(chain()).toHaveTextContent(/^Hex$/);
    await button('Decode as').click();
    await page.getByRole('menuitemcheckbox', { name: 'Automatic' }).click();
    await expect
      .element(page.getByText('This message is decoded automatically', { exact: false }).first())
      .toBeVisible();
  });
});

test('of one queue the last 500 choices are kept', () => {
  for (let at = 0; at < 501; at++) setOwnSteps(SANDBOX_ID, screen.queue, `id-${at}`, { steps: ['hex'] });
  expect(stepsOf(SANDBOX_ID, screen.queue, 'id-0')).toBeUndefined();
  expect(stepsOf(SANDBOX_ID, screen.queue, 'id-1')).toEqual(['hex']);
  expect(stepsOf(SANDBOX_ID, screen.queue, 'id-500')).toEqual(['hex']);
});

test('where the decoder does not arrive the raw text is shown, with "Try again", which decodes it', async () => {
  const run = vi.spyOn(decoder, 'run').mockRejectedValue(new PartError('unreachable'));
  onTestFinished(() => run.mockRestore());
  const text = btoa(ORDER);
  await open(text);
  await expect.element(page.getByText('Not decoded: the decoder did not arrive.')).toBeVisible();
  await expect.element(body()).toHaveTextContent(text);
  await button('Try again').click();
  await expect.poll(() => run.mock.calls.filter(([task]) => task.kind === 'view').length).toBe(2);
  await expect.element(button('Try again')).toBeVisible();
  run.mockRestore();
  await button('Try again').click();
  await expect.element(body()).toHaveTextContent('"order": 41907');
  await expect.element(button('Try again')).not.toBeInTheDocument();
});

import '@/styles.css';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { connect } from '@/azure/account';
import { encodeBase64 } from '@/azure/bodies/decode-body';
import { type Layer, wrapText } from '@/azure/bodies/encode-layers';
import { unwrapText } from '@/azure/bodies/unwrap-text';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { peekedMessages } from '@/queries/messages';
import { accountFor } from '@/queries/use-account';
import { loggedExchanges } from '@/state/activity/request-log';
import { addConnection, loadConnections } from '@/state/connections/connections';
import { currentLease } from '@/state/leases/leases';
import { drafts } from '@/state/messages/drafts';
import { closeDialog, openDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { DialogFactsProvider } from '@/ui/overlay/dialog-context';
import { Toasts } from '@/ui/overlay/toast';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import AddMessageDialog from './add-message-dialog';
import EditMessageDialog from './edit-message-dialog';

// Lets a request through and then loses its answer, as a broken connection does.
let losesAnswers = false;
let describesNone = false;
let answersAfter: Promise<void> | undefined;
const realFetch = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const answer = await realFetch(...request);
  await answersAfter;
  if (losesAnswers) throw new TypeError('Failed to fetch');
  // As versions before 2016-05-31 answer a Put.
  return describesNone && answer.status === 201 ? new Response(null, answer) : answer;
};

/** Holds answers back until the returned function is called. */
function delayAnswers() {
  const { promise, resolve } = Promise.withResolvers<void>();
  answersAfter = promise;
  return () => {
    answersAfter = undefined;
    resolve();
  };
}

const { url } = inject('azurite');
const connection = {
  account: EMULATOR.account,
  endpoint: url,
  credential: { kind: 'key', key: await importKey(EMULATOR.key) },
} as const;
await loadConnections();
await addConnection(connection, 'tab');
/** Another consumer, of which this tab knows nothing. */
const account = connect(connection);
/** The account as this tab uses it. */
const ours = accountFor(account.id) ?? account;

/** The reason why the action of the dialog is refused. */
let reason: string | undefined;
let queue: string;
let client: QueryClient;

beforeEach(async () => {
  await page.viewport(1280, 860);
  queue = `editor-${crypto.randomUUID()}`;
  await account.createQueue(queue);
  client = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _result, { options }) =>
        options.mutationKey && client.invalidateQueries({ queryKey: options.mutationKey }),
    }),
  });
});
afterEach(() => {
  reason = undefined;
  losesAnswers = false;
  describesNone = false;
  vi.restoreAllMocks();
  closeDialog();
  for (const { id } of readToasts()) dismissToast(id);
  for (const { ref, id } of drafts.of({ connectionId: account.id, queue })) drafts.drop({ ...ref, id });
});

const body = page.getByRole('textbox', { name: 'Message body' });
const addButton = page.getByRole('button', { name: 'Add message' });
const texts = async () => (await account.peekMessages(queue)).map(({ text }) => text);
const exchanges = (operation: string) =>
  loggedExchanges().filter((one) => one.operation === operation && one.url.includes(queue));

async function show() {
  return render(
    <QueryClientProvider client={client}>
      <DialogFactsProvider value={{ reason }}>
        <Open />
      </DialogFactsProvider>
      <Toasts />
    </QueryClientProvider>,
  );
}

function Open() {
  const open = useOpenDialog();
  if (open?.kind === 'addMessage') return <AddMessageDialog {...open} onClose={closeDialog} />;
  return open?.kind === 'editMessage' && <EditMessageDialog {...open} onClose={closeDialog} />;
}

const add = (text?: string) =>
  openDialog({ kind: 'addMessage', connectionId: account.id, queue, ...(text !== undefined && { text }) });

const secondsIn = (line = '') => Number(/visibilitytimeout=(\d+)/.exec(line)?.[1]);
/** Without the parts that change or are not logged. */
const bare = (line = '') => line.replace(/visibilitytimeout=\d+/, '').replace(/popreceipt=[^&]*/, '');

/** The focused element, also inside the editor's shadow root. */
const focusedName = () =>
  (document.activeElement?.shadowRoot?.activeElement ?? document.activeElement)?.getAttribute('aria-label');

/** Presses Ctrl Enter twice before anything is drawn. */
function pressTwice() {
  const dialog = document.querySelector('[role=dialog] h3');
  const press = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
  for (let time = 0; time < 2; time++) dialog?.dispatchEvent(new KeyboardEvent('keydown', press));
}

const question = () => page.getByRole('alert');

describe('what is most likely a mistake', () => {
  test('an empty message is sent only by a second press, which says so', async () => {
    await show();
    add();
    await expect.element(body).toBeVisible();
    await addButton.click();
    await expect.element(question()).toHaveTextContent('The text is empty.');
    expect(await texts()).toEqual([]);
    await page.getByRole('button', { name: 'Add empty message' }).click();
    await expect.poll(texts).toEqual(['']);
  });

  test('a placeholder is sent as written only by a second press, and a new one is asked about anew', async () => {
    await show();
    add('{"id": "{{counter}}"}');
    await expect.element(body).toBeVisible();
    await addButton.click();
    await expect.element(question()).toHaveTextContent('{{counter}} is sent as written');
    await body.fill('{"id": "{{uuid}}"}');
    await expect.element(question()).not.toBeInTheDocument();
    await addButton.click();
    await expect.element(question()).toHaveTextContent('{{uuid}} is sent as written');
    expect(await texts()).toEqual([]);
    await page.getByRole('button', { name: 'Add as written' }).click();
    await expect.poll(texts).toEqual(['{"id": "{{uuid}}"}']);
  });

  test('an edit that empties a text asks, and Undo writes the old one again', async () => {
    await account.sendMessage(queue, { text: 'old' });
    const [message] = await ours.receiveMessages(queue, { count: 1, visibilityTimeout: 300 });
    await show();
    openDialog({ kind: 'editMessage', connectionId: account.id, queue, messageId: message?.id ?? '' });
    await body.fill('');
    await page.getByRole('button', { name: 'Save message' }).click();
    await expect.element(question()).toHaveTextContent('The text is empty.');
    await page.getByRole('button', { name: 'Save empty message' }).click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('The old text is saved again')).toBeVisible();
    expect(currentLease({ connectionId: account.id, queue, id: message?.id ?? '' })?.text).toBe('old');
  });
});

test('the Undo of an edit goes when its lease does', async () => {
  await account.sendMessage(queue, { text: 'old' });
  const [message] = await ours.receiveMessages(queue, { count: 1, visibilityTimeout: 300 });
  const id = message?.id ?? '';
  await show();
  openDialog({ kind: 'editMessage', connectionId: account.id, queue, messageId: id });
  await body.fill('new');
  await page.getByRole('button', { name: 'Save message' }).click();
  await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  const { receipt = '' } = currentLease({ connectionId: account.id, queue, id }) ?? {};
  await ours.deleteMessage(queue, { id, receipt });
  await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
});

describe('adding a message', () => {
  test('Add message sends the text, and Undo takes it back', async () => {
    await show();
    add();
    await body.fill('{"order": 1}');
    await expect.element(page.getByText('Valid JSON')).toBeVisible();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(await texts()).toEqual(['{"order": 1}']);
    // Its draft is dropped.
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    add();
    await expect.element(body).toBeVisible();
    await expect.element(body).not.toHaveTextContent('order');
    await expect.element(page.getByText('Draft restored')).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');

    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('Message removed again')).toBeVisible();
    expect(await texts()).toEqual([]);
  });

  test('a message that the service adds without describing it is told as added, and its form is gone', async () => {
    describesNone = true;
    await show();
    add('only once');
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    await expect.element(page.getByText('The service gave no receipt for it')).toBeVisible();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
    expect(await texts()).toEqual(['only once']);
  });

  test('the preview of Add message is the request that is sent', async () => {
    await show();
    add('a<b & "c"');
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await page.getByRole('spinbutton', { name: 'Visibility delay' }).fill('5');
    await page.getByRole('button', { name: 'Copy request' }).click();
    const drawn = page.getByRole('region', { name: 'Request body' }).element().textContent;
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    const [sent] = exchanges('Put Message');
    expect(drawn).toMatch(/^<\?xml .*\?>\n<QueueMessage>\n {2}<MessageText>.+ {2}<\/MessageText>\n<\/QueueMessage>$/);
    expect(drawn.replaceAll(/\n *| {2}(?=<\/)/g, '')).toBe(sent?.request.body);
    const [shown = ''] = copied.mock.calls[0] ?? [];
    expect(shown.split('\n')[0]).toBe(`POST ${sent?.url}`);
    expect(shown.endsWith(`\n\n${sent?.request.body}`)).toBe(true);
  });

  test('Add message starts with the encoding of the messages in the queue', async () => {
    await account.sendMessage(queue, { text: encodeBase64('{"a":1}') });
    await client.fetchQuery(peekedMessages(ours, queue, 32));
    await show();
    add('{"b":2}');
    await expect.element(page.getByText('Matches the last message')).toBeVisible();
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(await texts()).toContain(encodeBase64('{"b":2}'));
  });

  test('Add message allows 65,536 bytes and no more', async () => {
    await show();
    add('x'.repeat(65_537));
    await expect.element(page.getByText('1 byte over the limit of 64 KiB.').first()).toBeVisible();
    await expect.element(addButton).toHaveAttribute('aria-disabled', 'true');
    closeDialog();
    add('x'.repeat(65_536));
    await expect
      .element(page.getByRole('meter', { name: 'Size on the wire' }))
      .toHaveAttribute('aria-valuenow', '65536');
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect((await texts())[0]).toHaveLength(65_536);
  });

  test('Add message names an unsendable character, and sends it as Base64', async () => {
    await show();
    add('one\ntwo\u0007');
    await expect.element(page.getByText('U+0007 at line 2, column 4', { exact: false }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Send as Base64' }).click();
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(await texts()).toEqual([encodeBase64('one\ntwo\u0007')]);
  });

  test.each(['a\r\nb\r\n', 'a\r\nb\nc\rd', 'a\nb'])('the editor keeps the line ends of %j', async (text) => {
    await show();
    add(text);
    await body.click();
    await userEvent.keyboard('{Control>}{Home}{/Control}!');
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(await texts()).toEqual([`!${text}`]);
  });

  test('Add message explains a delay that outlasts the time to live', async () => {
    await show();
    add('x');
    await page.getByRole('combobox', { name: 'Unit' }).first().selectOptions('seconds');
    await page.getByRole('spinbutton', { name: 'Visibility delay' }).fill('7');
    await expect
      .element(page.getByText('The visibility delay must be shorter than the time to live.').first())
      .toBeVisible();
    await page.getByRole('combobox', { name: 'Unit' }).first().selectOptions('never');
    await expect.element(page.getByText('Stays until it is deleted')).toBeVisible();
    const life = page.getByRole('combobox', { name: 'Time to live' });
    await life.selectOptions('days');
    await expect.element(page.getByRole('spinbutton', { name: 'Time to live' })).toHaveValue(7);
    await page.getByRole('combobox', { name: 'Unit' }).first().selectOptions('never');
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(exchanges('Put Message')[0]?.url).toContain('visibilitytimeout=7&messagettl=-1');
  });

  test('Add message restores an unsent draft until it is discarded', async () => {
    await show();
    add();
    await body.fill('half a thought');
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    add();
    await expect.element(page.getByText('Draft restored')).toBeVisible();
    await expect.element(body).toHaveTextContent('half a thought');
    await page.getByRole('button', { name: 'Discard draft' }).click();
    await expect.element(body).not.toHaveTextContent('half a thought');
  });

  test('Add message keeps the draft and says why when the account refuses', async () => {
    await show();
    add('kept');
    await account.deleteQueue(queue);
    await addButton.click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('The queue does not exist any more');
    await expect.element(page.getByRole('alert')).toHaveTextContent('404 QueueNotFound');
    await expect.element(page.getByRole('button', { name: 'View request' })).toBeVisible();
    await expect.element(body).toHaveTextContent('kept');
    // The error was about another text.
    await body.fill('kept, and more');
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  test('Add message does not know after a lost answer, and checks only when asked', async () => {
    await show();
    add('lost or not');
    losesAnswers = true;
    await addButton.click();
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('No answer arrived. The message may or may not have been added');
    losesAnswers = false;
    expect(exchanges('Put Message')).toHaveLength(1);
    await page.getByRole('button', { name: 'Check' }).click();
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('It was added: a message with this text was inserted');
    expect(await texts()).toEqual(['lost or not']);
  });

  test('Esc closes the search in the editor before the dialog', async () => {
    await show();
    add('find me');
    await body.click();
    await userEvent.keyboard('{Control>}f{/Control}');
    await expect.element(page.getByRole('textbox', { name: 'Find' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('textbox', { name: 'Find' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  });

  test('Add message sends a file of bytes as Base64 only', async () => {
    await show();
    add();
    vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(this: HTMLInputElement) {
      const chosen = new DataTransfer();
      chosen.items.add(new File([Uint8Array.of(0, 255, 8)], 'a.bin'));
      this.files = chosen.files;
      this.dispatchEvent(new Event('change'));
    });
    await page.getByRole('button', { name: 'Load file' }).click();
    await expect.element(page.getByText('Bytes can be sent as Base64 only')).toBeVisible();
    await expect.element(page.getByRole('radio', { name: 'Base64' })).toBeChecked();
    await expect.element(page.getByRole('radio', { name: 'Text' })).toBeDisabled();
    await addButton.click();
    await expect.poll(texts).toEqual(['AP8I']);
  });

  test('without permission, button and key of Add message do nothing and say why', async () => {
    reason = 'This signature may not add messages';
    await show();
    add('refused');
    await expect.element(addButton).toHaveAttribute('aria-description', reason);
    await addButton.click({ force: true });
    pressTwice();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(exchanges('Put Message')).toEqual([]);
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  test('Add message adds once, however often it is pressed at once', async () => {
    await show();
    add('once');
    await expect.element(body).toHaveTextContent('once');
    pressTwice();
    await expect.element(page.getByText('Message added')).toBeVisible();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(await texts()).toEqual(['once']);
    expect(exchanges('Put Message')).toHaveLength(1);
  });

  test('Add message adds once when the key is held down', async () => {
    await show();
    add('once');
    await expect.element(body).toHaveTextContent('once');
    await page.getByRole('checkbox', { name: 'Keep open to add another' }).click();
    await body.click();
    await userEvent.keyboard('{Control>}{Enter>5/}{/Control}');
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(await texts()).toEqual(['once']);
  });

  test('Add message that stays open adds nothing until something is written', async () => {
    await show();
    add('first');
    await page.getByRole('checkbox', { name: 'Keep open to add another' }).click();
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(addButton).toHaveAttribute('aria-description', 'Write the next message');
    expect(await texts()).toEqual(['first']);
  });

  test('Add message keeps a text that is written while the last message is sent', async () => {
    const release = delayAnswers();
    await show();
    add('first');
    await addButton.click();
    await body.fill('second');
    release();
    await expect.element(page.getByText('Message added')).toBeVisible();
    await expect.element(body).toHaveTextContent('second');
    await addButton.click();
    await expect.poll(texts).toEqual(['first', 'second']);
  });

  test('a toast says that a message was not added after its dialog was closed', async () => {
    await show();
    add();
    await body.fill('kept');
    await account.deleteQueue(queue);
    const release = delayAnswers();
    await addButton.click();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    release();
    await expect.element(page.getByText('Message not added')).toBeVisible();
    add();
    await expect.element(body).toHaveTextContent('kept');
  });

  test('Add message stays open for the next one when told to', async () => {
    await show();
    add('first');
    await page.getByRole('checkbox', { name: 'Keep open to add another' }).click();
    await addButton.click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    await body.fill('second');
    await addButton.click();
    await expect.poll(texts).toEqual(['first', 'second']);
  });
});

/** A message that this tab has leased. */
async function lease(text: string, seconds = 120) {
  await account.sendMessage(queue, { text });
  const [message] = await ours.receiveMessages(queue, { visibilityTimeout: seconds });
  const leased = message && currentLease({ connectionId: account.id, queue, id: message.id });
  if (!leased) throw new Error('Nothing was received');
  return leased;
}
/** Holds packing back until the returned function is called. */
function delayPacking() {
  const gate = Promise.withResolvers<void>();
  const Real = CompressionStream;
  vi.stubGlobal('CompressionStream', function Held(format: CompressionFormat) {
    const { readable, writable } = new TransformStream<BufferSource, BufferSource>({
      transform: async (chunk, out) => {
        await gate.promise;
        out.enqueue(chunk);
      },
    });
    return { writable, readable: readable.pipeThrough(new Real(format)) };
  });
  return () => {
    vi.unstubAllGlobals();
    gate.resolve();
  };
}
const edit = (messageId: string) => openDialog({ kind: 'editMessage', connectionId: account.id, queue, messageId });

describe('editing a message', () => {
  const saveButton = page.getByRole('button', { name: 'Save message' });

  test.each<{ layers: Layer[] }>([
    { layers: [] },
    { layers: ['base64'] },
    { layers: ['base64', 'gzip'] },
    { layers: ['base64', 'utf-16le'] },
    { layers: ['hex'] },
  ])('Edit message keeps the layers of the text: $layers', async ({ layers }) => {
    const { id } = await lease(await wrapText('{"attempt":1}', layers));
    await show();
    edit(id);
    await body.fill('{"attempt":2}');
    await page.getByRole('radio', { name: 'Release lease' }).click();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    const [text = ''] = await texts();
    expect(await unwrapText(text)).toEqual({ text: '{"attempt":2}', layers });
  });

  test('Edit message edits the raw text when asked to, and saves it so', async () => {
    const { id } = await lease(encodeBase64('ones'));
    const other = await lease('two');
    await show();
    edit(other.id);
    await expect.element(body).toHaveTextContent('two');
    await body.fill('two and more');
    // Another message starts a new edit.
    edit(id);
    await expect.element(body).toHaveTextContent('ones');
    await page.getByRole('button', { name: 'Edit raw text' }).click();
    await expect.element(body).toHaveTextContent(encodeBase64('ones'));
    await expect.poll(focusedName).toBe('Message body');
    await body.fill('raw');
    await page.getByRole('radio', { name: 'Release lease' }).click();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    await expect.element(page.getByText('Lease released')).toBeVisible();
    expect(await texts()).toEqual(['raw']);
  });

  test('Edit message packs an unsendable text as Base64 when asked to', async () => {
    const { id } = await lease('one');
    await show();
    edit(id);
    await body.fill('two\u0007');
    await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: 'Send as Base64' }).click();
    await page.getByRole('radio', { name: 'Release lease' }).click();
    await saveButton.click();
    await expect.poll(texts).toEqual([encodeBase64('two\u0007')]);
  });

  test('Edit message says why a text is edited undecoded', async () => {
    // MessagePack of {"id": 7, "name": "Ada"}.
    const { id } = await lease('gqJpZAekbmFtZaNBZGE=');
    await show();
    edit(id);
    await expect.element(body).toHaveTextContent('gqJpZAekbmFtZaNBZGE=');
    await expect.element(page.getByText(/^Edited undecoded. MessagePack cannot be written again/)).toBeVisible();
  });

  test('Edit message shows a text that is slow to draw in rows, and edits it when asked to', async () => {
    const slow = 'a\u0301\u0302'.repeat(1000);
    const { id } = await lease(encodeBase64(slow));
    await show();
    edit(id);
    await expect.element(page.getByText(/^stopped: many characters of this text are slow to draw/)).toBeVisible();
    await expect.element(body).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Edit all the same' }).click();
    await body.fill('quick');
    await page.getByRole('radio', { name: 'Release lease' }).click();
    await saveButton.click();
    await expect.poll(texts).toEqual([encodeBase64('quick')]);
  });

  test('Edit message formats a long text, which the worker does', async () => {
    const { id } = await lease(`{"a":[${'1,'.repeat(3000)}1]}`);
    await show();
    edit(id);
    await page.getByRole('button', { name: 'Format' }).click();
    await expect.element(body).toHaveTextContent('{ "a": [ 1, 1,', { normalizeWhitespace: true });
  });

  test('Edit message saves a text that was not packed yet when Save was pressed', async () => {
    const { id } = await lease(await wrapText('one', ['base64', 'gzip']));
    const release = delayPacking();
    await show();
    edit(id);
    await expect.element(body).toHaveTextContent('one');
    await saveButton.click();
    release();
    await expect.element(page.getByText('Message saved')).toBeVisible();
  });

  test('Edit message keeps the lease to its end, with the new receipt', async () => {
    const before = await lease('one');
    await show();
    edit(before.id);
    await body.fill('two');
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    const after = currentLease(before);
    expect(after).toMatchObject({ state: 'held', text: 'two' });
    expect(Math.abs((after?.endsAt.getTime() ?? 0) - before.endsAt.getTime())).toBeLessThan(3000);
    // The service accepts the new receipt.
    await account.deleteMessage(queue, after ?? before);
  });

  test('Edit message offers the draft as a new message when another consumer has the message', async () => {
    const held = await lease('one');
    await account.updateMessage(queue, held, { visibilityTimeout: 60 });
    await show();
    edit(held.id);
    await body.fill('my work');
    await saveButton.click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('The receipt is no longer valid');
    await expect.element(page.getByRole('alert')).toHaveTextContent('400 PopReceiptMismatch');
    await expect.element(page.getByRole('button', { name: 'Lease it again' })).toBeVisible();
    await page.getByRole('button', { name: 'Save as new message' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Add message' })).toBeVisible();
    await expect.element(body).toHaveTextContent('my work');
  });

  test('Edit message offers more time for a short lease, and returns the focus to the text', async () => {
    const held = await lease('one', 8);
    await show();
    edit(held.id);
    await page.getByRole('button', { name: 'Extend' }).click();
    await expect.element(page.getByRole('button', { name: 'Extend' })).not.toBeInTheDocument();
    await expect.poll(() => currentLease(held)?.total).toBe(60);
    await expect.poll(focusedName).toBe('Message body');
  });

  test('Edit message saves with the receipt of an extension', async () => {
    const held = await lease('one');
    await show();
    edit(held.id);
    await body.fill('two');
    await ours.updateMessage(queue, held, { visibilityTimeout: 90 });
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(currentLease(held)?.text).toBe('two');
  });

  test('the preview of Edit message is the request that is sent', async () => {
    const held = await lease('one', 100);
    await show();
    edit(held.id);
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await body.fill('a<b & "c"');
    await page.getByRole('button', { name: 'Copy request' }).click();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    const [sent] = exchanges('Update Message');
    const [shown = ''] = copied.mock.calls[0] ?? [];
    const [line] = shown.split('\n');
    // The log leaves out receipts.
    expect(bare(line)).toBe(`PUT ${bare(sent?.url)}`);
    expect(line).toContain(`popreceipt=${encodeURIComponent(held.receipt)}`);
    // The seconds left of a lease go down by one a second.
    expect(secondsIn(line) - secondsIn(sent?.url)).toBeLessThanOrEqual(1);
    expect(secondsIn(sent?.url)).toBeLessThanOrEqual(100);
    expect(shown.endsWith(`\n\n${sent?.request.body}`)).toBe(true);
  });

  test('Edit message saves once, however often it is pressed at once', async () => {
    const held = await lease('one');
    await show();
    edit(held.id);
    await body.fill('two');
    pressTwice();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(exchanges('Update Message')).toHaveLength(1);
  });
});

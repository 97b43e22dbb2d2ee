// A walk through all of the page, in a browser that is driven over WebDriver. What a step changes is read at the service by plain
// requests; every name of the page that the walk depends on stands here.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {ReturnType<typeof import('./person.mjs').personAt>} Person */
/** @typedef {import('./stage.mjs').Stage} Stage */
/** @typedef {{ name: string, work: () => Promise<void> }} Step */

const QUEUE = 'journey';
const MOVED = 'journey-moved';
const FAULTY = 'journey-faulty';
/** Texts that a careless client changes. */
const EXACT = '{"id":9007199254740993,"note":"Zoë & <b> \u{1F600}"}';
const EDITED = '{"id":9007199254740993,"note":"edited"}';
const ROWS = 40;

/** What went wrong in the page since it was loaded. Runs in the page. */
function listen() {
  if (Reflect.has(globalThis, 'journeyWrong')) return;
  /** @type {string[]} */
  const wrong = [];
  Reflect.set(globalThis, 'journeyWrong', wrong);
  addEventListener('error', (event) => wrong.push(`error: ${event.message}`));
  addEventListener('unhandledrejection', (event) => wrong.push(`rejection: ${String(event.reason)}`));
  addEventListener('securitypolicyviolation', (event) =>
    wrong.push(`policy: ${event.violatedDirective} ${event.blockedURI}`),
  );
}

/** Keeps the text of each file that the page saves, in place of saving it. Runs in the page. */
function keepFiles() {
  if (Reflect.has(globalThis, 'journeyFiles')) return;
  /** @type {Promise<string>[]} */
  const files = [];
  Reflect.set(globalThis, 'journeyFiles', files);
  Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object) => {
    if (object instanceof Blob) files.push(object.text());
    return make(object);
  };
  // A click on a link to what is kept here saves nothing.
  Object.defineProperty(HTMLAnchorElement.prototype, 'click', {
    /** @this {HTMLAnchorElement} */
    value() {
      if (!this.download) HTMLElement.prototype.click.call(this);
    },
  });
}

/** Texts that anyone can see. @param {ReturnType<Stage['raw']>} queue */
const texts = async (queue) => (await queue.peek()).map((one) => one.text);

/** Runs in the page. */
const ground = () => getComputedStyle(document.body).backgroundColor;

/**
 * The steps, in their order: each begins where the one before has ended.
 * @param {Person} person
 * @param {Stage} stage
 * @returns {Step[]}
 */
export function stepsOf(person, stage) {
  const { session, see, click, fill, press, type, gone, count, until, text, all } = person;
  const raw = stage.raw(QUEUE);
  // WebKit gives a row no name of what is in it, so that rows are counted by their boxes.
  const rows = /** @type {const} */ (['checkbox', /^Select message/]);
  /** @param {string} words that are in the row */
  const clickRow = (words) => click('row', undefined, { has: words });
  const leased = /** @type {const} */ (['img', /^Leased by you/]);
  /** Goes to an address within the page, and listens there. @param {string} hash */
  async function goto(hash) {
    await session.goto(`${stage.page}/${hash}`);
    await session.evaluate(listen);
    await session.evaluate(keepFiles);
  }
  /** @param {string} queue @param {string} [more] */
  const open = (queue, more = '') => goto(`#/q/${stage.connection}/${queue}${more}`);
  /** A part of the page with a text of it. @param {import('./person.mjs').Role} role @param {string | RegExp} name @param {string | RegExp} has */
  const says = (role, name, has) => see(role, name, { has });
  const dialog = () => see('dialog');
  const press1 = (/** @type {string} */ key) => press(key);
  /** Chooses an item of the menu of the queue. @param {string | RegExp} item */
  async function queueMenu(item) {
    await click('button', 'More queue actions');
    await click('menuitem', item);
  }
  /** The texts of the files that the page has saved since it was loaded. @returns {Promise<string[]>} */
  const saved = () => session.evaluate(() => Promise.all(Reflect.get(globalThis, 'journeyFiles')));
  /** The step of a lesson that is to be done. */
  const step = () => session.evaluate(() => document.querySelector('[aria-current=step]')?.textContent ?? '');
  /** Puts the focus on no control, so that keys are the page's. */
  const toMain = () => session.evaluate(() => document.querySelector('main')?.focus());
  /** @param {string} message */
  async function add(message) {
    await click('button', 'Add message');
    const within = await dialog();
    await fill(message, 'Message body', { within });
    await click('button', 'Add message', { within });
    await gone('dialog');
  }

  return [
    {
      name: 'the page opens at the local service',
      work: async () => {
        await goto('');
        await see('complementary', 'Queues');
        const { isIsolated, violations } = await session.evaluate(() => ({
          isIsolated: document.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null,
          violations: Reflect.get(globalThis, 'journeyWrong').length,
        }));
        assert.deepEqual({ isIsolated, violations }, { isIsolated: true, violations: 0 });
      },
    },
    {
      name: 'a pasted connection string is recognised, and its key is masked',
      work: async () => {
        await goto('#/connect');
        await fill(stage.second.connectionString, 'Connection details');
        await see('status', 'Recognised as a connection string with account key');
        const shown = await session.evaluate(() => document.querySelector('textarea')?.value);
        assert.ok(shown && !shown.includes(stage.second.key), 'the key is not masked');
      },
    },
    {
      name: 'it connects, and shows the queues of its account',
      work: async () => {
        await stage.second.client.createQueue('berths');
        await click('button', /^Connect/, { within: await see('form', 'Connect an account') });
        await see('link', /^berths, about 0 messages/);
      },
    },
    {
      name: 'a queue is made',
      work: async () => {
        await goto(`#/q/${stage.connection}`);
        await click('button', 'New queue');
        await fill(QUEUE, 'Queue name');
        await click('button', 'Create queue');
        await see('heading', QUEUE);
        assert.equal(await raw.count(), 0);
      },
    },
    {
      name: 'a message is added, exact to the character',
      work: async () => {
        await add(EXACT);
        await count(1, ...rows);
        assert.deepEqual(await texts(raw), [EXACT]);
      },
    },
    {
      name: 'another one, and a peek changes nothing',
      work: async () => {
        await add('plain text');
        await count(2, ...rows);
        await click('button', 'Refresh');
        const seen = await raw.peek();
        assert.deepEqual(
          seen.map(({ dequeueCount }) => dequeueCount),
          [0, 0],
        );
      },
    },
    {
      name: 'the details show the body with all of its digits',
      work: async () => {
        await clickRow('9007199254740993');
        await says('region', 'Message body', /9007199254740993[^]*Zoë & <b> \u{1F600}/u);
      },
    },
    {
      name: 'receive leases one',
      work: async () => {
        await click('radio', 'Receive');
        await click('button', '1 for 30 s');
        await count(1, ...leased);
        assert.equal((await raw.peek()).length, 1);
      },
    },
    {
      name: 'the lease is extended',
      work: async () => {
        await clickRow('9007199254740993');
        const within = await see('complementary', /^Message /);
        await click('button', 'Choose how long to extend', { within });
        await click('menuitem', 'For 15 min from now');
        await see('img', /^Leased by you, 1[45]:\d\d left$/);
        await stage.later(60_000);
        assert.equal((await raw.peek()).length, 1, 'the lease of 30 s is over');
      },
    },
    {
      name: 'the message is edited, and keeps its lease',
      work: async () => {
        await toMain();
        await press1('e');
        const within = await see('dialog', 'Edit message');
        await fill(EDITED, 'Message body', { within });
        await click('button', /^Save message/, { within });
        await gone('dialog');
        await says('region', 'Message body', 'edited');
        assert.equal((await raw.peek()).length, 1);
      },
    },
    {
      name: 'its lease is released',
      work: async () => {
        await click('button', /^Release lease/);
        await gone(...leased);
        const seen = await raw.peek();
        assert.deepEqual(seen.map((one) => one.text).toSorted(), [EDITED, 'plain text'].toSorted());
      },
    },
    {
      name: 'Delete is undone within its five seconds',
      work: async () => {
        await click('button', '16 for 5 min');
        await count(2, ...leased);
        await clickRow('plain text');
        await click('button', /^Delete/, { within: await see('complementary', /^Message /) });
        await count(1, ...rows);
        await toMain();
        await press1('z');
        await count(2, ...rows);
        assert.equal(await raw.count(), 2);
      },
    },
    {
      name: 'Delete deletes when nobody undoes it',
      work: async () => {
        await clickRow('plain text');
        await click('button', /^Delete/, { within: await see('complementary', /^Message /) });
        await until('one message left', async () => (await raw.count()) === 1);
      },
    },
    {
      name: 'a file is imported',
      work: async () => {
        const folder = mkdtempSync(join(tmpdir(), 'queuescope-journey-'));
        try {
          const file = join(folder, 'orders.jsonl');
          writeFileSync(
            file,
            Array.from({ length: ROWS }, (_, n) => `${JSON.stringify({ text: `{"order":${n}}` })}\n`).join(''),
          );
          await click('button', 'Import');
          await dialog();
          const field = await session.evaluate(() => document.querySelector('input[type=file]'));
          await session.type(/** @type {any} */ (field), file);
          await click('button', `Import ${ROWS} messages`, { within: await dialog() });
          await says('region', 'Jobs', `Imported ${ROWS} messages`);
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
        assert.equal(await raw.count(), ROWS + 1);
      },
    },
    {
      name: 'the whole queue is browsed, and returned',
      work: async () => {
        await stage.later(301_000);
        await open(QUEUE, '?mode=browse');
        await click('button', /^Browse all \d+$/, { within: await see('region', 'Browse all') });
        await until('browsed', async () =>
          session.evaluate(
            (words) => document.querySelector('main')?.innerText.includes(words),
            `Browsed ${ROWS + 1} messages, all returned`,
          ),
        );
        assert.equal((await raw.peek()).length, 32, 'what was browsed is still hidden');
      },
    },
    {
      name: 'the filter leaves the rows that match',
      work: async () => {
        await toMain();
        await press1('/');
        await type('"order":17');
        await until('one row', async () => {
          // On a busy machine the filter stops at a message, and says so.
          const [again] = await all('button', 'Try again');
          if (again) await session.click(again);
          return (await all(...rows)).length === 1;
        });
        await see('row', undefined, { has: '17' });
      },
    },
    {
      name: 'a filtered row is selected and moved to another queue',
      work: async () => {
        await stage.queue(MOVED).create();
        await click('checkbox', 'Select all loaded messages');
        await until('a dialog for the move', async () => {
          const [button] = await all('button', /^Move/);
          if (button) await session.click(button);
          else {
            await click('button', 'More for the selected messages');
            await click('menuitem', /^Move/);
          }
          return dialog();
        });
        await fill(MOVED, 'To queue', { role: 'combobox' });
        await click('button', /^Move /, { within: await dialog() });
        await says('region', 'Jobs', /[Mm]oved 1/);
        assert.deepEqual(await texts(stage.raw(MOVED)), ['{"order":17}']);
        assert.equal(await raw.count(), ROWS);
      },
    },
    {
      name: 'a queue is exported, every text exact',
      work: async () => {
        await open(QUEUE);
        await click('button', 'Export');
        await click('button', 'Export all messages', { within: await dialog() });
        await says('region', 'Jobs', `Exported ${ROWS} messages`);
        const [file = ''] = await saved();
        const written = file
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line).text);
        assert.equal(written.length, ROWS);
        assert.ok(written.includes(EDITED) && written.includes('{"order":39}'));
      },
    },
    {
      name: 'the palette finds what is typed after its key',
      work: async () => {
        await toMain();
        await press('Control', 'k');
        await see('combobox', 'Search or run a command');
        await type('settings');
        await press('Enter');
        await see('heading', 'Settings');
      },
    },
    {
      name: 'the theme changes at once',
      work: async () => {
        await click('radio', 'Light');
        const light = await session.evaluate(ground);
        await click('radio', 'Dark');
        await until('another ground', async () => (await session.evaluate(ground)) !== light);
        await click('radio', 'System');
      },
    },
    {
      name: 'the wire inspector shows each exchange with its string to sign',
      work: async () => {
        await open(QUEUE);
        await see(...rows);
        await toMain();
        await press1('g');
        await press1('w');
        await click('row', undefined, { has: 'GET', within: await see('grid', 'Wire log') });
        await says('region', 'Request details', stage.account);
        await see('region', 'Signed lines');
      },
    },
    {
      name: 'a job over a broken network loses nothing',
      work: async () => {
        await stage.queue(FAULTY).create();
        await open(QUEUE);
        await queueMenu('Copy all messages');
        await fill(FAULTY, 'To queue', { role: 'combobox' });
        stage.setFaults(true);
        await click('button', /^Copy /, { within: await dialog() });
        const job = await until('copied', async () => (await all('listitem', undefined, { has: /[Cc]opied \d+/ }))[0]);
        stage.setFaults(false);
        await click('button', 'Save report', { within: job });
        await click('menuitem', 'As JSON');
        const { counts } = JSON.parse((await saved()).at(-1) ?? '{}');
        await stage.later(3_600_000);
        const copies = (await stage.raw(FAULTY).count()) ?? 0;
        assert.equal(await raw.count(), ROWS, 'the originals');
        assert.ok(copies >= counts.done && copies <= counts.done + counts.maybeDone + counts.maybeTwice, 'copies');
        const { lostBefore, lostAfter, truncated } = stage.faults();
        assert.ok(lostBefore + lostAfter + truncated > 3, 'nothing failed');
      },
    },
    {
      name: 'a queue is cleared',
      work: async () => {
        await open(FAULTY);
        await queueMenu('Clear queue');
        await fill(FAULTY, `Type ${FAULTY} to confirm`);
        await click('button', 'Clear queue', { within: await dialog() });
        await until('an empty queue', async () => (await stage.raw(FAULTY).count()) === 0);
      },
    },
    {
      name: 'a queue is deleted',
      work: async () => {
        await queueMenu('Delete queue');
        await fill(FAULTY, `Type ${FAULTY} to confirm`);
        await click('button', 'Delete queue', { within: await dialog() });
        await gone('link', new RegExp(`^${FAULTY},`));
        assert.equal(await stage.raw(FAULTY).count(), undefined);
      },
    },
    {
      name: 'the sandbox opens with its demo queues',
      work: async () => {
        await goto('#/connect');
        await click('button', 'Open sandbox');
        await click('link', /^orders, about \d+ messages/);
        await see(...rows);
      },
    },
    {
      name: 'time is moved in the sandbox, and a lease ends',
      work: async () => {
        await click('radio', 'Receive');
        await click('button', '1 for 30 s');
        await count(1, ...leased);
        await click('button', 'Skip to next lease end');
        await gone(...leased);
      },
    },
    {
      name: 'the first lesson of the lab comes to its end',
      work: async () => {
        await goto('#/lab/first-message');
        for (const [asked, next] of [
          ['Create the queue', 'Send an order'],
          ['Send an order', 'Receive it'],
        ]) {
          await until(`the step "${asked}"`, async () => (await step()).includes(asked ?? ''));
          // What a clicker sends. A key that comes before the lesson listens is lost.
          await until(`the step "${next}"`, async () => {
            if ((await step()).includes(asked ?? '')) await press('PageDown');
            return (await step()).includes(next ?? '');
          });
        }
        await press1('r');
        await click('radio', /^1: it is still in the queue/);
        await click('button', 'Run and see');
        await says('status', 'What the run says', 'The run agrees with you');
      },
    },
    {
      name: 'free play runs in its worker, the same for the same seed',
      work: async () => {
        const played = async () => {
          await goto('#/lab/free?seed=7&workers=2');
          await see('slider', 'Time of the run');
          for (let times = 0; times < 3; times++) await press('Shift', 'ArrowRight');
          const clock = await see('timer', 'Simulated time');
          await until('thirty seconds', async () => (await text(clock)) === '0:30.0');
          return session.evaluate(() => document.querySelector('[aria-label="Ledger"]')?.textContent);
        };
        const first = await played();
        assert.ok(first);
        await goto('#/lab');
        assert.equal(await played(), first);
      },
    },
    {
      name: 'a reload keeps the place, and asks for the key of the other account alone',
      work: async () => {
        await goto(stage.second.address);
        await see('link', /^berths,/);
        await session.reload();
        await goto(stage.second.address);
        await fill(stage.second.key, /key/i, { within: await see('form', /^Enter the /) });
        await click('button', 'Connect');
        await see('link', /^berths,/);
      },
    },
    {
      name: 'nothing was said on the way that nobody saw: no error, no broken policy',
      work: async () => {
        assert.deepEqual(await session.evaluate(() => Reflect.get(globalThis, 'journeyWrong')), []);
      },
    },
  ];
}

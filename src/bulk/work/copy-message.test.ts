import { beforeEach, describe, expect, test } from 'vitest';
import { around, failing } from '../bulk.fixture';
import { startMessageJob } from '../jobs/message-job';
import type { QueueTarget } from '../requests/queue-target';
import { copyMessage } from './copy-message';
import { type LeasedScene, leasedScene, NO_ANSWER, NOT_ALLOWED, NOT_KNOWN } from './leased.fixture';

let scene: LeasedScene;
let to: QueueTarget;

/** So little is left of the lease that it is renewed before the copy. */
async function begin() {
  scene = await leasedScene({ visibilityTimeout: 20, timeToLive: 40 });
  to = await scene.fill('other', []);
  scene.clock.advance(12_000);
}

beforeEach(begin);

const copy = (target = scene.from) => copyMessage(to)(scene.handle(target));
const arrived = () => scene.textsIn('other');

test('a copy has the text and is made under a lease that lasts', async () => {
  expect(await copy()).toMatchObject({ kind: 'done', value: { id: expect.any(String) } });
  expect(await arrived()).toEqual(['a']);
  expect(scene.handle().endsAt).toBeGreaterThan(scene.clock.now() + 19_000);
});

describe('nothing is copied', () => {
  test.each([
    ['not known', NO_ANSWER, `Not copied: whether its lease was renewed is not known. ${NOT_KNOWN}`],
    ['refused', NOT_ALLOWED, 'Not copied. Not allowed.'],
  ])('when the renewal of the lease is %s', async (_, error, reason) => {
    expect(await copy(failing(scene.from, 'updateMessage', error))).toMatchObject({ kind: 'failed', reason });
    expect(await arrived()).toEqual([]);
  });

  test('of a message whose text is unknown', async () => {
    // A renewal would tell.
    await scene.handle().renew();
    await scene.doubtText();
    expect(await copy()).toMatchObject({
      kind: 'failed',
      reason: 'Not copied: what its text is now is not certain. Release it and look again.',
    });
    expect(await arrived()).toEqual([]);
  });

  test('of a message that has expired, whether or not its text is certain', async () => {
    await scene.doubtText();
    scene.clock.advance(40_000);
    expect(await copy()).toMatchObject({ kind: 'skipped', reason: 'The message has expired.' });
    expect(await arrived()).toEqual([]);
  });

  test('of a message that expires while its lease is renewed', async () => {
    const slow = around(scene.from, 'updateMessage', { after: () => scene.clock.advance(30_000) });
    expect(await copy(slow)).toMatchObject({ kind: 'skipped', reason: 'The message has expired.' });
    expect(await arrived()).toEqual([]);
  });

  test('of a message that was deleted', async () => {
    await scene.handle().delete();
    expect(await copy()).toMatchObject({
      kind: 'skipped',
      reason: 'Left out: the message was deleted by this tab.',
    });
  });
});

test.each([
  [
    'lost',
    NO_ANSWER,
    'maybeTwice',
    'The original is kept, and a copy may have been made: the answer was lost. No answer.',
  ],
  ['a refusal', NOT_ALLOWED, 'failed', 'Not copied. Not allowed.'],
])('the answer to the copy is %s', async (_, error, kind, reason) => {
  const outcome = await copyMessage(failing(to, 'sendMessage', error))(scene.handle());
  expect(outcome).toMatchObject({ kind, reason });
  expect(outcome).not.toHaveProperty('copied');
});

test('a text is let go of once it is copied, and not before', async () => {
  const from = await scene.fill('others', ['a', 'b']);
  const refused = around(to, 'sendMessage', {
    before() {
      if (texts.size === 1) throw NOT_ALLOWED;
    },
  });
  const texts = new Map<string, string | undefined>();
  await startMessageJob({
    from,
    name: 'Copy',
    wanted: 'all',
    concurrency: 1,
    work: copyMessage(refused),
    onOutcome: ({ kind, item }) => texts.set(kind, item.message?.text),
  }).finished;
  expect(texts).toEqual(
    new Map([
      ['done', undefined],
      ['failed', 'b'],
    ]),
  );
});

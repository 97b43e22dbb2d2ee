import { describe, expect, test } from 'vitest';
import { RelayError } from '../relay/relay-fetch';
import { createNetwork, type NetworkOptions } from './network';

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const nothing = () => {};
const unreachable = (way: string | null = null) => new RelayError('No.', { reached: true, word: 'unreachable', way });
const lost = () => new TypeError('Failed to fetch');

/** A network whose looks succeed or not, and whose waits end when they are told to. */
function watched({
  isLocal = false,
  isOnline = true,
  answers = true,
}: Partial<Record<'isLocal' | 'isOnline' | 'answers', boolean>> = {}) {
  const facts = { isOnline, answers, looks: 0, waits: [] as number[] };
  let wake: () => void = nothing;
  const options: NetworkOptions = {
    isLocal,
    isOnline: () => facts.isOnline,
    probe: async () => {
      facts.looks++;
      if (!facts.answers) throw lost();
    },
    wait: (ms) => {
      facts.waits.push(ms);
      return new Promise((resolve) => (wake = resolve));
    },
  };
  const network = createNetwork(options);
  const told: (string | undefined)[] = [];
  network.subscribe(() => told.push(network.loss()));
  return {
    network,
    facts,
    told,
    tell: async (isOnlineNow: boolean, answersNow = isOnlineNow) => {
      facts.isOnline = isOnlineNow;
      facts.answers = answersNow;
      if (isOnlineNow) network.toldOnline();
      else network.toldOffline();
      await settled();
    },
    waited: async () => {
      wake();
      await settled();
    },
  };
}

describe('a service elsewhere', () => {
  test('is there without a look while the browser is online', () => {
    const { network, facts } = watched();
    expect([network.loss(), network.isThere(), facts.looks]).toEqual([undefined, true, 0]);
  });

  test('is gone when the browser says so, and back when it says so and an answer comes', async () => {
    const { network, told, tell } = watched();
    await tell(false);
    expect([network.loss(), await network.isThere()]).toEqual(['network', false]);
    let isBack = false;
    void network.back().then(() => (isBack = true));
    await tell(true, false);
    expect(isBack).toBe(false);
    await tell(true);
    expect([isBack, told]).toEqual([true, ['network', undefined]]);
  });

  test('is not asked for again and again while the browser is offline', async () => {
    const { facts, tell, waited } = watched();
    await tell(false);
    await waited();
    expect([facts.looks, facts.waits]).toEqual([1, []]);
  });

  test('is there all the same where an answer comes although the browser says that it is offline', async () => {
    const { network, tell } = watched();
    await tell(false, true);
    expect([network.loss(), await network.isThere()]).toEqual([undefined, true]);
  });

  test('is looked for in longer and longer times once the browser is online again, and then its requests tell', async () => {
    const { network, facts, tell, waited } = watched();
    await tell(false);
    await tell(true, false);
    for (let look = 0; look < 5; look++) await waited();
    expect([network.loss(), facts.waits]).toEqual(['network', [1000, 2000, 4000, 8000, 15_000, 30_000]]);
    await waited();
    expect(network.loss()).toBeUndefined();
  });

  test('is not gone for an answer that did not come while the browser is online', () => {
    const { network } = watched();
    expect([network.failed(lost()), network.loss()]).toEqual([false, undefined]);
  });

  test('is not known at the start of a page that is offline', async () => {
    const { network, facts } = watched({ isOnline: false, answers: false });
    expect(await network.isThere()).toBe(false);
    expect([facts.looks, network.loss()]).toEqual([1, 'network']);
  });
});

describe('a service of this machine', () => {
  test('is there while the browser is offline, once a look shows it', async () => {
    const { network, facts, told, tell } = watched({ isLocal: true });
    await tell(false, true);
    expect([network.loss(), network.isThere(), facts.looks, told]).toEqual([undefined, true, 1, []]);
  });

  test('is gone when no answer comes while the browser is offline, and is looked for by itself', async () => {
    const { network, facts, tell, waited } = watched({ isLocal: true });
    await tell(false, true);
    facts.answers = false;
    expect([network.failed(lost()), network.loss()]).toEqual([true, 'network']);
    await waited();
    expect(network.loss()).toBe('network');
    facts.answers = true;
    await waited();
    expect([network.loss(), facts.waits]).toEqual([undefined, [1000, 2000]]);
  });
});

describe('a service behind the relay', () => {
  test.each<[string, Error, boolean, string | undefined]>([
    ['there is no way to the account', unreachable('none'), true, 'network'],
    ['the way to the account broke', unreachable('broken'), true, 'network'],
    ['its certificate is not trusted', unreachable(), false, undefined],
    ['it redirects', new RelayError('No.', { reached: true, word: 'redirect' }), false, undefined],
    ['the local server does not answer', new RelayError('No.', { reached: false, cause: lost() }), true, 'server'],
  ])('%s', (_, cause, isLost, loss) => {
    const { network } = watched({ isLocal: true });
    expect([network.failed(cause), network.loss()]).toEqual([isLost, loss]);
  });
});

test('who waits for it can be called off', async () => {
  const { network, tell } = watched();
  await tell(false);
  const calling = new AbortController();
  const waiting = network.back(calling.signal);
  calling.abort(new Error('Enough.'));
  await expect(waiting).rejects.toThrow('Enough.');
  await expect(network.back(calling.signal)).rejects.toThrow('Enough.');
});

test('an answer to what was asked before the network went does not say that it is back, one to what was asked since does', async () => {
  const { network, facts } = watched({ isLocal: true, answers: false });
  facts.isOnline = false;
  network.toldOffline();
  await settled();
  expect(network.loss()).toBe('network');
  network.answered(true);
  await settled();
  expect(network.loss()).toBe('network');
  network.answered(false);
  expect(network.loss()).toBeUndefined();
});

import { connect } from '../../azure/account';
import { importKey } from '../../azure/credentials/shared-key';
import { readPlainXml } from '../../azure/wire/xml';
import { createClock } from '../clock';
import { seedDemoStory } from '../demo-story';
import type { Received } from '../received';
import { SANDBOX } from '../sandbox-account';
import { createSandbox, type Sandbox } from '../service';
import type { SandboxSnapshot } from '../snapshot';
import { loadSnapshot, type Persistence, persistSandbox } from '../snapshot-persistence';
import type { AskKind, Asks, FromHost, PostedAnswer, PostedRequest, ToHost } from './protocol';

/** Snapshots that are kept for an undo; of more, the oldest goes. */
const MOST_ASIDE = 3;
/** Between two looks at the first lease end: bulk work changes it thousands of times a second. */
const LOOK_EVERY_MS = 100;

type Answering = { [Kind in AskKind]: (of: Asks[Kind]['ask']) => Promise<Asks[Kind]['answer']> | Asks[Kind]['answer'] };

/** Runs the sandbox in a worker, for a page at the other end of `post`. Returns what takes the messages of that page. */
export function createSandboxHost(post: (message: FromHost) => void): (message: ToHost) => void {
  const clock = createClock();
  const aside = new Map<number, SandboxSnapshot>();
  const underWay = new Map<number, AbortController>();
  let lastAside = 0;
  let sandbox: Sandbox | undefined;
  let persistence: Persistence | undefined;
  let leaseEnd: number | undefined;
  let look: ReturnType<typeof setTimeout> | undefined;
  let answers: PostedAnswer[] = [];
  const turn = new MessageChannel();
  turn.port1.addEventListener('message', sendAnswers);
  turn.port1.start();

  function sendAnswers(): void {
    const ready = answers;
    answers = [];
    if (ready.length > 0) post({ kind: 'answers', answers: ready });
  }

  const opened = (): Sandbox => {
    if (!sandbox) throw new Error('The sandbox is not open.');
    return sandbox;
  };

  function lookAtLeases(): void {
    look = undefined;
    const end = opened().nextLeaseEnd();
    if (end === leaseEnd) return;
    leaseEnd = end;
    post({ kind: 'leaseEnd', end });
  }

  async function carryOut({ id, headers, ...request }: PostedRequest): Promise<void> {
    const abort = new AbortController();
    underWay.set(id, abort);
    let answer: PostedAnswer | undefined;
    try {
      answer = { id, answer: await opened().answer({ ...request, ...namesAndValues(headers), signal: abort.signal }) };
    } catch (error) {
      // The page has given its own answer to what it has aborted.
      if (!abort.signal.aborted)
        answer = { id, ...(error instanceof TypeError ? { isBroken: true } : { failure: String(error) }) };
    }
    underWay.delete(id);
    if (answer) answers.push(answer);
    // Others that are nearly ready go with it, one turn later.
    if (underWay.size === 0) sendAnswers();
    else if (answers.length === 1) turn.port2.postMessage(undefined);
  }

  function restore(snapshot: SandboxSnapshot) {
    opened().restore(snapshot);
    return clock.state();
  }

  const answering: Answering = {
    async open({ seed, clock: state, names, withDemo }) {
      clock.follow(state);
      sandbox = createSandbox({ clock, seed });
      sandbox.subscribe(() => (look ??= setTimeout(lookAtLeases, LOOK_EVERY_MS)));
      for (const name of names) {
        const snapshot = await loadSnapshot(name);
        if (snapshot) return restore(snapshot);
      }
      if (withDemo) await seedDemo(sandbox);
      return undefined;
    },
    async startOver({ withDemo }) {
      opened().reset();
      if (withDemo) await seedDemo(opened());
      return undefined;
    },
    snapshot: (queues) => opened().snapshot(queues),
    restore,
    putAside() {
      aside.set(++lastAside, opened().snapshot());
      for (const number of aside.keys()) if (number <= lastAside - MOST_ASIDE) aside.delete(number);
      return lastAside;
    },
    restoreAside(number) {
      const snapshot = aside.get(number);
      return snapshot && restore(snapshot);
    },
    async persist(name) {
      persistence?.stop();
      persistence = undefined;
      if (name !== undefined) persistence = await persistSandbox(opened(), name);
      return undefined;
    },
    nextLeaseEnd: () => (leaseEnd = opened().nextLeaseEnd()),
  };

  async function tell({ id, what, of }: Extract<ToHost, { kind: 'ask' }>): Promise<void> {
    try {
      // Each ask has what its own answer takes.
      const told = await (answering[what] as (of: unknown) => Promise<Asks[AskKind]['answer']>)(of);
      post({ kind: 'told', id, told });
    } catch (error) {
      post({ kind: 'failed', id, message: String(error) });
    }
  }

  return (message) => {
    switch (message.kind) {
      case 'requests':
        for (const request of message.requests) void carryOut(request);
        return;
      case 'abort':
        return underWay.get(message.id)?.abort();
      case 'clock':
        return clock.follow(message.state);
      case 'faults':
        return opened().setFaults(message.change);
      case 'flush':
        return persistence?.flush();
      case 'ask':
        void tell(message);
    }
  };
}

/** Creates the demo queues, here, where it keeps no page waiting. */
async function seedDemo({ fetch, clock }: Sandbox): Promise<void> {
  const credential = { kind: 'key' as const, key: await importKey(SANDBOX.key) };
  const now = () => clock.now();
  await seedDemoStory(
    connect({ ...SANDBOX, credential }, { fetch, now, signingTime: now, readXml: readPlainXml }),
    now(),
  );
}

function namesAndValues(headers: PostedRequest['headers']): Pick<Received, 'headers' | 'sentNames'> {
  const values = new Map<string, string>();
  const sentNames = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    values.set(lower, value);
    sentNames.set(lower, name);
  }
  return { headers: values, sentNames };
}

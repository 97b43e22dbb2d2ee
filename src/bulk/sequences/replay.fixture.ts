import type { ReceiptRules } from '@/sandbox/receipt';
import { ACTIONS, type Choice } from './actions.fixture';
import { World } from './world.fixture';

export type Step = Choice & { action: number };

export type Sequence = {
  /** 3 to 12. */
  messages: number;
  steps: readonly Step[];
};

export type Told = {
  /** What was done, in words. Steps that were not possible are left out. */
  words: string[];
  /** What is wrong, as sentences. */
  violations: readonly string[];
};

/** The receipts of Azure and of the emulator, and two that nobody has. */
export const RECEIPTS: readonly ReceiptRules[] = [
  { void: 'MessageNotFound', shared: true },
  { void: 'PopReceiptMismatch', shared: true },
  { void: 'MessageNotFound', shared: false },
  { void: 'PopReceiptMismatch', shared: false },
];

/** Does one step after the other and looks at everything in between, then lets everything come to its end. */
export async function replay({ messages, steps }: Sequence, receipts: ReceiptRules): Promise<Told> {
  const world = new World(receipts);
  const { violations } = world.ledger;
  await world.open(messages);
  const words: string[] = [`${messages} messages`];
  await world.look();
  for (const { action, ...choice } of steps) {
    const page = world.pages[choice.tab] ?? world.pages[0];
    const chosen = ACTIONS[action];
    if (!page || !chosen) continue;
    const done = await chosen.act(world, page, choice);
    if (done === undefined) continue;
    words.push(page.tab === 1 ? `In the second tab: ${done}` : done);
    await world.look();
    if (violations.length > 0) return { words, violations };
  }
  words.push('In the end');
  await world.end();
  return { words, violations };
}

/** The steps and what is wrong, as a person reads them. */
export const inWords = ({ words, violations }: Told, { void: code, shared }: ReceiptRules): string =>
  [
    `Void receipts: ${code}; the messages of one receive have ${shared ? 'one receipt' : 'a receipt each'}.`,
    ...words.map((word, index) => `${index}. ${word}`),
    ...violations.map((violation) => `✗ ${violation}`),
  ].join('\n');

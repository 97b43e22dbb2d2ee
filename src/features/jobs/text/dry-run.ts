import type { Message } from '@/azure/protocol/model';
import { delay } from '@/azure/wire/retry';
import type { NewText } from '@/bulk/work/new-text';
import { useAsync } from '@/ui/browser/use-async';
import type { ChangeForm } from './apply-change';
import { createDryRunner, type DryRunner } from './dry-runner';

/** The effect that a change would have on the loaded messages of a scope, as far as they are read. */
export type DryRun = {
  /** Loaded messages that are read, of all that are loaded. */
  read: number;
  of: number;
  /** Ids of those that change, in their order. */
  changed: readonly string[];
  same: number;
  /** Those that cannot be read as the change needs it, and those that it refuses for another reason. */
  unreadable: number;
  refused: number;
  /** Why the first of them is not changed. */
  reason: string | undefined;
  isDone: boolean;
};

/** Ms to wait for the next key. */
const TYPING_DELAY_MS = 150;
/** Of one question to the worker. */
const SLICE = { messages: 64, characters: 512 * 1024 };

/** Tries a change on all loaded messages of a scope, in a worker, without a request; begins anew when one of them changes. */
export function useDryRun(form: ChangeForm | undefined, messages: readonly Message[]): DryRun | undefined {
  const shape = form && JSON.stringify(form);
  const { value } = useAsync<DryRun>(form && [shape, messages], async (signal, show) => {
    await delay(TYPING_DELAY_MS, signal);
    if (form) await dryRun(form, messages, { signal, show });
  });
  return value;
}

type Options = { signal: AbortSignal; show: (run: DryRun) => void; runner?: DryRunner };

/** Tells the effect of a change after each slice of the messages. */
export async function dryRun(
  form: ChangeForm,
  messages: readonly Pick<Message, 'id' | 'text'>[],
  { signal, show, runner = createDryRunner(form) }: Options,
): Promise<void> {
  try {
    let run: DryRun = {
      read: 0,
      of: messages.length,
      changed: [],
      same: 0,
      unreadable: 0,
      refused: 0,
      reason: undefined,
      isDone: messages.length === 0,
    };
    show(run);
    for (const slice of slices(messages)) {
      const results = await runner.change(
        slice.map(({ text }) => text),
        signal,
      );
      run = noted(run, slice, results);
      show(run);
    }
  } finally {
    runner.close();
  }
}

/** Parts of the messages that are few and short enough for one question. */
function* slices<Item extends Pick<Message, 'text'>>(messages: readonly Item[]): Generator<Item[]> {
  let slice: Item[] = [];
  let characters = 0;
  for (const message of messages) {
    slice.push(message);
    characters += message.text.length;
    if (slice.length < SLICE.messages && characters < SLICE.characters) continue;
    yield slice;
    [slice, characters] = [[], 0];
  }
  if (slice.length > 0) yield slice;
}

function noted(run: DryRun, slice: readonly Pick<Message, 'id' | 'text'>[], results: readonly NewText[]): DryRun {
  const changed = [...run.changed];
  let { same, unreadable, refused, reason } = run;
  for (const [index, { id, text }] of slice.entries()) {
    const result = results[index];
    if (!result) continue;
    if ('refused' in result) {
      reason ??= result.refused;
      if (isUnreadable(result.refused)) unreadable++;
      else refused++;
    } else if (result.text === text) same++;
    else changed.push(id);
  }
  const read = run.read + slice.length;
  return { ...run, read, changed, same, unreadable, refused, reason, isDone: read === run.of };
}

const isUnreadable = (reason: string) => reason.startsWith('It is not JSON');

/** A dry run as JSON Lines: of each message its id, what becomes of it, and its text before and after. In pieces of a Blob. */
export async function dryRunFile(
  form: ChangeForm,
  messages: readonly Pick<Message, 'id' | 'text'>[],
  { signal, runner = createDryRunner(form) }: Omit<Options, 'show'>,
): Promise<Blob> {
  const pieces: Blob[] = [];
  try {
    for (const slice of slices(messages)) {
      const results = await runner.change(
        slice.map(({ text }) => text),
        signal,
      );
      const lines = slice.map(({ id, text }, index) => `${JSON.stringify({ id, ...told(text, results[index]) })}\n`);
      pieces.push(new Blob(lines));
    }
    return new Blob(pieces, { type: 'application/jsonl' });
  } finally {
    runner.close();
  }
}

function told(before: string, result: NewText | undefined) {
  if (!result || 'refused' in result) return { outcome: 'not changed', reason: result?.refused ?? '', before };
  return result.text === before ? { outcome: 'stays' } : { outcome: 'changes', before, after: result.text };
}

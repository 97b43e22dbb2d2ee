import { type NewText, newText } from '@/bulk/work/new-text';
import type { ChangeForm } from './apply-change';
import { applyChange } from './apply-change';

/** Texts to change as the job would. */
export type DryRunRequest = { form: ChangeForm; texts: readonly string[] };
/** The text that it begins with next, or what it has made of all. */
export type DryRunAnswer = { kind: 'ready' } | { kind: 'at'; index: number } | { kind: 'done'; results: NewText[] };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the page that made this worker
const post = (answer: DryRunAnswer) => postMessage(answer);

// A worker, since texts may be long, and because only ending its thread stops a regular expression.
addEventListener('message', ({ data: { form, texts } }: MessageEvent<DryRunRequest>) => void changeAll(form, texts));

async function changeAll(form: ChangeForm, texts: readonly string[]) {
  const { change } = applyChange(form, (pattern, flags, replacement) => {
    const expression = new RegExp(pattern, flags);
    return { replace: (text) => ({ text: text.replace(expression, replacement) }), close: () => {} };
  });
  const results: NewText[] = [];
  for (const [index, text] of texts.entries()) {
    post({ kind: 'at', index });
    results.push(await newText(text, change));
  }
  post({ kind: 'done', results });
}

post({ kind: 'ready' });

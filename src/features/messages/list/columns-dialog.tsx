import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import { arrivedDecoder } from '@/search/arrived-decoder';
import { parsePath, printPath } from '@/search/json-path';
import { isOfferedSecret, REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { stepsIn } from '@/state/settings/own-steps';
import { type QueueView, setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { useAsync } from '@/ui/browser/use-async';
import { Button, IconButton } from '@/ui/controls/button';
import { Field, TextInput } from '@/ui/controls/field';
import { announce } from '@/ui/feedback/live-region';
import { Dialog, DoneButton } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';
import { isolated } from '@/words/isolate';
import { useRows } from '../rows/use-queue-rows';

/** Messages whose keys are offered. */
const LOOKED_AT = 20;
const OFFERED = 40;
/** Keys of one message that are looked at. */
const PATHS_OF_ONE = 200;
const NONE: ReadonlyMap<string, number> = new Map();

/** Which parts of the body are columns of this queue, and in which order. */
export function ColumnsDialog({ onClose }: { onClose: () => void }) {
  const { connectionId, queue, all } = useRows();
  const view = useQueueView(connectionId, queue);
  const { paths } = view;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const offered = usePathsOf(all, view).filter((path) => !paths.includes(path));
  const set = (next: readonly string[]) => setQueueView(connectionId, queue, { paths: next });

  function add(path: string) {
    if (isOfferedSecret(path)) return;
    if (!paths.includes(path)) set([...paths, path]);
    announce(`Added column ${isolated(path)}`);
  }
  function addTyped(event: SubmitEvent) {
    event.preventDefault();
    const path = parsePath(typed);
    if (typeof path === 'string') return setError(path);
    if (path.length === 0) return setError('Name a key, as in order.lines[0].sku');
    add(printPath(path));
    setTyped('');
    setError(undefined);
  }
  function move(index: number, by: 1 | -1) {
    const path = paths[index];
    const other = paths[index + by];
    if (path === undefined || other === undefined) return;
    set(paths.with(index, other).with(index + by, path));
    announce(`${isolated(path)} is column ${index + by + 1} of ${paths.length}`);
  }

  return (
    <Dialog
      size="md"
      title="Columns from the body"
      subtitle={<span className="max-w-3/5 flex-none truncate text-text-3">{queue}</span>}
      onClose={onClose}
      footer={<DoneButton onClick={onClose} />}
    >
      <div className="grid gap-4">
        <form onSubmit={addTyped} className="flex items-start gap-2">
          <Field label="Path" error={error} hint="Such as order.total or lines[0].sku" className="flex-1">
            <TextInput
              mono
              value={typed}
              {...REFUSES_SECRETS}
              onChange={(text) => {
                setTyped(text);
                setError(undefined);
              }}
            />
          </Field>
          <Button type="submit" icon={<Plus />} className="mt-5.5">
            Add column
          </Button>
        </form>
        {paths.length > 0 && (
          <section aria-label="Columns, from left to right">
            <h3 className="mb-1 text-12 font-semibold">From left to right</h3>
            <ol className="grid rounded-8 border border-line">
              {paths.map((path, index) => (
                <li key={path} className="flex min-h-9 items-center gap-1 border-line px-2 not-first:border-t">
                  <code className="min-w-0 flex-1 truncate font-mono text-12" title={path}>
                    {path}
                  </code>
                  <IconButton
                    size="sm"
                    label={`Move ${isolated(path)} left`}
                    icon={<ArrowUp />}
                    reason={index === 0 ? 'It is the first' : undefined}
                    onClick={() => move(index, -1)}
                  />
                  <IconButton
                    size="sm"
                    label={`Move ${isolated(path)} right`}
                    icon={<ArrowDown />}
                    reason={index === paths.length - 1 ? 'It is the last' : undefined}
                    onClick={() => move(index, 1)}
                  />
                  <IconButton
                    size="sm"
                    label={`Remove column ${isolated(path)}`}
                    icon={<Trash2 />}
                    onClick={() => {
                      set(paths.filter((one) => one !== path));
                      announce(`Removed column ${isolated(path)}`);
                    }}
                  />
                </li>
              ))}
            </ol>
          </section>
        )}
        <section aria-label="Found in loaded messages">
          <h3 className="mb-1 text-12 font-semibold">Found in loaded messages</h3>
          {offered.length === 0 ? (
            <p className="text-12 text-text-3">No further keys in the first {counted(LOOKED_AT, 'message')}.</p>
          ) : (
            <div className="flex flex-wrap gap-1.5">
              {offered.map((path) => (
                <Button
                  key={path}
                  size="sm"
                  icon={<Plus />}
                  aria-label={`Add column ${isolated(path)}`}
                  onClick={() => add(path)}
                >
                  <code className="max-w-60 truncate font-mono">{path}</code>
                </Button>
              ))}
            </div>
          )}
        </section>
      </div>
    </Dialog>
  );
}

/** Paths in the first messages, those that most of them have first. */
function usePathsOf(rows: readonly MessageRow[], view: QueueView): string[] {
  const messages = rows.slice(0, LOOKED_AT).map(({ id, message: { text } }) => ({ id, text }));
  const texts = messages.map(({ text }) => text);
  const { last = NONE } = useAsync<ReadonlyMap<string, number>>(
    [view.steps, view.own, ...texts],
    async (signal, show) => {
      const decoder = await arrivedDecoder();
      const counts = new Map<string, number>();
      for (const { id, text } of messages) {
        const steps = stepsIn(view, id);
        // Only the first item of a list, whose others have the same keys.
        const paths = await decoder.run({ kind: 'paths', text, steps, most: PATHS_OF_ONE }, { signal, isUrgent: true });
        for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
        show(new Map(counts));
      }
      return counts;
    },
  );
  return [...last]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, OFFERED)
    .map(([path]) => path);
}

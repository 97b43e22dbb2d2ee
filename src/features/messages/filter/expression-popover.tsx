import { Trash2 } from 'lucide-react';
import { type ComponentProps, type SyntheticEvent, useState } from 'react';
import { isOfferedSecret, REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { isComposing } from '@/ui/browser/is-composing';
import { Button, IconButton } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, TextInput } from '@/ui/controls/field';
import { announce } from '@/ui/feedback/live-region';
import { Popover } from '@/ui/overlay/popover';
import { counted } from '@/words/counts';
import { isolated } from '@/words/isolate';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';

type ExpressionPopoverProps = { anchor: HTMLElement | null; onClose: () => void };

/** Edits, names and combines expressions over decoded bodies. All that are on must hold. */
export function ExpressionPopover({ anchor, onClose }: ExpressionPopoverProps) {
  const { connectionId, queue, all } = useRows();
  const { expressions: saved } = useQueueView(connectionId, queue);
  const { expressions: on, narrow } = useRowFilter();
  const { troubles, counts } = useSearchResults();
  const setExpressions = (expressions: readonly string[]) => narrow({ expressions });
  const isSaved = (source: string) => saved.some((one) => one.source === source);
  const unnamed = on.find((source) => !isSaved(source));
  const [source, setSource] = useState(unnamed ?? '');
  const [name, setName] = useState('');
  const trimmed = source.trim();
  const trouble = troubles.find(({ expression, count }) => expression === trimmed && count === undefined);
  const found = counts.find(({ expression }) => expression === trimmed);
  const withNamed = on.filter(isSaved);

  function apply(event: SyntheticEvent) {
    event.preventDefault();
    setExpressions(trimmed === '' ? withNamed : [...new Set([...withNamed, trimmed])]);
  }
  function save() {
    if (isOfferedSecret(trimmed) || isOfferedSecret(name)) return;
    const others = saved.filter((one) => one.name !== name.trim() && one.source !== trimmed);
    setQueueView(connectionId, queue, { expressions: [...others, { name: name.trim(), source: trimmed }] });
    setExpressions([...new Set([...on, trimmed])]);
    announce(`Saved ${name.trim()}`);
    setName('');
    setSource('');
  }
  function forget(gone: string) {
    setQueueView(connectionId, queue, { expressions: saved.filter((one) => one.source !== gone) });
    setExpressions(on.filter((one) => one !== gone));
  }

  return (
    <Popover anchor={anchor} title="Filter by expression" onClose={onClose}>
      <form onSubmit={apply} className="grid gap-3">
        <Field
          label="Expression over the decoded JSON"
          error={trouble && `${trouble.at === undefined ? '' : `Character ${trouble.at + 1}: `}${trouble.message}`}
          hint={
            found ? (
              `Keeps ${found.count} of ${counted(all.length, 'loaded message')}`
            ) : (
              <>
                JSONata, such as <code className="font-mono">total &gt; 100 and customer.tier = &quot;gold&quot;</code>.{' '}
                <code className="font-mono">$decode(body)</code> is what is inside of a string.{' '}
                <code className="font-mono">$message</code> has id, dequeueCount, size and text. Whole numbers too long
                for JavaScript are text: compare them in quotes.
              </>
            )
          }
        >
          <CodeField value={source} onChange={setSource} onEnter={apply} />
        </Field>
        <div className="flex items-center gap-2">
          <Button
            type="submit"
            variant="primary"
            kbd="⏎"
            disabled={trimmed === unnamed || (trimmed === '' && !unnamed)}
          >
            {trimmed === '' && unnamed ? 'Turn off' : 'Apply'}
          </Button>
          <TextInput
            aria-label="Name of the expression"
            placeholder="Name"
            value={name}
            {...REFUSES_SECRETS}
            onChange={setName}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !name.trim() || !trimmed) return;
              event.preventDefault();
              save();
            }}
            className="flex-1"
          />
          <Button reason={name.trim() && trimmed ? undefined : 'Write an expression and name it'} onClick={save}>
            Save
          </Button>
        </div>
      </form>
      {saved.length > 0 && (
        <ul aria-label={`Expressions saved for ${queue}`} className="grid border-t border-line pt-2">
          {saved.map((one) => (
            <li key={one.source} className="flex min-h-8 items-center gap-2">
              <Checkbox
                label={`Use ${one.name}`}
                checked={on.includes(one.source)}
                onChange={(use) =>
                  setExpressions(use ? [...on, one.source] : on.filter((other) => other !== one.source))
                }
              />
              <button
                type="button"
                className="grid min-w-0 flex-1 rounded-4 text-left hover:bg-hover"
                title="Put it into the field to change it"
                onClick={() => {
                  setSource(one.source);
                  setName(one.name);
                }}
              >
                <span className="truncate text-12 font-semibold">{one.name}</span>
                <code className="truncate font-mono text-11 text-text-3">{one.source}</code>
              </button>
              <IconButton
                size="sm"
                label={`Delete expression ${isolated(one.name)}`}
                icon={<Trash2 />}
                onClick={() => forget(one.source)}
              />
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

type CodeFieldProps = Pick<ComponentProps<'textarea'>, 'id' | 'aria-describedby' | 'aria-invalid'> & {
  value: string;
  onChange: (value: string) => void;
  /** Called on Enter; Shift Enter begins a line. */
  onEnter: (event: SyntheticEvent) => void;
};

/** A few lines of code. */
function CodeField({ value, onChange, onEnter, ...field }: CodeFieldProps) {
  return (
    <textarea
      {...field}
      rows={3}
      dir="auto"
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      value={value}
      {...REFUSES_SECRETS}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey && !isComposing(event.nativeEvent)) onEnter(event);
      }}
      className="min-h-16 w-full resize-y rounded-6 border border-line-control bg-surface px-2 py-1.5 font-mono text-12 text-text aria-invalid:border-danger-solid"
    />
  );
}

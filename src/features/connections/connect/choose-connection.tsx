import type { Choice } from '@/azure/connection-input/parsed-connection';
import { urlOf } from '@/azure/protocol/decode-uri';
import { cx } from '@/ui/format/cx';
import { counted } from '@/words/counts';

type ChooseConnectionProps = {
  choices: readonly Choice[];
  chosen: number | undefined;
  onChoose: (index: number) => void;
};

/** Asks which of several connections in one text is meant. None is chosen at first, as one may be production. */
export function ChooseConnection({ choices, chosen, onChoose }: ChooseConnectionProps) {
  return (
    <fieldset data-question="which" className="min-w-0">
      <legend className="mb-1.5 text-12 font-semibold">
        {counted(choices.length, 'connection')} are in this text. Which one?
      </legend>
      <div className="max-h-60 divide-y divide-line overflow-y-auto rounded-8 border border-line-strong">
        {choices.map(({ label, input }, index) => (
          <label
            // oxlint-disable-next-line react/no-array-index-key -- The choices of one text never change places.
            key={index}
            className={cx(
              'flex min-h-9 items-center gap-2.5 px-3 py-1.5 max-desk:min-h-11',
              'has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-2 has-[:focus-visible]:outline-accent-solid',
              index === chosen ? 'bg-selected' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name="which-connection"
              checked={index === chosen}
              onChange={() => onChoose(index)}
              className="m-0 size-3.5 flex-none appearance-none rounded-full border border-line-control bg-surface outline-none checked:border-4 checked:border-ink forced-colors:appearance-auto"
            />
            <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
              <span className="font-semibold">{labelOf(input)}</span>
              <span className="min-w-0 truncate font-mono text-12 text-text-3">{hostOf(input.endpoint)}</span>
            </span>
            <span className="max-w-[45%] truncate text-12 text-text-2">{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const labelOf = (input: Choice['input']): string => {
  const queue = 'queue' in input ? input.queue : undefined;
  return queue === undefined ? input.account : `${input.account}/${queue}`;
};

const hostOf = (endpoint: string): string => urlOf(endpoint)?.host ?? endpoint;

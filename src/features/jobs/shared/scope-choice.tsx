import { createContext, type ReactNode, useContext, useId, useMemo } from 'react';
import { filterText } from '@/search/filter-words';
import { type MessageScope, type OpenDialog, openDialog, type ScopeFilter } from '@/state/navigation/open-dialog';
import { cx } from '@/ui/format/cx';
import { count } from '@/words/counts';
import { clockTime } from '@/words/times';
import type { Scope } from './scope';

/** What a dialog can mean: what was selected, what the filter shows, what matches it, or all of the queue. */
type Meaning = 'ids' | 'shown' | 'matching' | 'all';

type Choice = {
  ids: MessageScope['ids'] | undefined;
  shown: MessageScope['shown'] | undefined;
  filter: ScopeFilter | undefined;
  meant: Meaning;
  choose: (meant: Meaning) => void;
};

const ChoiceContext = createContext<Choice | undefined>(undefined);

type ScopeChoiceProps<Open> = { open: Open; children: (meant: Open) => ReactNode };

type Asked = Pick<MessageScope, 'ids' | 'reach' | 'shown' | 'isShownMeant' | 'filter' | 'isMatchingMeant'>;

/**
 * Gives a dialog the choice of what it means where a filter was on as it opened: what was selected, or what the filter leaves of the
 * loaded messages, or all that match it, or all of the queue. As long as a person has not chosen otherwise, it is what the button
 * that opened it says.
 */
export function WithScopeChoice<Open extends object>({ open, children }: ScopeChoiceProps<Open>) {
  const { ids, reach, shown, isShownMeant = false, filter, isMatchingMeant = false, ...rest } = open as Open & Asked;
  if (!shown && !filter) return children(open);
  // The answer is of the dialog that is open, which a job that is cut off begins again with.
  const choose = (meant: Meaning) =>
    openDialog({
      ...open,
      isShownMeant: meant === 'shown',
      isMatchingMeant: meant === 'matching',
    } as unknown as OpenDialog);
  const meant = isMatchingMeant ? 'matching' : isShownMeant ? 'shown' : ids ? 'ids' : 'all';
  const scope = {
    ids: { ids, reach },
    shown,
    matching: { filter, isMatchingMeant },
    all: {},
  }[meant];
  return <Chosen {...{ ids, shown, filter, meant, choose }}>{children({ ...rest, ...scope } as Open)}</Chosen>;
}

function Chosen({ ids, shown, filter, meant, choose, children }: Choice & { children: ReactNode }) {
  const value = useMemo(() => ({ ids, shown, filter, meant, choose }), [ids, shown, filter, meant, choose]);
  return <ChoiceContext value={value}>{children}</ChoiceContext>;
}

/** Which messages are meant, at the top of a dialog; `isAlways`: also where there is nothing to choose. */
export function ScopeChoice({ scope, isAlways = false }: { scope: Scope; isAlways?: boolean }) {
  const choice = useContext(ChoiceContext);
  if (!choice && !isAlways) return null;
  const { shown, filter, choose } = choice ?? {};
  const ids = choice ? choice.ids : scope.ids;
  const meant = choice?.meant ?? (ids ? 'ids' : 'all');
  const { approximate } = scope;
  const options: Option[] = [
    ...(ids
      ? [
          {
            value: 'ids',
            label: `These ${count(ids.length)}`,
            hint: `Selected, ${meant === 'ids' ? leasedText(scope) : 'as they are now'}`,
          } as const,
        ]
      : []),
    ...(shown && !ids
      ? [
          {
            value: 'shown',
            label: `These ${count(shown.ids.length)}`,
            hint:
              shown.ids.length === 0
                ? 'The filter shows no message'
                : `Shown by the filter, ${meant === 'shown' ? leasedText(scope) : 'of those that are loaded'}`,
            isOff: shown.ids.length === 0,
          } as const,
        ]
      : []),
    ...(filter
      ? [
          {
            value: 'matching',
            label: `All where ${filterText(filter)}, also those not loaded`,
            hint: filter.problem ?? matchingText(filter, approximate),
            isOff: filter.problem !== undefined,
          } as const,
        ]
      : []),
    ...(ids
      ? []
      : [
          {
            value: 'all',
            label: approximate === undefined ? 'All of the queue' : `All ${count(approximate)}`,
            hint: `${filter ? 'Whatever the filter shows. ' : ''}All that are visible when it begins; those that come meanwhile stay.`,
          } as const,
        ]),
  ];
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-semibold">Scope</legend>
      {options.map((option) => (
        <ScopeRadio
          key={option.value}
          option={option}
          isOnly={options.length === 1}
          isChosen={option.value === meant}
          onChoose={() => choose?.(option.value)}
        />
      ))}
    </fieldset>
  );
}

type Option = { value: Meaning; label: string; hint: string; isOff?: boolean };

type ScopeRadioProps = { option: Option; isChosen: boolean; isOnly: boolean; onChoose: () => void };

function ScopeRadio({ option: { label, hint, isOff = false }, isChosen, isOnly, onChoose }: ScopeRadioProps) {
  const hintId = useId();
  const labelId = useId();
  return (
    <label
      className={cx(
        'flex gap-2.5 rounded-8 border px-3 py-2',
        isChosen && !isOnly ? 'border-ink inset-ring inset-ring-ink' : 'border-line-strong',
        isOff && 'text-text-3',
      )}
    >
      <input
        type="radio"
        name="scope"
        aria-labelledby={labelId}
        aria-describedby={hintId}
        checked={isChosen}
        disabled={isOff}
        onChange={onChoose}
        className="mt-0.5 size-4 flex-none accent-ink"
      />
      <span className="min-w-0">
        <b id={labelId} className="font-semibold [overflow-wrap:anywhere]">
          {label}
        </b>
        <span id={hintId} className="block text-12 text-pretty text-text-2">
          {hint}
        </span>
      </span>
    </label>
  );
}

/** "all leased to you until 06:17:30", "3 leased to you, 2 to be found from the front". */
function leasedText({ leasedHere, unleased, firstEnd }: Scope): string {
  if (unleased.length > 0)
    return leasedHere > 0
      ? `${count(leasedHere)} leased to you, ${count(unleased.length)} to be found from the front`
      : 'none leased to you yet: to be found from the front';
  if (leasedHere === 0) return 'in use by other work of this tab';
  return `all leased to you${firstEnd === undefined ? '' : ` until ${clockTime(firstEnd)}`}`;
}

/** "These 1,600 and any of the ≈ 34 that came since. The job reads the queue for them." */
function matchingText({ matching, loaded }: ScopeFilter, approximate: number | undefined): string {
  const others = approximate === undefined ? undefined : Math.max(0, approximate - loaded);
  const known = matching.length === 0 ? 'None of those loaded' : `These ${count(matching.length)}`;
  if (others === 0) return `${known} and any that come before it begins. The job reads the queue for them.`;
  return `${known} and any of ${others === undefined ? 'those' : `the ≈ ${count(others)}`} that are not loaded. The job reads the queue for them.`;
}

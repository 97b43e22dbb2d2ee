import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type MessageScope, type OpenDialog, openDialog } from '@/state/navigation/open-dialog';
import { Segmented } from '@/ui/controls/segmented';
import { count } from '@/ui/format/counts';

type Choice = { shown: number; isShownMeant: boolean; choose: (isShownMeant: boolean) => void };

const ChoiceContext = createContext<Choice | undefined>(undefined);

type ScopeChoiceProps<Open> = { open: Open; children: (meant: Open) => ReactNode };

/**
 * Gives a dialog that means a whole queue the choice to mean what a filter leaves of the loaded messages instead, where a filter
 * was on as it opened. All of the queue is meant until a person chooses otherwise, as the button that opened it says.
 */
export function WithScopeChoice<Open extends object>({ open, children }: ScopeChoiceProps<Open>) {
  const { shown, isShownMeant = false, ...rest } = open as Open & Pick<MessageScope, 'shown' | 'isShownMeant'>;
  // The answer is of the dialog that is open, which a job that is cut off begins again with.
  const choose = (next: boolean) => openDialog({ ...open, isShownMeant: next } as unknown as OpenDialog);
  if (!shown) return children(open);
  const meant = isShownMeant ? { ...rest, ...shown } : rest;
  return <Chosen {...{ shown: shown.ids.length, isShownMeant, choose }}>{children(meant as Open)}</Chosen>;
}

function Chosen({ shown, isShownMeant, choose, children }: Choice & { children: ReactNode }) {
  const value = useMemo(() => ({ shown, isShownMeant, choose }), [shown, isShownMeant, choose]);
  return <ChoiceContext value={value}>{children}</ChoiceContext>;
}

/** Which messages are meant, at the top of a dialog: all of the queue, or those that the filter shows. */
export function ScopeChoice({ total }: { total: number | undefined }) {
  const choice = useContext(ChoiceContext);
  if (!choice) return null;
  const { shown, isShownMeant, choose } = choice;
  return (
    <div className="grid justify-items-start gap-1.5">
      <Segmented
        label="Scope"
        value={isShownMeant ? 'shown' : 'all'}
        onChange={(value) => choose(value === 'shown')}
        options={[
          { value: 'all', label: total === undefined ? 'All of the queue' : `All ${count(total)}` },
          {
            value: 'shown',
            label: `The ${count(shown)} shown`,
            reason: shown === 0 ? 'The filter shows no message' : undefined,
          },
        ]}
      />
      <p className="text-12 text-text-3">
        {isShownMeant
          ? 'Of the messages that are loaded, those that the filter shows.'
          : 'A filter is on. It does not matter here: every message of the queue is meant.'}
      </p>
    </div>
  );
}

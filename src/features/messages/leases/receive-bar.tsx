import { useMutation } from '@tanstack/react-query';
import { EyeOff } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { failureToast } from '@/actions/failure-toast';
import { readActions } from '@/actions/queue-actions';
import { dropAskedReceive, PRESETS, type Receive, useAskedReceive } from '@/actions/receive-actions';
import { mayBeUnreadableMessage } from '@/azure/diagnosis/failure-text';
import { StorageError } from '@/azure/protocol/errors';
import { countProblem, visibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { mayHaveSucceeded } from '@/azure/wire/retry';
import { receiveMessages } from '@/queries/messages';
import { useDenialReason } from '@/state/permissions/permissions';
import { preferences, setPreference } from '@/state/settings/preferences';
import { ANY_NUMBER, NumberInput, TimeSpanInput } from '@/ui/controls/field';
import { Toolbar } from '@/ui/controls/toolbar';
import { counted, plural } from '@/words/counts';
import { secondsOf, spokenSpan, type TimeSpan, timeSpanOf } from '@/words/spans';
import { FoldedSettings } from '../shared/fold';

/** The ids that a receive brought, of how many it asked for; `hidden` more came without a receipt that can be read. */
export type Received = { asked: number; ids: readonly string[]; hidden?: number };

/** The title of a failed receive, which may have leased messages when its answer was lost. */
export function notReceivedTitle(error: unknown): string {
  if (error instanceof StorageError && error.status < 400) return 'What was received cannot be read';
  if (error instanceof StorageError && mayBeUnreadableMessage(error)) return 'The receive failed at a message';
  return mayHaveSucceeded(error) ? 'The receive got no answer' : 'Nothing received';
}

type ReceiveBarProps = { account: Account; queue: string; onReceived: (received: Received) => void };

/** The form of a receive: how many messages, for how long, and what that does to them. */
export function ReceiveBar({ account, queue, onReceived }: ReceiveBarProps) {
  const [count, setCount] = useState(() => preferences().receive.count);
  const [timeout, setTimeoutSpan] = useState(() => timeSpanOf(preferences().receive.visibilityTimeout));
  const visibilityTimeout = secondsOf(timeout);
  const wrongCount = countProblem(count);
  const wrongTimeout = visibilityTimeoutProblem(visibilityTimeout);
  const problem = wrongCount ?? wrongTimeout;
  const on = { connectionId: account.id, queue };
  const reason = useDenialReason(account.id, queue)('receive');
  const ruleId = useId();
  const receiving = useMutation({
    ...receiveMessages(account, queue),
    onSuccess: (ids, { count: asked, leftOut = [] }) => onReceived({ asked, ids, hidden: leftOut.length }),
    onError: (error) => failureToast(notReceivedTitle(error), error),
  });
  // A button that has the focus keeps it: off, and not disabled.
  const pending = receiving.isPending ? 'Receiving' : undefined;
  const receive = (asked: Receive) => receiving.mutate({ ...asked, leftOut: [] });

  const asked = useAskedReceive(on);
  const answer = useEffectEvent((wanted: Receive) => {
    dropAskedReceive();
    if (reason === undefined && !receiving.isPending) receive(wanted);
  });
  useEffect(() => {
    if (asked) answer(asked);
  }, [asked]);

  function changeCount(next: number) {
    setCount(next);
    // Remembers legal values only.
    if (countProblem(next) === undefined) setPreference('receive', { ...preferences().receive, count: next });
  }

  function changeTimeout(next: TimeSpan) {
    setTimeoutSpan(next);
    const seconds = secondsOf(next);
    if (visibilityTimeoutProblem(seconds) === undefined)
      setPreference('receive', { ...preferences().receive, visibilityTimeout: seconds });
  }

  return (
    <section
      aria-label="Receive"
      data-mode-bar=""
      className="flex-none border-t border-line bg-canvas px-4 py-2 max-desk:px-3"
    >
      <form
        data-fields=""
        className="flex flex-wrap items-center gap-x-2 gap-y-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === undefined && !receiving.isPending) receive({ count, visibilityTimeout });
        }}
      >
        <NumberInput
          aria-label="Messages to receive"
          aria-describedby={wrongCount && ruleId}
          aria-invalid={wrongCount !== undefined}
          className="w-14 folded:hidden"
          {...ANY_NUMBER}
          value={count}
          onChange={changeCount}
        />
        <span className="text-text-2 folded:hidden">for</span>
        <TimeSpanInput
          aria-label="Visibility timeout"
          aria-describedby={wrongTimeout && ruleId}
          aria-invalid={wrongTimeout !== undefined}
          className="w-36 folded:hidden"
          value={timeout}
          onChange={changeTimeout}
        />
        <FoldedSettings label="Receive">{`${count} for ${spokenSpan(visibilityTimeout)}`}</FoldedSettings>
        <ActionButton
          action={readActions.receive}
          on={on}
          type="submit"
          data-starts="receive"
          variant="primary"
          className="short:h-9!"
          reason={problem ?? pending}
          title={undefined}
          onClick={undefined}
        >
          {wrongCount === undefined ? `Receive ${count}` : 'Receive'}
        </ActionButton>
        <span aria-hidden="true" className="mx-1 h-5 w-px bg-line-strong max-desk:hidden folded:hidden" />
        <Toolbar label="Receive at once" className="folded:hidden flex flex-wrap items-center gap-1.5">
          {Object.values(PRESETS).map((preset) => (
            <ActionButton
              key={preset.count}
              action={readActions.receive}
              on={on}
              reason={pending}
              title={`Receive ${preset.count} for ${spokenSpan(preset.visibilityTimeout)} now`}
              onClick={() => receive(preset)}
            >
              {preset.count} for {spokenSpan(preset.visibilityTimeout)}
            </ActionButton>
          ))}
        </Toolbar>
      </form>
      {problem === undefined ? (
        <p data-words="" className="mt-1.5 flex items-start gap-1.5 text-12 text-text-2">
          <EyeOff className="mt-px size-3.5 flex-none text-text-3" />
          <span className="folded:truncate">
            {reason ??
              `Receive hides ${count > 1 ? 'up to ' : ''}${counted(count, 'message')} from every consumer for ${spokenSpan(visibilityTimeout)} and raises ${plural(count, 'its dequeue count', 'their dequeue counts')} by 1.`}
          </span>
        </p>
      ) : (
        <p id={ruleId} role="alert" className="mt-1.5 text-12 text-danger">
          {problem}
        </p>
      )}
    </section>
  );
}

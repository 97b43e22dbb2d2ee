import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  flushDeletes,
  setDeletesHidden,
  UNDO_WINDOW,
  undoDelete,
  useWaitingDeletes,
  type WaitingDelete,
  whenDeletesChange,
} from '@/state/messages/pending-deletes';
import { Button, IconButton } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { Ring } from '@/ui/feedback/ring';
import { areToastsShown, putStandingNote, TOAST_STYLE, whenToastsAreShown } from '@/ui/overlay/toast-store';
import { counted, plural } from '@/words/counts';

/*
 * One note for all deletes that wait for Undo, whatever screen is open. Each is sent when its own time is over, which
 * neither the note nor anything beside it changes.
 */

/** Between two updates of the seconds. */
const STEP_MS = 250;

let newest: WaitingDelete | undefined;
let isShowing = false;

/**
 * From now on shows what waits. While the page is hidden, or the code that draws the note is not there, the time stands still.
 * Closing or reloading the page sends nothing: nobody can see there whether it was sent, and the message returns when its lease
 * ends.
 */
export function showWaitingDeletes(): void {
  if (isShowing) return;
  isShowing = true;
  whenDeletesChange(showNewest);
  whenToastsAreShown(tellHidden);
  tellHidden();
  document.addEventListener('visibilitychange', tellHidden);
}

const tellHidden = () => setDeletesHidden(document.visibilityState === 'hidden' || !areToastsShown());

function showNewest(waiting: readonly WaitingDelete[]) {
  newest = waiting.at(-1);
  putStandingNote(
    newest && {
      content: <WaitingDeletes />,
      action: { kbd: 'Z', onClick: keepNewest },
      since: newest.since,
    },
  );
}

/** Undoes the latest delete and announces it. */
function keepNewest() {
  const kept = newest;
  if (kept && undoDelete(kept.number)) announce(`Kept ${counted(kept.ids.length, 'message')}`);
}

/** The number of messages that wait, and the seconds left for Undo of the latest delete. */
function WaitingDeletes() {
  const waiting = useWaitingDeletes();
  const last = waiting.at(-1);
  if (!last) return null;
  const messages = waiting.reduce((sum, { ids }) => sum + ids.length, 0);
  const latest = last.ids.length;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from any button inside
    <div
      role="status"
      className={TOAST_STYLE}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        void flushDeletes();
      }}
    >
      <div className="min-w-0 flex-1 py-0.5">
        <div>Deleting {counted(messages, 'message')}</div>
        {waiting.length > 1 && (
          <div className="text-12 text-text-2">Undo keeps the latest{latest > 1 && ` ${latest}`}</div>
        )}
        <div className="mt-0.5 text-12 text-text-2">
          {last.target.network?.loss() !== undefined ? 'Waits for the network. ' : 'Waits while this tab is hidden. '}
          Closing or reloading it deletes nothing: the {plural(messages, 'message comes', 'messages come')} back when
          the lease ends.
        </div>
      </div>
      <Button size="sm" kbd="Z" onClick={keepNewest}>
        Undo
      </Button>
      <Seconds key={last.number} {...last} />
      <IconButton size="sm" label="Delete now" icon={<X />} onClick={() => void flushDeletes()} />
    </div>
  );
}

/** The seconds left for Undo, which stand still while the page is hidden. They are not spoken. */
function Seconds({ sentAt, leftMs }: WaitingDelete) {
  const [left, setLeft] = useState(leftMs);
  useEffect(() => {
    const look = () => setLeft(sentAt === undefined ? leftMs : Math.max(0, sentAt - Date.now()));
    look();
    if (sentAt === undefined) return undefined;
    const timer = setInterval(look, STEP_MS);
    return () => clearInterval(timer);
  }, [sentAt, leftMs]);
  return (
    <Ring value={left / UNDO_WINDOW} tone="neutral" sizePx={24}>
      {Math.ceil(left / 1000)}
    </Ring>
  );
}

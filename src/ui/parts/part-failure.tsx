import { RotateCw, Unplug } from 'lucide-react';
import { createContext, useContext, useEffect, useState } from 'react';
import { reloadPage } from '@/parts/offline';
import { isOutdated } from '@/parts/other-build';
import { PartError } from '@/parts/part-error';
import { Arriving } from '../browser/arriving';
import { Button } from '../controls/button';
import { StatePanel } from '../feedback/state-panel';
import { cx } from '../format/cx';
import { PlainDialog } from './plain-dialog';

/** What a person goes to; a part of it; what opens over the page; or something in a bar. */
export type PartShape = 'screen' | 'pane' | 'dialog' | 'line';

/** Says what a reload of the page costs, as sentences. */
export const ReloadCost = createContext<() => string>(
  () => 'A reload loses what is typed and not sent, stops running jobs, and asks again for keys of this tab.',
);

/** Keeps the keys that belong to a part that is on its way, and says after a second that it is. */
export function PartWaiting({ shape, onClose }: { shape: PartShape; onClose: (() => void) | undefined }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {shape === 'screen' && <Arriving isPage />}
      {shape === 'dialog' && <Arriving onCancel={onClose} />}
      {isLong && shape !== 'line' && (
        <p
          role="status"
          className={cx(
            'flex items-center gap-2 p-4 text-12 text-text-3',
            shape === 'dialog' && 'fixed inset-x-0 top-14 z-60 mx-auto w-fit rounded-8 bg-raised shadow-2',
          )}
        >
          Still loading…
          {onClose && (
            <Button size="sm" kbd="Esc" onClick={onClose}>
              Cancel
            </Button>
          )}
        </p>
      )}
    </>
  );
}

type PartFailureProps = {
  shape: PartShape;
  failure: unknown;
  onRetry: () => void;
  onClose: (() => void) | undefined;
};

/** Says in the place of a part that it is not here, and why; a reload is offered, with its price, where nothing else helps. */
export function PartFailure({ shape, failure, onRetry, onClose }: PartFailureProps) {
  // The failure after which another build was found.
  const [outdated, setOutdated] = useState<unknown>();
  const [isOpen, setOpen] = useState(false);
  const cost = useContext(ReloadCost);
  useEffect(() => {
    let isGone = false;
    void isOutdated().then((is) => is && !isGone && setOutdated(failure));
    return () => {
      isGone = true;
    };
  }, [failure]);
  const isNew = outdated !== undefined && outdated === failure;
  const problem = failure instanceof PartError ? failure.problem : 'damaged';
  const mustReload = isNew || problem === 'reload';
  const title = isNew ? 'A new version of Queuescope is here' : 'This part did not arrive';
  const words = (
    <p>
      {isNew ? 'The file of this part is gone, and parts of two versions do not mix.' : whyNot(problem)}{' '}
      {mustReload ? `Reload the page to have it. ${cost()}` : 'All else stays as it is.'}
    </p>
  );
  const retry = (
    <Button variant={mustReload ? 'default' : 'primary'} icon={<RotateCw />} onClick={onRetry}>
      Try again
    </Button>
  );
  const reload = mustReload && (
    <Button variant="primary" onClick={() => void reloadPage()}>
      Reload the page
    </Button>
  );
  const actions = (
    <>
      {reload}
      {retry}
    </>
  );
  if (shape === 'pane' || shape === 'screen') {
    const closing = onClose && (
      <Button kbd="Esc" onClick={onClose}>
        Close
      </Button>
    );
    return (
      <StatePanel
        role="alert"
        tone="warn"
        icon={<Unplug />}
        title={title}
        actions={
          <>
            {actions}
            {closing}
          </>
        }
      >
        {words}
      </StatePanel>
    );
  }
  const dialog = (close: () => void) => (
    <PlainDialog title={title} onClose={close} actions={actions}>
      {words}
    </PlainDialog>
  );
  if (shape === 'dialog' && onClose) return dialog(onClose);
  return (
    <span role="status" className="inline-flex items-center gap-1.5 px-2 text-12 text-warn">
      {isNew ? 'New version' : 'Not loaded'}
      <Button variant="link" onClick={mustReload ? () => setOpen(true) : onRetry}>
        {mustReload ? 'Reload' : 'Try again'}
      </Button>
      {isOpen && dialog(() => setOpen(false))}
    </span>
  );
}

const whyNot = (problem: PartError['problem']) =>
  problem === 'reload'
    ? 'The browser keeps an earlier failure of it.'
    : problem === 'damaged'
      ? 'What the server sent cannot be run.'
      : problem === 'missing'
        ? 'The server of this page has sent something else.'
        : navigator.onLine
          ? 'The server of this page does not answer.'
          : 'There is no network.';

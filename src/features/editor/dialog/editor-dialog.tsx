import type { KeyboardEvent, ReactNode } from 'react';
import { useIsPhone } from '@/ui/browser/use-media';
import { Button } from '@/ui/controls/button';
import { Tabs } from '@/ui/controls/tabs';
import { cx } from '@/ui/format/cx';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';
import { useDialogContext } from '@/ui/overlay/dialog-context';

export type EditorPane = 'message' | 'preview';

type EditorDialogProps = {
  title: string;
  subtitle: ReactNode;
  /** On the button that sends: `Add message`. */
  label: string;
  /** Why the message cannot be sent. */
  reason: string | undefined;
  isPending: boolean;
  onSend: () => void;
  onClose: () => void;
  /** At the left end of the footer. */
  note: ReactNode;
  /** The pane in sight on a phone, which has room for one. */
  pane: EditorPane;
  onPane: (pane: EditorPane) => void;
  /** Name of the tab of the preview. */
  previewLabel?: string;
  message: ReactNode;
  preview: ReactNode;
  /** Above both panes: what has to be known or chosen first. */
  band?: ReactNode;
  /** Below both panes: what went wrong. */
  failure?: ReactNode;
};

/**
 * The dialog that adds or edits a message: two panes side by side, or one at a time behind tabs on a phone, where both stay
 * mounted. Ctrl Enter or Cmd Enter sends from anywhere in it.
 */
export function EditorDialog(props: EditorDialogProps) {
  const { label, isPending, onSend, onClose, pane, onPane, previewLabel = 'Preview' } = props;
  const { reason: denial } = useDialogContext();
  const reason = denial ?? props.reason;
  const isPhone = useIsPhone();
  function press(event: KeyboardEvent) {
    const meaning = sendKey(event);
    if (meaning === undefined) return;
    event.preventDefault();
    if (meaning === 'send' && denial === undefined) onSend();
  }
  return (
    <Dialog
      size="editor"
      title={props.title}
      subtitle={props.subtitle}
      onClose={onClose}
      footer={
        <>
          {props.note}
          <CloseButton onClick={onClose}> Cancel</CloseButton>
          <Button size="lg" variant="primary" kbd="Ctrl ⏎" disabled={isPending} reason={reason} onClick={onSend}>
            {label}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a key that works in all of the form */}
      <div className="flex h-full flex-col" onKeyDown={press}>
        {props.band}
        {isPhone && (
          <Tabs
            label="Parts of the dialog"
            value={pane}
            onChange={onPane}
            tabs={[
              { value: 'message', label: 'Message' },
              { value: 'preview', label: previewLabel },
            ]}
            className="flex-none border-b border-line px-4"
            listClassName="h-11"
          />
        )}
        <div className="grid min-h-0 flex-1 desk:grid-cols-[minmax(0,1fr)_minmax(0,512px)] desk:max-wide:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <section
            aria-label="Message"
            className={cx(
              'flex min-h-0 flex-col overflow-y-auto px-5 pb-5 max-desk:px-4',
              isPhone && pane !== 'message' && 'hidden',
            )}
          >
            {props.message}
          </section>
          <section
            aria-label="Preview"
            className={cx(
              'flex min-h-0 flex-col overflow-y-auto border-line bg-canvas px-5 pb-5 max-desk:px-4 desk:border-l dark:bg-surface',
              isPhone && pane !== 'preview' && 'hidden',
            )}
          >
            {props.preview}
          </section>
        </div>
        {props.failure}
      </div>
    </Dialog>
  );
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'repeat'>;

/** `send` for Ctrl Enter or Cmd Enter, `held` for its repeats while it is held down; undefined for other keys. */
export function sendKey({ key, ctrlKey, metaKey, repeat }: Key): 'send' | 'held' | undefined {
  if (key !== 'Enter' || !(ctrlKey || metaKey)) return undefined;
  return repeat ? 'held' : 'send';
}

import { ArrowLeft, ChevronDown, ChevronUp, X } from 'lucide-react';
import { ActionIconButton } from '@/actions/action-button';
import { type MessageSubject, messageActions } from '@/actions/message-actions';
import { CopyButton } from '@/ui/code/code';
import { IconButton, Kbd } from '@/ui/controls/button';
import { Toolbar } from '@/ui/controls/toolbar';

const { previous, next } = messageActions;

type DetailsHeadProps = {
  id: string;
  /** The subject of the steps to its neighbours; without it there are no such buttons. */
  on?: MessageSubject;
  /** Esc closes it, wherever the focus is. */
  hasEsc?: boolean;
  onClose: () => void;
};

/** The full id, the way to its neighbours and back to the rows. */
export function DetailsHead({ id, on, hasEsc = true, onClose }: DetailsHeadProps) {
  return (
    <header className="flex h-11 flex-none items-center gap-0.5 border-b border-line pr-2 pl-4 max-desk:h-14 max-desk:pl-2 short:sticky short:top-0 short:z-10 short:h-11 short:bg-surface">
      <IconButton
        size="lg"
        label="Back to messages"
        icon={<ArrowLeft />}
        className="mr-1 desk:hidden"
        onClick={onClose}
      />
      <h2 className="min-w-0 flex-1 truncate font-mono text-12 font-semibold" title={id}>
        {id}
      </h2>
      {hasEsc && <Kbd className="mr-1">F6</Kbd>}
      {/* One tab stop, so that the body of the message that J leads to is near. */}
      <Toolbar label="Message tools" className="flex items-center gap-0.5">
        <CopyButton size="sm" label="Copy message ID" text={id} />
        {on && (
          <>
            <ActionIconButton action={previous} on={on} size="sm" icon={<ChevronUp />} className="max-desk:hidden" />
            <ActionIconButton action={next} on={on} size="sm" icon={<ChevronDown />} className="max-desk:hidden" />
          </>
        )}
        <IconButton
          size="sm"
          label="Close details"
          keys={hasEsc ? 'Esc' : undefined}
          icon={<X />}
          className="max-desk:hidden"
          onClick={onClose}
        />
      </Toolbar>
    </header>
  );
}

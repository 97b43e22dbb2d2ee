export { ConfirmByName } from './confirm-by-name';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SubmitEvent,
  useCallback,
  useId,
  useRef,
} from 'react';
import { useArrived } from '../browser/arriving';
import { isComposing } from '../browser/is-composing';
import { Button, IconButton } from '../controls/button';
import { cx } from '../format/cx';
import { backdrop, panel, useDialogContext } from './dialog-context';
import { isInTooltip } from './in-tooltip';

export type DialogSize = 'sm' | 'md' | 'lg' | 'editor';

export type DialogProps = {
  /** Default: true, as dialogs are usually mounted only while open. */
  open?: boolean | undefined;
  onClose: () => void;
  title: ReactNode;
  /** Beside the title: the queue, the environment badge. */
  subtitle?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  size?: DialogSize | undefined;
  /** Default: the first control of the body, then of the footer, rather than "Close". */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** False keeps it open on a press outside, for dialogs with a draft. Default: true, false for `editor`. */
  dismissible?: boolean | undefined;
  /** True for a body of text only, which becomes a tab stop for scrolling by keyboard. */
  textOnly?: boolean | undefined;
};

const sizes: Record<DialogSize, string> = {
  sm: 'w-104',
  md: 'w-140',
  lg: 'w-190',
  editor: 'h-193 w-290',
};

/** A modal dialog: traps focus, closes on Esc and restores focus; named by its title; full screen under 760 px. */
export function Dialog({
  open = true,
  onClose,
  title,
  subtitle,
  children,
  footer,
  size = 'md',
  initialFocus,
  dismissible = size !== 'editor',
  textOnly = false,
}: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLElement>(null);
  // The same at each drawing: what a person scrolled to stays.
  const footRef = useCallback((element: HTMLElement | null) => {
    foot.current = element;
    return element ? endInSight(element) : undefined;
  }, []);
  const { mark } = useDialogContext();
  useArrived();
  // What is scrolled by keyboard is a section, since it has the focus.
  const Body = textOnly ? 'section' : 'div';
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, { event }) => !next && !isInTooltip(event) && onClose()}
      disablePointerDismissal={!dismissible}
    >
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          initialFocus={initialFocus ?? (() => firstControl(body.current) ?? firstControl(foot.current) ?? true)}
          onKeyDown={(event) => {
            nextPart(event);
            pressByEnter(event, foot.current);
          }}
          className={cx(
            panel,
            'flex flex-col',
            sizes[size],
            'max-desk:inset-0 max-desk:size-full max-desk:max-h-none max-desk:max-w-none max-desk:translate-0 max-desk:rounded-none short:max-h-dvh',
          )}
        >
          <header className="flex h-13 flex-none items-center gap-2 border-b border-line pr-3 pl-5 max-desk:h-14 max-desk:pr-2 max-desk:pl-4 short:h-11">
            <Base.Title
              className={cx(
                'min-w-0 text-15 font-semibold max-line:text-13 max-line:leading-4',
                // A question with an account's name needs a second line.
                size === 'sm'
                  ? 'line-clamp-2 [overflow-wrap:anywhere]'
                  : 'truncate max-desk:line-clamp-2 max-desk:text-wrap',
              )}
            >
              {title}
            </Base.Title>
            {subtitle}
            {mark}
            <span className="flex-1" />
            <IconButton label="Close" keys="Esc" icon={<X />} onClick={onClose} />
          </header>
          <Body
            ref={body}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- text has to be scrolled by keyboard too
            tabIndex={textOnly ? 0 : undefined}
            className={cx(
              'min-h-0 flex-1 overflow-auto -outline-offset-2!',
              size !== 'editor' && 'px-5 py-4 max-desk:px-4',
            )}
          >
            {children}
          </Body>
          {footer && (
            <footer
              ref={footRef}
              // Also the first of buttons that need more than the width is reached by scrolling, where the browser knows "safe".
              style={{ justifyContent: 'safe flex-end' }}
              className="flex min-h-15 flex-none items-center justify-end gap-2 border-t border-line px-5 max-desk:min-h-17 max-desk:px-4 max-desk:flex-wrap max-desk:py-2 short:h-11 short:min-h-11 short:flex-nowrap short:gap-1.5 short:overflow-x-auto short:px-3 short:py-0 short:[&_button]:h-9!"
            >
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Scrolls a foot that is wider than its dialog to its last button, unless something there has the focus. */
function endInSight(foot: HTMLElement): () => void {
  const resizes = new ResizeObserver(() => {
    if (!foot.contains(document.activeElement)) foot.scrollLeft = foot.scrollWidth;
  });
  resizes.observe(foot);
  return () => resizes.disconnect();
}

const CONTROL = ':is(input, textarea, select, button, a[href], [tabindex="0"]):not(:disabled, [tabindex="-1"])';

function firstControl(region: HTMLElement | null) {
  return region?.querySelector<HTMLElement>(CONTROL);
}

const PARTS = 'header, section, [role=tablist], footer';

/** The first control of a part that is in no part of that. */
const ownControl = (part: HTMLElement | undefined) =>
  [...(part?.querySelectorAll<HTMLElement>(CONTROL) ?? [])].find(
    (one) => one.closest(PARTS) === part && one.checkVisibility(),
  );

/** F6 and Shift F6 go through the parts of a dialog: its sections and rows of tabs, its foot, its head. */
function nextPart(event: KeyboardEvent<HTMLElement>) {
  const { currentTarget: dialog, target } = event;
  if (event.key !== 'F6' || !(target instanceof Element) || !dialog.contains(target)) return;
  const parts = [...dialog.querySelectorAll<HTMLElement>(PARTS)].filter((part) => ownControl(part));
  const at = parts.findLastIndex((part) => part.contains(target));
  event.preventDefault();
  ownControl(parts.at((at + (event.shiftKey ? -1 : 1)) % parts.length))?.focus();
}

const ONE_LINE = 'input:not([type=checkbox], [type=radio], [type=range], [type=file])';

/** Enter in a field of a dialog without a form does what the button does that ends the dialog, as in a form. */
function pressByEnter(event: KeyboardEvent<HTMLElement>, foot: HTMLElement | null) {
  const { key, target, currentTarget, ctrlKey, metaKey, repeat } = event;
  if (key !== 'Enter' || ctrlKey || metaKey || repeat || event.defaultPrevented || isComposing(event.nativeEvent))
    return;
  const isField = target instanceof HTMLInputElement && target.matches(ONE_LINE) && currentTarget.contains(target);
  if (isField && !target.form) foot?.querySelector<HTMLElement>('[data-primary]')?.click();
}

type FormDialogProps = Omit<DialogProps, 'footer' | 'open' | 'textOnly'> & {
  /** On the button that submits: verb and object. */
  label: string;
  /** Key that the submit button shows. */
  kbd?: string | undefined;
  isDanger?: boolean | undefined;
  /** On the button that closes: `Cancel`, unless it says what stays as it is; then it takes the focus first. */
  cancelLabel?: string | undefined;
  /** Why the form cannot be submitted; the submit button shows it. The reason of the dialog's context comes first. */
  reason?: string | undefined;
  /** True where the focus begins on the button that submits: a form whose fields are seldom changed. */
  startsAtSubmit?: boolean | undefined;
  /** Turns the submit button off without a reason: while the form is sent, or is not complete. */
  isOff?: boolean | undefined;
  /** At the left end of the footer. */
  note?: ReactNode;
  /** A second button that does a part of what submit does; it is off when submit is. */
  second?: { label: string; icon?: ReactNode; onClick: () => void } | undefined;
  onSubmit: () => void;
  /** Of the form. */
  className?: string | undefined;
};

/** Ctrl Enter, or Cmd Enter, submits a form from any of its fields. */
function submitByKey(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat || event.defaultPrevented) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

/** A dialog whose body is a form, with the buttons that cancel and submit it. */
export function FormDialog({
  label,
  kbd,
  isDanger = false,
  cancelLabel,
  reason: ownReason,
  isOff = false,
  note,
  second,
  startsAtSubmit = false,
  onSubmit,
  className,
  children,
  ...dialog
}: FormDialogProps) {
  const { reason = ownReason } = useDialogContext();
  const form = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  const last = useRef<HTMLButtonElement>(null);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (reason === undefined && !isOff) onSubmit();
  }
  return (
    <Dialog
      dismissible={false}
      {...(cancelLabel !== undefined && { initialFocus: cancel })}
      {...(startsAtSubmit && { initialFocus: last })}
      {...dialog}
      footer={
        <>
          {note}
          <CloseButton
            ref={cancel}
            className={cx(cancelLabel === undefined && (second ? 'max-desk:hidden' : note && 'max-line:hidden'))}
            onClick={dialog.onClose}
          >
            {cancelLabel ?? 'Cancel'}
          </CloseButton>
          {second && (
            <Button size="lg" className="max-desk:flex-1" disabled={isOff} reason={reason} onClick={second.onClick}>
              {second.icon} {second.label}
            </Button>
          )}
          <Button
            ref={last}
            type="submit"
            form={form}
            size="lg"
            variant={isDanger ? 'dangerSolid' : 'primary'}
            kbd={kbd}
            className={cx(second && 'max-desk:flex-1')}
            disabled={isOff}
            reason={reason}
          >
            {label}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a key of its fields */}
      <form id={form} onSubmit={submit} onKeyDown={submitByKey} className={cx('grid grid-cols-1 gap-4', className)}>
        {children}
      </form>
    </Dialog>
  );
}

/** The button in the footer of a dialog that closes it, as Esc does. */
export const CloseButton = ({ children = 'Close', ...button }: ComponentProps<typeof Button>) => (
  <Button size="lg" kbd="Esc" {...button}>
    {children}
  </Button>
);

/** The button in the footer of a dialog whose changes apply at once. */
export const DoneButton = ({ onClick }: { onClick: () => void }) => (
  <Button size="lg" variant="primary" onClick={onClick}>
    Done
  </Button>
);

import { Eye, EyeOff, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { isComposing } from '@/ui/browser/is-composing';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { useShownBriefly } from '../shared/use-shown-briefly';
import { type MaskedText, mask, maskedCaret, NOTHING_TYPED, unmask } from './masked-text';
import { NO_PASSWORD } from './no-password';

type SecretTextareaProps = {
  id: string;
  value: MaskedText;
  onChange: (value: MaskedText) => void;
  box: RefObject<HTMLTextAreaElement | null>;
  /** Id of the element that describes the text. */
  describedBy: string;
  invalid: boolean;
  label?: string;
  placeholder?: string;
};

/** Characters; colouring more makes typing slow. */
const MAX_HIGHLIGHTED = 20_000;

/**
 * A text field for connection details. Secrets are taken out before they reach the page (see `masked-text`): the field
 * holds dots, and the same text in colour lies over it.
 */
export function SecretTextarea({
  id,
  value,
  onChange,
  box,
  describedBy,
  invalid,
  label = 'Connection details',
  placeholder = 'DefaultEndpointsProtocol=https;AccountName=…',
}: SecretTextareaProps) {
  const [isKeyShown, setKeyShown] = useShownBriefly();
  /** A text that was pasted into a filled box. It is shown nowhere, as it may hold a secret. */
  const [pasted, setPasted] = useState<string>();
  const hasSecret = value.secrets.length > 0;
  const isRevealed = isKeyShown && hasSecret;

  /** Replaces the typed text with the masked one in the same task, and restores the caret. */
  function take(field: HTMLTextAreaElement, typed: string, caret: number) {
    const masked = mask(typed, value);
    if (field.value !== masked.shown) {
      const at = maskedCaret(typed, caret, value);
      field.value = masked.shown;
      field.setSelectionRange(at, at);
    }
    onChange(masked);
  }

  // Pasted text never enters the field unmasked, so it is not in the undo history either.
  function paste(event: ClipboardEvent<HTMLTextAreaElement>) {
    event.preventDefault();
    const { currentTarget: field } = event;
    const text = event.clipboardData.getData('text/plain').trim();
    // Something is selected: that is replaced. In a filled box the text would else land in the middle of another.
    if (field.value === '' || field.selectionStart !== field.selectionEnd) insert(field, text);
    else if (text !== '') setPasted(text);
  }

  function insert(field: HTMLTextAreaElement, text: string) {
    const { selectionStart: start, selectionEnd: end } = field;
    const before = field.value.slice(0, start) + text;
    take(field, before + field.value.slice(end), before.length);
  }

  function answer(how: 'replace' | 'insert' | 'leave') {
    const field = box.current;
    if (!field || pasted === undefined) return;
    setPasted(undefined);
    if (how === 'replace') field.select();
    if (how !== 'leave') insert(field, pasted);
    field.focus();
  }

  return (
    <div
      className={cx(
        'relative rounded-8 border bg-surface has-[textarea:focus]:border-accent-solid has-[textarea:focus]:shadow-[0_0_0_3px_var(--accent-tint)]',
        invalid ? 'border-danger-solid' : 'border-line-control',
      )}
    >
      <div className="max-h-56 overflow-y-auto rounded-8">
        <div className="relative">
          <div aria-hidden="true" className={cx('pointer-events-none text-text', layer, 'forced-colors:invisible')}>
            {isRevealed ? (
              <span className="break-all">{unmask(value)}</span>
            ) : value.shown.length > MAX_HIGHLIGHTED ? (
              value.shown
            ) : (
              <HighlightedConnection shown={value.shown} />
            )}
            {/* An empty last line still has a height. */}
            {'\u200b'}
          </div>
          <textarea
            id={id}
            ref={box}
            aria-label={label}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            autoCapitalize="off"
            {...NO_PASSWORD}
            autoCorrect="off"
            spellCheck={false}
            readOnly={isRevealed}
            placeholder={placeholder}
            value={value.shown}
            onChange={({ currentTarget: field }) => take(field, field.value, field.selectionEnd)}
            onPaste={paste}
            onKeyDown={submitOnEnter}
            className={cx(
              'absolute inset-0 size-full resize-none overflow-hidden bg-transparent text-transparent caret-text outline-none placeholder:text-text-3 forced-colors:text-[CanvasText]',
              isRevealed && 'invisible',
              layer,
            )}
          />
        </div>
      </div>
      {pasted !== undefined && <PasteQuestion onAnswer={answer} />}
      <div className="absolute top-1.5 right-1.5 flex gap-0.5 max-desk:top-1 max-desk:right-1">
        {hasSecret && (
          <IconButton
            size="sm"
            label={isRevealed ? 'Hide key' : 'Show key'}
            aria-pressed={isRevealed}
            icon={isRevealed ? <EyeOff /> : <Eye />}
            onClick={() => setKeyShown(!isRevealed)}
            onBlur={() => setKeyShown(false)}
          />
        )}
        {value.shown !== '' && (
          <IconButton
            size="sm"
            label="Clear"
            icon={<X />}
            onClick={() => {
              onChange(NOTHING_TYPED);
              box.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}

/** Pastes a text into a field, as a person does. */
export function pasteInto(field: HTMLTextAreaElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  field.focus();
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

/** Asks what a paste into a filled box means. Esc leaves the box as it is. */
function PasteQuestion({ onAnswer }: { onAnswer: (how: 'replace' | 'insert' | 'leave') => void }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from any button inside
    <div
      role="group"
      aria-label="Pasted text"
      className="flex flex-wrap items-center gap-2 rounded-b-8 border-t border-line bg-warn-tint px-3 py-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onAnswer('leave');
      }}
    >
      <p role="alert" className="min-w-40 flex-1 text-12">
        The box is not empty. Replace what is in it?
      </p>
      <Button ref={first} size="sm" onClick={() => onAnswer('replace')}>
        Replace
      </Button>
      <Button size="sm" onClick={() => onAnswer('insert')}>
        Insert at the cursor
      </Button>
      <Button size="sm" variant="ghost" onClick={() => onAnswer('leave')}>
        Do not paste
      </Button>
    </div>
  );
}

/** The field and the coloured text break their lines alike. */
const layer =
  'min-h-14 py-2 pr-16 pl-3 font-mono text-12/5 whitespace-pre-wrap [overflow-wrap:anywhere] max-desk:pr-20';

function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter' || event.shiftKey || isComposing(event.nativeEvent)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

const TOKENS = /(•+|\b[A-Za-z]+(?==)|[=;&?])/g;

/** A connection string or SAS URL with its names, separators, account and dots coloured. */
function HighlightedConnection({ shown }: { shown: string }) {
  const pieces = shown.split(TOKENS);
  return pieces.map((piece, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text never change places
    <span key={index} className={colourOf(piece, pieces[index + 1], pieces[index - 3])}>
      {piece}
    </span>
  ));
}

/** `before` is the name two tokens back: `AccountName`, then `=`, then this piece. */
function colourOf(piece: string, next: string | undefined, before: string | undefined): string | undefined {
  if (piece.startsWith('•')) return 'text-text-3';
  if (/^[=;&?]$/.test(piece)) return 'text-syn-punct';
  if (/^[A-Za-z]+$/.test(piece) && next === '') return 'text-syn-key';
  return before?.toLowerCase() === 'accountname' ? 'text-syn-str' : undefined;
}

import { Eye, EyeOff, X } from 'lucide-react';
import type { ClipboardEvent, KeyboardEvent, RefObject } from 'react';
import { IconButton } from '@/ui/controls/button';
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
    const { selectionStart: start, selectionEnd: end } = field;
    const before = field.value.slice(0, start) + event.clipboardData.getData('text/plain').trim();
    take(field, before + field.value.slice(end), before.length);
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

/** The field and the coloured text break their lines alike. */
const layer =
  'min-h-14 py-2 pr-16 pl-3 font-mono text-12/5 whitespace-pre-wrap [overflow-wrap:anywhere] max-desk:pr-20';

function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
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

import { Eye, EyeOff, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import { IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { useShownBriefly } from '../shared/use-shown-briefly';
import { ColouredDetails } from './highlighted-connection';
import { type MaskedText, mask, NOTHING_TYPED, sealedCaret, unmask } from './masked-text';

type DetailsBoxProps = {
  id: string;
  value: MaskedText;
  onChange: (value: MaskedText) => void;
  box: RefObject<HTMLTextAreaElement | null>;
  /** The id of what describes the text: problems, or what it was recognised as. */
  describedBy: string;
  invalid: boolean;
  label?: string;
  placeholder?: string;
};

/** Characters; colours on more, in thousands of pieces, make typing slow. */
const MOST_COLOURED = 20_000;

/**
 * Takes whatever a person pastes. Its secrets are taken out before they reach the page (see `masked-text`): the field
 * itself holds dots, and the same text in colour lies over it.
 */
export function DetailsBox({
  id,
  value,
  onChange,
  box,
  describedBy,
  invalid,
  label = 'Connection details',
  placeholder = 'DefaultEndpointsProtocol=https;AccountName=…',
}: DetailsBoxProps) {
  const [isKeyShown, setKeyShown] = useShownBriefly();
  const hasSecret = value.secrets.length > 0;
  const isRevealed = isKeyShown && hasSecret;

  /** Puts sealed text in place of what was typed, in the same task, and the caret where it was. */
  function take(field: HTMLTextAreaElement, typed: string, caret: number) {
    const sealed = mask(typed, value);
    if (field.value !== sealed.shown) {
      const at = sealedCaret(typed, caret, value);
      field.value = sealed.shown;
      field.setSelectionRange(at, at);
    }
    onChange(sealed);
  }

  // Pasted text never gets into the field as it is, and so not into its undo history either.
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
            ) : value.shown.length > MOST_COLOURED ? (
              value.shown
            ) : (
              <ColouredDetails shown={value.shown} />
            )}
            {/* A last line that is empty still has a height. */}
            {'\u200b'}
          </div>
          <textarea
            id={id}
            ref={box}
            aria-label={label}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            autoCapitalize="off"
            autoComplete="off"
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

/** Field and colours break their lines alike. */
const layer =
  'min-h-14 py-2 pr-16 pl-3 font-mono text-12/5 whitespace-pre-wrap [overflow-wrap:anywhere] max-desk:pr-20';

function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

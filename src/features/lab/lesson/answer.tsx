import { cx } from '@/ui/format/cx';
import type { AnswerText } from './answer-lines';

/** An answer as it came: its elements or headers, with what the lesson is about marked. */
export function Answer({ title, answer }: { title: string; answer: AnswerText }) {
  const { status, note, lines } = answer;
  return (
    <>
      <div className="cd__h">
        <b className="min-w-0 flex-1">{title}</b>
        <span className="text-12 text-text-3">{note ?? status}</span>
      </div>
      {lines.length === 0 ? (
        <p className="text-12 text-text-3">{status}, without a body.</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        <div className="xbox" role="region" tabIndex={0} aria-label={title}>
          {lines.map(({ name, value, isHeader, isMarked }) => (
            <div key={name} className={cx('xl', isMarked && 'hl')}>
              {isHeader ? (
                <>
                  <span className="text-syn-key">{name}</span>
                  <span className="text-syn-punct">: </span>
                  {value}
                </>
              ) : value === '' ? (
                <>
                  <span className="text-syn-punct">{'<'}</span>
                  <span className="text-syn-key">{name}</span>
                  <span className="text-syn-punct">{' />'}</span>
                </>
              ) : (
                <>
                  <span className="text-syn-punct">{'<'}</span>
                  <span className="text-syn-key">{name}</span>
                  <span className="text-syn-punct">{'>'}</span>
                  {value}
                  <span className="text-syn-punct">{'</'}</span>
                  <span className="text-syn-key">{name}</span>
                  <span className="text-syn-punct">{'>'}</span>
                </>
              )}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

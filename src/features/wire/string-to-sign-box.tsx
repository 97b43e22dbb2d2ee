import { cx } from '@/ui/format/cx';
import { type SignedPart, signedParts } from './string-to-sign';

const EDGES: Record<SignedPart['part'], string> = {
  verb: 'before:bg-accent-solid',
  standard: 'before:bg-line-control',
  custom: 'before:bg-info',
  resource: 'before:bg-text',
};

/** What was signed, taken apart: which line stands for what, and where the invisible line ends are. */
export const StringToSignBox = ({ text }: { text: string }) => (
  <div
    role="group"
    aria-label="String to sign, line by line"
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled by keyboard too
    tabIndex={0}
    className="overflow-x-auto rounded-8 border border-line-strong bg-canvas py-1.5"
  >
    <ol>
      {signedParts(text).map(({ part, title, lines }) => (
        <li
          key={part}
          className={cx(
            "relative mt-1 before:absolute before:top-0.5 before:bottom-0 before:left-0 before:w-[3px] before:rounded-r-[2px] before:content-[''] first:mt-0 forced-colors:before:bg-[CanvasText]",
            EDGES[part],
          )}
        >
          <h4 className="pl-3.5 text-11/5 font-semibold text-text-2">{title}</h4>
          <ol>
            {lines.map(({ number, text: line, meaning, newline }) => (
              <li key={number} className="grid h-[21px] grid-cols-[26px_auto_minmax(0,1fr)] items-center gap-x-2 pr-3">
                <span aria-hidden="true" className="text-right font-mono text-11/5 text-text-3">
                  {number}
                </span>
                <code className="font-mono text-12/5 whitespace-pre">
                  {line}
                  {newline && <span className="text-text-3">\n</span>}
                </code>
                <span className="truncate text-right text-11 text-text-3">{meaning}</span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  </div>
);

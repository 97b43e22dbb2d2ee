import { cx } from '@/ui/format/cx';
import { type DiffLine, SECTION_NAMES, type SectionDifference } from './property-lines';

const SIGN_TEXTS = { '+': 'added', '−': 'removed', ' ': 'unchanged' } as const;
const SIGN_STYLES: Record<DiffLine['sign'], string> = {
  '+': 'bg-accent-tint text-accent',
  '−': 'bg-danger-tint text-danger',
  ' ': 'text-text-2',
};

/** The difference between the form and the stored properties, by section. */
export function DifferenceView({ differences }: { differences: readonly SectionDifference[] }) {
  return (
    <section aria-label="Difference from what is stored" className="rounded-8 border border-line">
      <h3 className="px-3 pt-2 text-12 font-semibold">Difference from what is stored</h3>
      <div className="grid max-h-56 gap-2 overflow-auto px-3 py-2">
        {differences.map(({ section, lines }) => (
          <div key={section}>
            <h4 className="text-12 text-text-3">{SECTION_NAMES[section]}</h4>
            <DifferenceLines lines={lines} />
          </div>
        ))}
      </div>
    </section>
  );
}

export function DifferenceLines({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <ul className="mt-0.5 overflow-hidden rounded-4 bg-sunken font-mono text-12/[18px]">
      {lines.map(({ sign, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
        <li key={index} className={cx('flex gap-2 px-2', SIGN_STYLES[sign])}>
          <span aria-hidden="true" className="w-2 flex-none">
            {sign}
          </span>
          <span className="sr-only">{SIGN_TEXTS[sign]}: </span>
          <span className="min-w-0 break-words">{text}</span>
        </li>
      ))}
    </ul>
  );
}

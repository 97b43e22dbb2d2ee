import { HeadersList } from './headers-list';
import type { ParsedRecord } from './parsed';

const MOST_SHOWN = 100;
/** Characters of one value; the XML beside it has all of it. */
const LONGEST = 400;

/** What an answer says, one block a thing. */
export function ParsedView({ records }: { records: readonly ParsedRecord[] }) {
  const hidden = records.length - MOST_SHOWN;
  return (
    <ol className="grid gap-4">
      {records.slice(0, MOST_SHOWN).map(({ name, fields }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- an answer does not change, and two of its parts may be alike
        <li key={index}>
          <h4 className="text-11/5 font-semibold text-text-3">
            {name} {index + 1}
          </h4>
          <HeadersList headers={fields.map(([field, value]) => [field, value.slice(0, LONGEST)] as const)} />
        </li>
      ))}
      {hidden > 0 && <li className="text-12 text-text-3">and {hidden.toLocaleString('en')} more</li>}
    </ol>
  );
}

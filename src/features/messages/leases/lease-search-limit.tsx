import { SEARCH_LIMIT } from '@/bulk/leasing/lease-by-id';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { NumberInput, Select } from '@/ui/controls/field';

const HOW_FAR = [
  { value: 'some', label: 'At most' },
  { value: 'all', label: 'Whole queue' },
] as const;
const MOST = 1_000_000;

/** How many messages a search for chosen ones may pass; remembered on this device. */
export function SearchLimit() {
  const limit = usePreference('leaseLimit');
  return (
    <span className="inline-flex items-center gap-1.5">
      <Select
        aria-label="How far to look"
        value={limit === 'all' ? 'all' : 'some'}
        options={HOW_FAR}
        onChange={(howFar) => setPreference('leaseLimit', howFar === 'all' ? 'all' : SEARCH_LIMIT)}
        className="w-32"
      />
      {limit !== 'all' && (
        <NumberInput
          aria-label="Messages to pass at most"
          className="w-20"
          min={1}
          max={MOST}
          value={limit}
          onChange={(value) => setPreference('leaseLimit', Math.round(value))}
        />
      )}
    </span>
  );
}

/** `at most 320`, or no limit. */
export const limitText = (limit: number | 'all') => (limit === 'all' ? 'over the whole queue' : `at most ${limit}`);

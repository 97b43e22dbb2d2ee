import { TriangleAlert } from 'lucide-react';
import { Strip } from '@/ui/feedback/failure';
import type { PolicyEffects } from './policy-rows';

/** What saving does to signatures that are out there, said before it is done. */
export function PolicyEffectsNote({ effects: { voided, changed } }: { effects: PolicyEffects }) {
  if (voided.length === 0 && changed.length === 0) return null;
  return (
    <Strip
      tone="warn"
      icon={<TriangleAlert />}
      title={voided.length > 0 ? 'Signatures stop working' : 'Signatures change'}
      className="rounded-8"
    >
      {voided.length > 0 && <p>Every shared access signature that names {named(voided)} is void at once.</p>}
      {changed.length > 0 && <p>Every signature that names {named(changed)} goes by the changed policy from now on.</p>}
    </Strip>
  );
}

const named = (ids: readonly string[]) => ids.map((id) => `“${id}”`).join(' or ');

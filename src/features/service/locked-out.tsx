import { TriangleAlert } from 'lucide-react';
import type { PageAccess } from '@/azure/diagnosis/cors-evaluate';
import { Checkbox } from '@/ui/controls/checkbox';
import { Strip } from '@/ui/feedback/failure';

type LockedOutProps = { refused: PageAccess['refused']; isAware: boolean; onAware: (isAware: boolean) => void };

/** Said before it is saved: afterwards this page could not put it right. */
export function LockedOut({ refused, isAware, onAware }: LockedOutProps) {
  return (
    <Strip
      tone="danger"
      role="alert"
      icon={<TriangleAlert />}
      title="These rules lock this page out"
      className="rounded-8"
    >
      <ul className="grid gap-0.5">
        {[...Map.groupBy(refused, ({ because }) => because)].map(([because, of]) => (
          <li key={because}>
            <span className="font-mono text-text">{of.map(({ method }) => method).join(', ')}</span>: {because}
          </li>
        ))}
      </ul>
      <p className="mt-1">Once Azure goes by them, this page can do none of that, and cannot take the change back.</p>
      <Checkbox label="Save all the same" checked={isAware} onChange={onAware} className="mt-1 text-text">
        Save all the same: I can change the rules from elsewhere
      </Checkbox>
    </Strip>
  );
}

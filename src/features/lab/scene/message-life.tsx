import { Dialog } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';
import { runTime } from '../text/names';
import { type LifeLine, MOST_LINES } from './life-of';

type LifeProps = {
  /** `#1042` */
  name: string;
  id: string;
  /** Where it is, in words. */
  place: string;
  lines: readonly LifeLine[];
  onClose: () => void;
};

/** The life of one message: each request that was about it, with what came of it. */
export function MessageLife({ name, id, place, lines, onClose }: LifeProps) {
  const earlier = lines.length - MOST_LINES;
  return (
    <Dialog title={`The life of ${name}`} subtitle={place} onClose={onClose} size="md" textOnly>
      <p className="mb-2 text-12 text-text-3">
        Id <code className="font-mono break-all">{id}</code>
      </p>
      {lines.length === 0 && <p className="text-text-2">At this moment it has not been sent yet.</p>}
      {earlier > 0 && (
        <p className="mb-2 text-12 text-text-3">
          {counted(earlier, 'earlier entry', 'earlier entries')} are not listed.
        </p>
      )}
      <ol className="grid gap-2">
        {lines.slice(-MOST_LINES).map(({ key, at, who, what, after, wire }) => (
          <li key={key} className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-3">
            <span className="font-mono text-12 text-text-3">{runTime(at)}</span>
            <span>
              <b className="font-semibold">{who}</b> {what}
              {after !== undefined && <span className="block text-12 text-text-2">{after}</span>}
              {wire !== undefined && <code className="block font-mono text-11 break-all text-text-3">{wire}</code>}
            </span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

import type { MessageSubject } from '@/actions/message-actions';
import { hiddenBy, useBrowse } from '@/state/messages/queue-browses';
import type { Mode } from '@/state/navigation/route';
import { BrowseBar } from './browse-bar';
import { BrowseProgress } from './browse-progress';
import { BrowseResult } from './browse-result';

/** Browse all, from what it would do to what it did. What still runs or is to be put right shows in every mode. */
export function BrowsePanel({ mode, on }: { mode: Mode; on: MessageSubject }) {
  const browse = useBrowse(on.connectionId, on.queue);
  if (!browse) return mode === 'browse' && <BrowseBar on={on} />;
  if (browse.phase === 'ended' && mode !== 'browse' && hiddenBy(browse).length === 0) return null;
  return browse.phase === 'ended' ? <BrowseResult on={on} browse={browse} /> : <BrowseProgress browse={browse} />;
}

import type { MessageSubject } from '@/actions/message-actions';
import { hiddenBy, useBrowse } from '@/state/messages/queue-browses';
import type { Mode } from '@/state/navigation/route';
import { BrowseBar } from './browse-bar';
import { BrowseProgress } from './browse-progress';
import { BrowseResult } from './browse-result';

/** The form, the progress or the result of a browse. One that runs or left messages hidden shows in every mode. */
export function BrowsePanel({ mode, on }: { mode: Mode; on: MessageSubject }) {
  const browse = useBrowse(on.connectionId, on.queue);
  if (!browse) return mode === 'browse' && <BrowseBar on={on} />;
  if (browse.phase === 'ended' && mode !== 'browse' && hiddenBy(browse).length === 0) return null;
  return browse.phase === 'ended' ? <BrowseResult on={on} browse={browse} /> : <BrowseProgress browse={browse} />;
}

import { hiddenBy, useBrowse } from '@/state/messages/queue-browses';
import type { Mode } from '@/state/navigation/route';
import type { MessageRowsModel } from '../rows/use-message-rows';
import type { MessageWork } from '../selection/use-message-selection';
import { BrowseBar } from './browse-bar';
import { BrowseProgress } from './browse-progress';
import { BrowseResult } from './browse-result';

type BrowsePanelProps = { mode: Mode; work: MessageWork; model: MessageRowsModel };

/** Browse all, from what it would do to what it did. What still runs or is to be put right shows in every mode. */
export function BrowsePanel({ mode, work, model }: BrowsePanelProps) {
  const { context } = work;
  const browse = useBrowse(context.account.id, context.queue);
  if (!browse)
    return mode === 'browse' && <BrowseBar context={context} rows={model.all} approximate={model.approximate} />;
  if (browse.phase === 'ended' && mode !== 'browse' && hiddenBy(browse).length === 0) return null;
  return browse.phase === 'ended' ? <BrowseResult work={work} browse={browse} /> : <BrowseProgress browse={browse} />;
}

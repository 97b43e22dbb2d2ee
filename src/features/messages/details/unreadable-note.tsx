import { TriangleAlert } from 'lucide-react';
import type { Unreadable } from '@/azure/protocol/model';
import { CopyButton } from '@/ui/code/code';
import { CodeView } from '@/ui/code/code-view';

/** Says why a message cannot be read as it is, and has what the service wrote in its place. */
export const UnreadableNote = ({ reason, xml }: Unreadable) => (
  <section aria-label="Cannot be read" className="flex-none border-b border-warn-line bg-warn-tint px-3 py-2 text-12">
    <div className="flex gap-2">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 flex-none text-warn" />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">This message cannot be read as it is</h3>
        <p className="[overflow-wrap:anywhere] text-text-2">
          {reason} What can be read of it is below. It can be leased, released and deleted, and is in no copy, move,
          edit or file.
        </p>
      </div>
    </div>
    <details className="mt-1">
      <summary className="min-h-6 cursor-pointer rounded-4 text-text-2">What the service wrote</summary>
      <div className="flex h-40 flex-col rounded-6 border border-line bg-surface">
        <CodeView text={xml} language="text" wrap label="What the service wrote" className="min-h-0 flex-1" />
      </div>
      <CopyButton size="sm" label="Copy what the service wrote" text={xml} />
    </details>
  </section>
);

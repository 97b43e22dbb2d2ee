import { Code } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { Operation } from '@/samples/operation';
import { Button } from '@/ui/controls/button';
import { lazyPart } from '@/ui/parts/lazy-part';

const SampleTabs = lazyPart(async () => (await import('./sample-tabs')).SampleTabs, {
  waiting: <div className="h-60" />,
});

/** Below a form: what it would send as code, once a person asks for it. */
export function AsCode({ account, operation }: { account: Account; operation: Operation }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-label="As code" className="min-w-0">
      <Button
        variant="ghost"
        icon={<Code />}
        aria-expanded={isOpen}
        className="-ml-2.5"
        onClick={() => setOpen(!isOpen)}
      >
        Copy as…
      </Button>
      {isOpen && (
        <SampleTabs
          operation={operation}
          where={{ endpoint: account.endpoint, accountName: account.name }}
          className="h-60"
        />
      )}
    </section>
  );
}

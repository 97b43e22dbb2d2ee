import { lazy, Suspense } from 'react';
import { onlyQueueOf, type ParsedConnection } from '@/azure/connection-input/parsed-connection';

// Most connect with a key, and need none of it.
const SasReader = lazy(async () => ({ default: (await import('../sas/sas-details')).SasReader }));

type PastedSasProps = {
  found: ParsedConnection & { kind: 'sas' } /** As given beside the text; may be blank. */;
  queue: string;
};

/** What a signature allows, while it is only pasted. */
export const PastedSas = ({ found, queue }: PastedSasProps) => (
  <Suspense>
    <SasReader fields={found.sas.fields} queue={onlyQueueOf(found) ?? (queue || undefined)} />
  </Suspense>
);

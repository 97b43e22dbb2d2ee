import type { LeaseDoubt } from '@/messages/record';
import type { StoredLease } from '@/messages/stored-leases';
import { count, counted } from '@/ui/format/counts';

type Doubted = Pick<StoredLease, 'doubt'>;

/** What is said of leases that nobody works with, without a stop; `until` is when the last of them ends. */
export function stillLeased(leases: readonly Doubted[], until: string): string {
  const total = leases.length;
  const unsure = leases.filter(({ doubt }) => doubt !== undefined).length;
  const are = total === 1 ? 'is' : 'are';
  const perhaps = unsure === total ? ' perhaps' : '';
  const some = unsure > 0 && unsure < total ? `, ${count(unsure)} of them perhaps` : '';
  return `${counted(total, 'message')} ${are}${perhaps} still leased by this tab until ${until}${some}`;
}

/** What is not certain about them, as a sentence; empty where all of it is. */
export function doubts(leases: readonly Doubted[]): string {
  const parts = Object.entries(DOUBTS).flatMap(([name, words]) => {
    const some = leases.filter(({ doubt }) => doubt === name).length;
    return some > 0 ? `of ${count(some)} ${words}` : [];
  });
  return parts.length === 0 ? '' : `Not certain: ${parts.join(', ')}. `;
}

const DOUBTS: Record<LeaseDoubt, string> = {
  lostAnswer: 'the answer to a change was lost',
  hiddenReceipt: 'the CORS rule hides the receipt that works now',
  delete: 'the answer to a delete was lost',
  return: 'the answer to a release was lost',
  clear: 'the answer to a clear was lost',
};

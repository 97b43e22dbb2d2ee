import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import { type BulkScene, bulkScene } from '../bulk.fixture';
import { LeaseHandle } from '../leasing/lease-handle';
import type { QueueTarget } from '../requests/queue-target';
import { receive, saveText } from './lease-actions';

export const NOT_ALLOWED = new StorageError('Not allowed.', { status: 403, code: 'AuthorizationPermissionMismatch' });
export const NO_ANSWER = new UnreachableError('No answer.', { ambiguous: true });
/** What an update says whose repeats have no answer either. */
export const NOT_KNOWN = 'No answer arrived. The change may or may not have been made.';

/** A queue whose only message, `a`, a person has leased. */
export type LeasedScene = BulkScene & {
  from: QueueTarget;
  id: string;
  /** The message, to be worked on where it was leased or at a place that goes wrong. */
  handle: (target?: QueueTarget) => LeaseHandle;
  /** The answer to a change of its text is lost, and its receipt works on. */
  doubtText: () => Promise<void>;
};

export async function leasedScene({ visibilityTimeout = 60, timeToLive = 600 } = {}): Promise<LeasedScene> {
  const scene = bulkScene();
  const from = await scene.fill('orders', ['a'], timeToLive);
  await receive(from, { count: 1, visibilityTimeout });
  const [id = ''] = scene.idsIn('orders');
  return {
    ...scene,
    from,
    id,
    handle: (target = from) => new LeaseHandle({ target, claim: undefined, canRenew: true }, id),
    async doubtText() {
      scene.sandbox.setFaults({ lostBefore: 1 });
      await saveText(from, { id, text: 'b', visibilityTimeout: 0 }).catch(() => {});
      scene.sandbox.setFaults({ lostBefore: 0 });
    },
  };
}

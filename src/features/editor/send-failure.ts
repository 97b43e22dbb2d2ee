import { InvalidInputError, StorageError, UnreachableError } from '@/azure/errors';

/** What a failed send or save says: in words, in the wire's own code, and where its exchange is. */
export type Failure = {
  title: string;
  detail?: string;
  code?: string;
  exchangeId?: string | undefined;
  isAmbiguous: boolean;
};

/** `deed` in the past: "added", "saved". */
export function explain(error: unknown, deed: 'added' | 'saved'): Failure {
  if (error instanceof UnreachableError) {
    const { exchangeId } = error;
    return error.ambiguous
      ? { title: `No answer arrived. The message may or may not have been ${deed}`, exchangeId, isAmbiguous: true }
      : {
          title: 'The service did not answer',
          detail: `Nothing was ${deed}. The draft is kept.`,
          exchangeId,
          isAmbiguous: false,
        };
  }
  if (error instanceof StorageError) {
    const known = error.code === undefined ? undefined : KNOWN[error.code];
    return {
      title: known ?? error.message,
      detail: `Nothing was ${deed}. The draft is kept.`,
      code: [error.status, error.code].filter(Boolean).join(' '),
      exchangeId: error.exchangeId,
      isAmbiguous: false,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof InvalidInputError
    ? { title: message, isAmbiguous: false }
    : { title: `Nothing was ${deed}`, detail: message, isAmbiguous: false };
}

const KNOWN: Record<string, string> = {
  QueueNotFound: 'The queue does not exist any more',
  QueueBeingDeleted: 'The queue is being deleted',
  RequestBodyTooLarge: 'The message is over the limit of 64 KiB',
  AuthenticationFailed: 'Azure refused the signature',
  AuthorizationPermissionMismatch: 'This credential may not do that here',
  MessageNotFound: 'The message is gone: deleted by somebody else, or expired',
  PopReceiptMismatch: 'The lease had ended: somebody else has the message',
};

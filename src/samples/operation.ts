import type { AccessPolicy, Metadata, ServiceProperties } from '@/azure/protocol/model';
import type { OperationName } from '@/azure/protocol/operation-table';

/** A part of a program that stands for a value, such as `message.id`, in the place of a text. */
export type Expression = { code: string };

/** A text, or what stands for it in the program. */
export type Given = string | Expression;

/** How a message text travels: as it is, or in Base64, which the program writes and reads. */
export type SampleEncoding = 'text' | 'base64';

/** What a message holds: a text, or the bytes of a file, which travel in Base64. */
export type SampleBody = { kind: 'text'; text: Given; encoding: SampleEncoding } | { kind: 'file'; name: string };

/** A message as requests name it. What is left out is a placeholder in the sample. */
export type SampleMessage = { id?: Given | undefined; receipt?: Given | undefined };

type OnQueue = { queue: string };

/**
 * One operation of the queue service with its options, named as the documentation names it. What is left out takes the value
 * that the service gives it. Seconds are whole numbers in the ranges of `Account`.
 */
export type Operation =
  | { name: 'List Queues'; prefix?: string | undefined }
  | (OnQueue & { name: 'Create Queue' | 'Set Queue Metadata'; metadata: Metadata })
  | (OnQueue & { name: 'Delete Queue' | 'Get Queue Metadata' | 'Get Queue ACL' | 'Clear Messages' })
  | (OnQueue & { name: 'Set Queue ACL'; policies: readonly AccessPolicy[] })
  | (OnQueue & {
      name: 'Put Message';
      body: SampleBody;
      /** Seconds. */
      timeToLive?: number | 'never' | undefined;
      /** Seconds; 0 is left out. */
      visibilityDelay?: number | undefined;
    })
  | (OnQueue & {
      name: 'Get Messages';
      count: number;
      /** Seconds. */
      visibilityTimeout: number;
      encoding?: SampleEncoding | undefined;
    })
  | (OnQueue & { name: 'Peek Messages'; count: number; encoding?: SampleEncoding | undefined })
  | (OnQueue & {
      name: 'Update Message';
      message: SampleMessage;
      /** Seconds. */
      visibilityTimeout: number;
      /** Left out, the text stays as it is. */
      body?: SampleBody | undefined;
    })
  | (OnQueue & { name: 'Delete Message'; message: SampleMessage })
  | { name: 'Get Queue Service Properties' | 'Get Queue Service Stats' }
  | { name: 'Set Queue Service Properties'; properties: ServiceProperties };

/** True for an operation that a sample shows. The key of a user delegation is none: what it answers is a secret. */
export const hasSample = (name: string): name is Operation['name'] => Object.hasOwn(SHOWN, name);

const SHOWN: Record<Exclude<OperationName, 'Get User Delegation Key'>, true> = {
  'List Queues': true,
  'Get Queue Service Properties': true,
  'Set Queue Service Properties': true,
  'Get Queue Service Stats': true,
  'Create Queue': true,
  'Delete Queue': true,
  'Get Queue Metadata': true,
  'Set Queue Metadata': true,
  'Get Queue ACL': true,
  'Set Queue ACL': true,
  'Put Message': true,
  'Get Messages': true,
  'Peek Messages': true,
  'Update Message': true,
  'Delete Message': true,
  'Clear Messages': true,
};

/** In place of what a sample does not know. */
export const PLACEHOLDERS = { id: '<message-id>', receipt: '<pop-receipt>' } as const;

/** The queue of an operation; the empty text for one on the account. */
export const queueOf = (operation: Operation): string => ('queue' in operation ? operation.queue : '');

/** The message that an operation names; undefined for the others. */
export const messageOf = (operation: Operation): SampleMessage | undefined =>
  'message' in operation ? operation.message : undefined;

/** What an operation sends as the message; undefined for the others. */
export const sentBody = (operation: Operation): SampleBody | undefined =>
  'body' in operation ? operation.body : undefined;

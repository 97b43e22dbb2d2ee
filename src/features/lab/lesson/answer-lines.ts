import type { Seen } from '@/lab/run/calls';
import { runTime, shortReceipt } from '../text/names';
import type { Served } from './shown-requests';

/** One line of an answer as it came: an element of its XML, or a header. `isMarked`: what the lesson is about. */
export type AnswerLine = { name: string; value: string; isHeader?: boolean; isMarked?: boolean };

/** An answer in lines; `note` says what else there is to know: the status, which of several messages is shown. */
export type AnswerText = { status: string; note?: string; lines: readonly AnswerLine[] };

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  400: 'Bad Request',
  404: 'Not Found',
  409: 'Conflict',
  503: 'Server Busy',
};

/** The answer to a request, with times of the run and short receipts. `id`: of several messages, the one to show. */
export function answerText({ request, reply }: Served, id?: string): AnswerText {
  const status = `${reply.status} ${REASONS[reply.status] ?? ''}`.trim();
  if (!reply.ok) return { status, lines: [{ name: 'Code', value: reply.code, isMarked: true }] };
  if (request.op === 'count')
    return {
      status,
      lines: [
        {
          name: 'x-ms-approximate-messages-count',
          value: String(reply.approximate ?? ''),
          isHeader: true,
          isMarked: true,
        },
      ],
    };
  if (request.op === 'update')
    return {
      status,
      lines: [
        { name: 'x-ms-popreceipt', value: shortReceipt(reply.receipt ?? ''), isHeader: true, isMarked: true },
        { name: 'x-ms-time-next-visible', value: timeOf(reply.visibleAt), isHeader: true, isMarked: true },
      ],
    };
  if (!reply.messages) return { status, lines: [] };
  const index = Math.max(
    0,
    reply.messages.findIndex((message) => message.id === id),
  );
  const message = reply.messages[index];
  if (!message) return { status, lines: [{ name: 'QueueMessagesList', value: '', isMarked: true }] };
  const { length } = reply.messages;
  return {
    status,
    ...(length > 1 && { note: `message ${index + 1} of ${length}` }),
    lines: messageLines(message, request.op),
  };
}

function messageLines(message: Seen, op: string): AnswerLine[] {
  const isSent = op === 'send';
  return [
    { name: 'MessageId', value: `${message.id.slice(0, 8)}…` },
    { name: 'InsertionTime', value: timeOf(message.insertedAt) },
    ...(message.receipt === undefined ? [] : [{ name: 'PopReceipt', value: shortReceipt(message.receipt) }]),
    ...(message.visibleAt === undefined
      ? []
      : [{ name: 'TimeNextVisible', value: timeOf(message.visibleAt), isMarked: !isSent }]),
    ...(isSent
      ? []
      : [
          { name: 'DequeueCount', value: String(message.count), isMarked: true },
          { name: 'MessageText', value: message.text },
        ]),
  ];
}

const timeOf = (ms = 0): string => (ms === Infinity ? 'never' : runTime(ms));

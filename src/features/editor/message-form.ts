import { bytesToBase64 } from '@/azure/bodies/base64';
import { encodeBase64 } from '@/azure/bodies/decode-body';
import type { Layer } from '@/azure/bodies/encode-layers';
import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import { MAX_TEXT_BYTES } from '@/azure/protocol/limits';
import { isGoodAsBase64, textBytes, unsendableCharacter, unsendableText } from '@/azure/protocol/message-text';
import type { Draft } from '@/azure/protocol/model';
import { secondsOf, type TimeSpan } from '@/ui/format/time-span';

export type Encoding = 'text' | 'base64';

/** What the person writes, or a file of bytes that are no text and can only travel as Base64. */
export type FormBody = { kind: 'text'; text: string } | { kind: 'file'; name: string; bytes: Uint8Array<ArrayBuffer> };

/** The add dialog as it stands. */
export type MessageForm = {
  body: FormBody;
  encoding: Encoding;
  /** In place of the encoding: what is put around the text, outermost first, as the draft of an edit had it. */
  layers?: readonly Layer[] | undefined;
  timeToLive: TimeSpan | 'never';
  delay: TimeSpan;
};

export const emptyForm = (encoding: Encoding, text = ''): MessageForm => ({
  body: { kind: 'text', text },
  encoding,
  timeToLive: { amount: 7, unit: 'days' },
  delay: { amount: 0, unit: 'seconds' },
});

/** How a text in these layers is written in the form: as text, as Base64, or packed again as it was. */
export const writtenIn = (layers: readonly Layer[]): Pick<MessageForm, 'encoding' | 'layers'> => {
  const isPacked = layers.length > 0 && layers.join() !== 'base64';
  return { encoding: layers.length > 0 ? 'base64' : 'text', layers: isPacked ? layers : undefined };
};

/** Whether closing would lose something. */
export const hasContent = ({ body }: MessageForm) => body.kind === 'file' || body.text !== '';

/** The text that goes into the message, but for what is packed. */
export function wireText({ body, encoding }: Pick<MessageForm, 'body' | 'encoding'>): string {
  if (body.kind === 'file') return bytesToBase64(body.bytes);
  return encoding === 'base64' ? encodeBase64(body.text) : body.text;
}

/** The draft that is sent: times in seconds, a delay of none left out. `packed` is the text in the form's layers. */
export function toDraft(form: MessageForm, packed?: string): Draft {
  const visibilityDelay = secondsOf(form.delay);
  return {
    text: packed ?? wireText(form),
    timeToLive: form.timeToLive === 'never' ? 'never' : secondsOf(form.timeToLive),
    ...(visibilityDelay !== 0 && { visibilityDelay }),
  };
}

export type WireSize = {
  /** Bytes of what was written. */
  body: number;
  /** Bytes that the encoding adds. */
  added: number;
  /** Bytes of the message text, which the limit counts. */
  total: number;
  /** Bytes to the limit; negative when over it. */
  left: number;
};

/** Bytes of a text on the wire against the limit, which itself is allowed. */
export function wireSize(bodyBytes: number, text: string): WireSize {
  const total = textBytes(text);
  return { body: bodyBytes, added: Math.max(0, total - bodyBytes), total, left: MAX_TEXT_BYTES - total };
}

export const bodyBytes = (body: FormBody) => (body.kind === 'file' ? body.bytes.length : textBytes(body.text));

export type BodyProblem = { message: string /** Where to put the cursor. */; at?: number; remedy?: 'base64' };

/** Why a body cannot be sent with an encoding, or undefined. */
export function bodyProblem(
  { body, encoding }: Pick<MessageForm, 'body' | 'encoding'>,
  size: WireSize,
): BodyProblem | undefined {
  if (body.kind === 'text') {
    const character = unsendableCharacter(body.text);
    if (character && encoding === 'text') {
      return {
        message: unsendableText(character),
        at: character.index,
        ...(isGoodAsBase64(character) && { remedy: 'base64' as const }),
      };
    }
    if (!body.text.isWellFormed()) {
      return {
        message: 'The text holds half of a surrogate pair, which no encoding can carry. Delete it to send the rest.',
      };
    }
  }
  if (size.left < 0) {
    return {
      message: `${(-size.left).toLocaleString('en')} ${size.left === -1 ? 'byte' : 'bytes'} over the limit of 64 KiB.`,
    };
  }
  return undefined;
}

/** What is wrong with each field; an empty object can be sent. */
export function formProblems(form: MessageForm, size: WireSize) {
  const timeToLive = form.timeToLive === 'never' ? 'never' : secondsOf(form.timeToLive);
  const problems: { body?: BodyProblem; timeToLive?: string; delay?: string } = {};
  const body = bodyProblem(form, size);
  const lifeProblem = timeToLiveProblem(timeToLive);
  // A life that is wrong itself says nothing about the delay.
  const delayProblem = visibilityDelayProblem(secondsOf(form.delay), lifeProblem ? 'never' : timeToLive);
  if (body) problems.body = body;
  if (lifeProblem) problems.timeToLive = lifeProblem;
  if (delayProblem) problems.delay = delayProblem;
  return problems;
}

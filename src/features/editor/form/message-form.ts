import { bytesToBase64 } from '@/azure/bodies/base64';
import { encodeBase64 } from '@/azure/bodies/decode-body';
import type { Layer } from '@/azure/bodies/encode-layers';
import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import { MAX_TEXT_BYTES } from '@/azure/protocol/limits';
import { isGoodAsBase64, textBytes, unsendableCharacter, unsendableText } from '@/azure/protocol/message-text';
import type { Draft } from '@/azure/protocol/model';
import { exactly } from '@/words/counts';
import { secondsOf, type TimeSpan } from '@/words/spans';

export type Encoding = 'text' | 'base64';

/** The text that the person writes, or a file of bytes that are no text and travel as Base64. */
export type FormBody = { kind: 'text'; text: string } | { kind: 'file'; name: string; bytes: Uint8Array<ArrayBuffer> };

/** The form of "Add message". */
export type MessageForm = {
  body: FormBody;
  encoding: Encoding;
  /** In place of the encoding, the layers around the text, outermost first, as the draft of an edit had them. */
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

/** The encoding of a text in these layers: text, Base64, or packed in them again. */
export const encodingOf = (layers: readonly Layer[]): Pick<MessageForm, 'encoding' | 'layers'> => {
  const isPacked = layers.length > 0 && layers.join() !== 'base64';
  return { encoding: layers.length > 0 ? 'base64' : 'text', layers: isPacked ? layers : undefined };
};

/** True when closing the dialog would lose something. */
export const hasContent = ({ body }: MessageForm) => body.kind === 'file' || body.text !== '';

/** The message text of a form without layers. */
export function wireText({ body, encoding }: Pick<MessageForm, 'body' | 'encoding'>): string {
  if (body.kind === 'file') return bytesToBase64(body.bytes);
  return encoding === 'base64' ? encodeBase64(body.text) : body.text;
}

/** The message that a form sends; no delay is left out. `packed`: the text in the form's layers. */
export function toDraft(form: MessageForm, packed?: string): Draft {
  const visibilityDelay = secondsOf(form.delay);
  return {
    text: packed ?? wireText(form),
    timeToLive: form.timeToLive === 'never' ? 'never' : secondsOf(form.timeToLive),
    ...(visibilityDelay !== 0 && { visibilityDelay }),
  };
}

export type WireSize = {
  /** Bytes of the body. */
  body: number;
  /** Bytes that the encoding adds. */
  added: number;
  /** Bytes of the message text, which the limit counts. */
  total: number;
  /** Bytes to the limit; negative when over it. */
  left: number;
};

/** The size of a message text against the limit, which itself is allowed. */
export function wireSize(bodyBytes: number, text: string): WireSize {
  const total = textBytes(text);
  return { body: bodyBytes, added: Math.max(0, total - bodyBytes), total, left: MAX_TEXT_BYTES - total };
}

export const bodyBytes = (body: FormBody) => (body.kind === 'file' ? body.bytes.length : textBytes(body.text));

export type BodyProblem = { message: string; at?: number; remedy?: 'base64' };

/** Why a body cannot be sent in its encoding; undefined when it can. */
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
      message: `${exactly(-size.left, 'byte')} over the limit of 64 KiB.`,
    };
  }
  return undefined;
}

/** The problem of each field, if it has one. */
export function formProblems(form: MessageForm, size: WireSize) {
  const timeToLive = form.timeToLive === 'never' ? 'never' : secondsOf(form.timeToLive);
  const timeToLiveError = timeToLiveProblem(timeToLive);
  return {
    body: bodyProblem(form, size),
    timeToLive: timeToLiveError,
    // A time to live that is wrong says nothing about the delay.
    delay: visibilityDelayProblem(secondsOf(form.delay), timeToLiveError ? 'never' : timeToLive),
  };
}

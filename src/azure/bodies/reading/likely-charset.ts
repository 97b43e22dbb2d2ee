import { type Budget, spend } from '../budget';
import { CHARSETS, type Charset, textIn } from '../layers/charsets';
import { structured } from '../meaning';

/** Bytes by which a charset is judged. */
const JUDGED = 16 * 1024;
const LOOKED_A_STEP = 64;

/** How many of the characters beyond ASCII read as in the charset's languages, from 0 to 1. */
type Judge = (text: string, bytes: Uint8Array) => number;

const share = (text: string, pattern: RegExp): number => {
  const beyond = text.replace(/[\0-\x7f]/g, '').length;
  return beyond === 0 ? 0 : (text.match(pattern)?.join('').length ?? 0) / beyond;
};

/** The charsets in the order in which they are asked, with the share that is enough; East Asian ones are the strictest. */
const JUDGES: readonly (readonly [Charset, Judge, number])[] = [
  [
    'shift_jis',
    (text) => (/[\u3041-\u30f6]/.test(text) ? share(text, /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/g) : 0),
    0.95,
  ],
  ['euc-kr', (text, bytes) => Math.min(share(text, /[\uac00-\ud7a3]/g), pairs(bytes, 0xb0, 0xc8)), 0.95],
  ['gb18030', (_, bytes) => pairs(bytes, 0xb0, 0xd7), 0.9],
  ['windows-1252', latin, 0.8],
  ['windows-1251', cyrillic, 0.8],
  ['windows-1250', latin, 0.9],
];

/**
 * How many of the bytes beyond ASCII are pairs whose first one is from `first` to `last`, or is that of a punctuation mark: the
 * usual characters of China and Korea. Two pairs at least: two letters of Europe can be one.
 */
function pairs(bytes: Uint8Array, first: number, last: number): number {
  let [good, all] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x80) continue;
    const isPair = trail >= 0xa1 && ((lead >= first && lead <= last) || (lead >= 0xa1 && lead <= 0xa3));
    if (isPair) good += 2;
    all += trail >= 0x80 ? 2 : 1;
    if (trail >= 0x80) at++;
  }
  return good >= 4 ? good / all : 0;
}

/** Cyrillic comes in words, capital letters only at their beginning or throughout. */
function cyrillic(text: string): number {
  return share(
    text,
    /(?<![\u0400-\u04ffA-Za-z])(?:[\u0410-\u042f\u0401]?[\u0430-\u044f\u0451]+|[\u0410-\u042f\u0401]{2,})(?![\u0400-\u04ffA-Za-z])|[№«»–—]/g,
  );
}

/** Latin letters with marks stand between letters without, at most two together, and signs stand beside no letter. */
function latin(text: string): number {
  return share(
    text,
    /(?<![^\0-\x7f])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]{1,2}(?![^\0-\x7f])|(?<![A-Za-z])[€£¥§°©®«»–—…„“”·¿¡](?![a-z])|(?<=[A-Za-z])[’“”»…°](?![^\0-\x7f])|[’‘](?=[A-Za-z])/gu,
  );
}

const DECLARED = /^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})["']/;

/**
 * The charset of bytes that are text but for the bytes beyond ASCII; undefined where no charset makes text of them. XML may
 * name its charset. JSON and XML are read as Windows-1252 where nothing tells another. Other text needs that these are bytes
 * (`isProven`), and a charset that reads well.
 */
export function likelyCharset(bytes: Uint8Array<ArrayBuffer>, isProven: boolean, budget: Budget): Charset | undefined {
  spend(budget, 1 + Math.floor((bytes.length * CHARSETS.length) / LOOKED_A_STEP));
  let high = 0;
  for (const byte of bytes) {
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f) return undefined;
    if (byte >= 0x80) high++;
  }
  if (high === 0) return undefined;
  const declared = declaredIn(bytes);
  if (declared !== undefined && textIn(declared, bytes) !== undefined) return declared;
  const part = bytes.subarray(0, JUDGED);
  const isStructured = (charset: Charset) => {
    const text = textIn(charset, bytes);
    return (
      text !== undefined &&
      structured(text, budget)?.format !== undefined &&
      structured(text, budget)?.format !== 'TEXT'
    );
  };
  for (const [charset, judge, enough] of JUDGES) {
    const text = textIn(charset, part) ?? (part.length < bytes.length ? textIn(charset, bytes) : undefined);
    if (text === undefined || judge(text, part) < enough) continue;
    if (isStructured(charset)) return charset;
    if (isProven && isReadable(bytes, high, charset) && textIn(charset, bytes) !== undefined) return charset;
  }
  return (['windows-1252', 'windows-1251'] as const).find(isStructured);
}

/** Most of a text in a Latin script is ASCII; in others some bytes are enough. */
const isReadable = (bytes: Uint8Array, high: number, charset: Charset) =>
  charset === 'windows-1252' || charset === 'windows-1250' ? high * 3 <= bytes.length : high >= 8;

function declaredIn(bytes: Uint8Array<ArrayBuffer>): Charset | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 200));
  const name = DECLARED.exec(head)?.[1];
  if (name === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(name);
    return CHARSETS.find((charset) => charset === (encoding === 'gbk' ? 'gb18030' : encoding));
  } catch {
    return undefined;
  }
}

/** A line of a string to sign. */
export type SignedLine = {
  number: number;
  text: string;
  /** What the line is, where its text does not say so. */
  meaning?: string;
  /** False for the last line only. */
  newline: boolean;
};
export type SignedPart = { part: 'verb' | 'standard' | 'custom' | 'resource'; title: string; lines: SignedLine[] };

// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
const STANDARD = [
  'Content-Encoding',
  'Content-Language',
  'Content-Length',
  'Content-MD5',
  'Content-Type',
  'Date, because x-ms-date is sent',
  'If-Modified-Since',
  'If-Match',
  'If-None-Match',
  'If-Unmodified-Since',
  'Range',
];

/** Splits a Shared Key string to sign into the parts of the documentation, line by line. */
export function signedParts(text: string): SignedPart[] {
  const texts = text.split('\n');
  const lines = texts.map((line, index) => ({ number: index + 1, text: line, newline: index < texts.length - 1 }));
  const afterStandard = 1 + STANDARD.length;
  const found = lines.findIndex((line, index) => index >= afterStandard && line.text.startsWith('/'));
  const resourceAt = found < 0 ? lines.length : found;
  const standard = lines.slice(1, afterStandard);
  const present = standard.filter((line) => line.text !== '').length;

  const parts: SignedPart[] = [
    { part: 'verb', title: 'Verb', lines: lines.slice(0, 1) },
    {
      part: 'standard',
      title: present === 0 ? 'Standard headers, all empty here' : 'Standard headers, the others empty',
      lines: standard.map(({ number, text: line, newline }, index) => ({
        number,
        text: line,
        newline,
        meaning: STANDARD[index] ?? '',
      })),
    },
    {
      part: 'custom',
      title: 'x-ms headers, lower case, sorted by name',
      lines: lines.slice(afterStandard, resourceAt),
    },
    {
      part: 'resource',
      title: 'Resource, then query sorted by name',
      lines: lines.slice(resourceAt).map(({ number, text: line, newline }, index) => {
        const meanings = [index === 0 && 'account, path', !newline && 'no newline at the end'];
        return { number, text: line, newline, meaning: meanings.filter(Boolean).join('; ') };
      }),
    },
  ];
  return parts.filter((part) => part.lines.length > 0);
}

import { expect, test } from 'vitest';
import { DOTS, maskSecrets } from './mask-secrets';

const KEY = `${'aB3+'.repeat(21)}/w==`;
const SIGNATURE = 'pl4nted%2BSignature%3D';
const TOKEN = 'eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJw.pl4nted-Signature';

test.each([
  [`AccountName=harborlane;AccountKey=${KEY};`, `AccountName=harborlane;AccountKey=${DOTS};`],
  [
    `https://harborlane.example/?sv=2024-11-04&sig=${SIGNATURE}&sp=r`,
    `https://harborlane.example/?sv=2024-11-04&sig=${DOTS}&sp=r`,
  ],
  [`sv=2024-11-04\\u0026sig=${SIGNATURE}\\u0026sp=r`, `sv=2024-11-04\\u0026sig=${DOTS}\\u0026sp=r`],
  [`Bearer ${TOKEN} was refused`, `Bearer ${DOTS} was refused`],
  [
    'the-queue-of-a-customer-with-a-name-of-sixty-three-characters-00',
    'the-queue-of-a-customer-with-a-name-of-sixty-three-characters-00',
  ],
  ['design=blue', 'design=blue'],
])('%s is shown as %s', (text, shown) => {
  expect(maskSecrets(text)).toBe(shown);
});

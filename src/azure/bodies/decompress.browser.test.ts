import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from './base64';
import { chain } from './chain.fixture';
import { packed } from './reading/real-bodies.fixture';

// In the browser: Node reads members and what follows them in its own way.

const ORDER = '{"order":41907,"event":"created"}';
const joined = (...parts: ArrayLike<number>[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

const gzipped = await packed(ORDER);
describe('what a step says is wrong stands beside what is shown', async () => {
  const two = joined(await packed(ORDER.slice(0, 10)), await packed(ORDER.slice(10)));
  test.each<[string, string | Uint8Array, string, RegExp | undefined]>([
    [
      'two members, as reported',
      'H4sIAAAAAAAAA6tWyi9KSS1SsjIxtDQw11FKLUvNK1GyUkouSk0sSU1R0lFKLi0uyc8FADRG26MoAAAAH4sIAAAAAAAAAzXNsQrCMBAG4FcJ/3yFtDjdJrgZQegoDoc5tBhzmMaClLy7OHT+hk8LeEWWl4Kxj+KCLZrkpiDUSQsYd0sRjZCmrDP4smJ+fsAIp3Pn+x0I7/oFD402OYzHzvthk75dCdnqvwgqizqprj7URbOC9gPg5ukOgwAAAA==',
      'JSON',
      undefined,
    ],
    ['two members', two, 'JSON', undefined],
    [
      'twenty members',
      joined(
        ...(await Promise.all(
          Array.from({ length: 20 }, (_, at) => packed(at === 0 ? '[1' : at === 19 ? ']' : `,${at}`)),
        )),
      ),
      'JSON',
      undefined,
    ],
    ['an empty member first', joined(await packed(''), await packed(ORDER)), 'JSON', undefined],
    ['zeros behind it', joined(gzipped, [0, 0, 0, 0]), 'JSON', undefined],
    ['bytes behind it', joined(gzipped, [1, 2, 3]), 'JSON', /^3 bytes follow the gzip data\.$/],
    [
      'zlib with bytes behind it',
      joined(await packed(ORDER, 'deflate'), [1, 2, 3]),
      'JSON',
      /^3 bytes follow the zlib data\.$/,
    ],
    ['a cut in the second member', two.subarray(0, two.length - 12), 'Text', /gzip data is damaged after \d+ bytes/],
    ['a cut', gzipped.subarray(0, gzipped.length - 10), 'Text', /gzip data is damaged after \d+ bytes/],
    ['a lost trailer', gzipped.subarray(0, gzipped.length - 8), 'JSON', /gzip data is damaged after 33 bytes/],
  ])('%s', async (_, content, last, problem) => {
    const found = await chain(typeof content === 'string' ? content : bytesToBase64(Uint8Array.from(content)));
    expect(found.labels).toMatch(new RegExp(`^Base64 → (gzip|zlib) → ${last}$`));
    expect(found.problem ?? '').toMatch(problem ?? /^$/);
  });
});

// What the oldest browsers lack, from `web-features`, the data of MDN on which browser has what since when.
import { features } from 'web-features';
import { FLOOR } from '../../run/floor.mjs';

/** The first version of each browser with a thing, by its key in MDN's data. @type {Map<string, Record<string, string | undefined>>} */
const since = new Map(
  Object.values(features).flatMap((feature) =>
    Object.entries(('status' in feature ? feature.status.by_compat_key : undefined) ?? {}).map(([key, { support }]) => [
      key,
      { ...support },
    ]),
  ),
);

const NAMES = { chrome: 'Chrome', firefox: 'Firefox', safari: 'Safari' };

/** All keys that begin so, as `css.properties.`. @param {string} start */
export const keysUnder = (start) => [...since.keys()].filter((key) => key.startsWith(start));

/** The first of some keys that anything is known of. @param {string[]} keys */
export const knownKey = (keys) => keys.find((key) => since.has(key));

/** The browsers of the floor that lack a thing, with their versions; none when nothing is known of it. @param {string | undefined} key */
export function lacking(key) {
  const support = key === undefined ? undefined : since.get(key);
  if (!support) return [];
  return Object.entries(FLOOR).flatMap(([browser, version]) => {
    const added = Number.parseFloat((support[browser] ?? 'Infinity').replace('≤', ''));
    return added > Number.parseFloat(version) ? [`${Reflect.get(NAMES, browser)} ${version}`] : [];
  });
}

/** Those browsers, in words. @param {string[]} browsers */
export const notIn = (browsers) => `not in ${new Intl.ListFormat('en', { type: 'disjunction' }).format(browsers)}`;

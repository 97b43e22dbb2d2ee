import { describe, expect, test } from 'vitest';
import { allSelected, extended, toggled } from './selection';

const keys = ['a', 'b', 'c', 'd'];

describe('selection', () => {
  test('adds a key and takes it out again, leaving the given set alone', () => {
    const before = new Set(['a']);
    expect(toggled(before, 'b')).toEqual(new Set(['a', 'b']));
    expect(toggled(before, 'a')).toEqual(new Set());
    expect(before).toEqual(new Set(['a']));
  });

  test('extends from the anchor in both directions and lets go of rows it came back from', () => {
    const anchor = { key: 'b', before: new Set(['a']) };
    expect(extended(keys, anchor, 3)).toEqual(new Set(['a', 'b', 'c', 'd']));
    expect(extended(keys, anchor, 2)).toEqual(new Set(['a', 'b', 'c']));
    expect(extended(keys, { key: 'c', before: new Set() }, 0)).toEqual(new Set(['a', 'b', 'c']));
  });

  test('keeps what was selected when the anchor has gone', () => {
    expect(extended(keys, { key: 'gone', before: new Set(['x']) }, 1)).toEqual(new Set(['x', 'b']));
  });

  test('knows all, some and none; keys that are not loaded do not count', () => {
    expect(allSelected(keys, new Set())).toBe(false);
    expect(allSelected(keys, new Set(['elsewhere']))).toBe(false);
    expect(allSelected(keys, new Set(['a']))).toBe('mixed');
    expect(allSelected(keys, new Set([...keys, 'elsewhere']))).toBe(true);
    expect(allSelected([], new Set(['a']))).toBe(false);
  });
});

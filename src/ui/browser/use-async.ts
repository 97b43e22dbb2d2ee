import { useEffect, useState } from 'react';

type Key = readonly unknown[];
type Show<Value> = (value: Value) => void;

/**
 * Runs asynchronous `work`, and again when a part of `key` changes. A change of the key and unmounting abort the signal; later
 * results and errors are then ignored. Without a key nothing runs. `show` shows an intermediate value.
 * @returns `value`, of this key, undefined until there is one; `last`, the last value of any key
 */
export function useAsync<Value>(
  key: Key | undefined,
  work: (signal: AbortSignal, show: Show<Value>) => Promise<Value | void>,
): { value: Value | undefined; last: Value | undefined } {
  const [current, setCurrent] = useState(key);
  const [shown, setShown] = useState<{ key: Key; value: Value }>();
  if (!isSame(current, key)) setCurrent(key);

  useEffect(() => {
    if (!current) return;
    const control = new AbortController();
    const { signal } = control;
    const show = (value: Value) => {
      if (!signal.aborted) setShown({ key: current, value });
    };
    async function begin() {
      try {
        const value = await work(signal, show);
        if (value !== undefined) show(value);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
    void begin();
    return () => control.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- the key says when the work is another one
  }, [current]);
  return { value: isSame(shown?.key, key) ? shown?.value : undefined, last: shown?.value };
}

const isSame = (one: Key | undefined, other: Key | undefined) =>
  one === other ||
  (one !== undefined && one.length === other?.length && one.every((part, index) => Object.is(part, other[index])));

import { useEffect, useRef, useState } from 'react';
import type { Connection } from '@/azure/protocol/connection';
import type { Check, CheckOptions } from './check-connection';
import { loadCheck } from './late-verdict';

/** A check that runs or has ended; undefined before the first and after `clear`. */
export type CheckOf = Check & { connection: Connection; queue: string | undefined; isRunning: boolean };

type Asked = CheckOptions & {
  /** True when a person named the queue: the verdict before that stays while it is tried, with the field that they typed in. */
  isNamed?: boolean;
};

const NOTHING: Check = { works: false, steps: [] };

/** Checks one connection at a time. A new check, `clear` or unmounting aborts the one before. */
export function useCheck() {
  const [check, setCheck] = useState<CheckOf>();
  const [named, setNamed] = useState<{ queue: string | undefined; before: CheckOf | undefined }>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  /**
   * Resolves to what was found, which does not work when the check was aborted. Options as in `checkConnection`.
   * @throws PartError when what checks a connection did not arrive
   */
  async function run(connection: Connection, { isNamed, ...options }: Asked = {}): Promise<Check> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { queue } = options;
    setNamed(isNamed ? { queue, before: check } : undefined);
    let last = NOTHING;
    try {
      const checkConnection = await loadCheck();
      for await (const result of checkConnection(connection, controller.signal, options)) {
        last = result;
        setCheck({ ...result, connection, queue, isRunning: true });
      }
    } catch (error) {
      if (controller.signal.aborted) return NOTHING;
      throw error;
    }
    setCheck({ ...last, connection, queue, isRunning: false });
    return last;
  }

  function clear() {
    running.current?.abort();
    setCheck(undefined);
    setNamed(undefined);
  }

  const verdict = (check?.isRunning ? named?.before : check)?.verdict;
  return { check, verdict, named: named?.queue, run, clear };
}

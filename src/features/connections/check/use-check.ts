import { useEffect, useRef, useState } from 'react';
import type { Connection } from '@/azure/protocol/connection';
import { type Check, checkConnection } from './check-connection';

/** A check that runs or has ended; undefined before the first and after `clear`. */
export type CheckOf = Check & { connection: Connection; isRunning: boolean };

/** Checks one connection at a time. A new check, `clear` or unmounting aborts the one before. */
export function useCheck() {
  const [check, setCheck] = useState<CheckOf>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  /**
   * Resolves to true when the connection works, to false when it does not or the check was aborted. `thorough` as in
   * `checkConnection`.
   */
  async function run(connection: Connection, thorough = false): Promise<boolean> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    let last: Check = { works: false, steps: [] };
    try {
      for await (const result of checkConnection(connection, controller.signal, thorough)) {
        last = result;
        setCheck({ ...result, connection, isRunning: true });
      }
    } catch (error) {
      if (controller.signal.aborted) return false;
      throw error;
    }
    setCheck({ ...last, connection, isRunning: false });
    return last.works;
  }

  function clear() {
    running.current?.abort();
    setCheck(undefined);
  }

  return { check, run, clear };
}

import { useEffect, useRef, useState } from 'react';
import type { Connection } from '@/azure/protocol/connection';
import { type Check, checkConnection } from './check-connection';

/** A check under way or done; undefined before the first and after `clear`. */
export type CheckOf = Check & { connection: Connection; isRunning: boolean };

/** Checks one connection at a time; a new check, `clear` or leaving the screen gives up the one before. */
export function useCheck() {
  const [check, setCheck] = useState<CheckOf>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  /** True when the connection works; false when not, or when the check was given up. `thorough` as in `checkConnection`. */
  async function run(connection: Connection, thorough = false): Promise<boolean> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    let last: Check = { works: false, steps: [] };
    try {
      for await (const found of checkConnection(connection, controller.signal, thorough)) {
        last = found;
        setCheck({ ...found, connection, isRunning: true });
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

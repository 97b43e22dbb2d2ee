/*
 * What is still to be sent with the secret of a connection before this page lets go of it. Whoever has something to send
 * registers, so that nothing is loaded for it where nothing waits.
 */

/** Ms: who forgets a key or locks it does not wait longer than this for a service that is silent. */
const SEND_LIMIT_MS = 5000;

type Duty = (connectionId: string) => Promise<unknown>;

const duties = new Set<Duty>();

/** From now on `duty` is called, once, before the secret of a connection goes; it tells by itself what could not be done. */
export const beforeLettingGo = (duty: Duty): void => void duties.add(duty);

/** Sends what waits of these connections, and settles when it is answered, or after five seconds. Never rejects. */
export async function finishBeforeLettingGo(connectionIds: readonly string[]): Promise<void> {
  const done = Promise.allSettled(connectionIds.flatMap((id) => [...duties].map((duty) => duty(id))));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, SEND_LIMIT_MS)));
  await Promise.race([done, patience]);
  clearTimeout(timer);
}

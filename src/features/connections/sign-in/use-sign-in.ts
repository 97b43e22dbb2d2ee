import { useEffect, useState } from 'react';
import type { SignInApp } from '@/state/sign-in/app-registration';
import type { SignedIn } from '@/state/sign-in/msal';
import { leaveToSignIn, type ReturnPlan } from '@/state/start/finish-redirect';

/** MSAL, which only who signs in loads. */
const loadSignIn = () => import('@/state/sign-in/msal');

/**
 * Signing in by a window, and in this tab where the browser opens no window. What goes wrong is in `problem`, as a
 * sentence.
 */
export function useSignIn() {
  const [isWaiting, setIsWaiting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBlocked, setIsBlocked] = useState(false);
  // A window may open only moments after a press: the code has to be there by then.
  useEffect(() => void loadSignIn().catch(() => {}), []);

  async function signIn(app: SignInApp, hint?: string): Promise<SignedIn | undefined> {
    setProblem(undefined);
    setIsBlocked(false);
    setIsWaiting(true);
    try {
      const { signInByPopup } = await loadSignIn();
      return await signInByPopup(app, hint);
    } catch (error) {
      setIsBlocked(error instanceof Error && error.name === 'PopupBlockedError');
      setProblem(error instanceof Error ? error.message : String(error));
      return undefined;
    } finally {
      setIsWaiting(false);
    }
  }

  /** Leaves the page; what it was for is found again on return. */
  async function signInHere(app: SignInApp, plan: ReturnPlan, hint?: string) {
    setProblem(undefined);
    try {
      await leaveToSignIn(app, plan, hint);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return { signIn, signInHere, isWaiting, isBlocked, problem };
}
